using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using Xunit;

namespace OperatorGen.Tool.Tests;

public class ImportTests
{
    private const string Architecture = "s4d-standalone";

    [Fact]
    public void An_imported_checkpoint_is_the_model_that_upstream_saved()
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder);
        ToolRun run = Import(folder, path, "--hyper", "d_model=3", "d_state=4", "--hyper", "disc=zoh");
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        ModelDeclaration declaration = ModelFileReader.Read(File.ReadAllText(folder.File("model.ssm.json")), default).Value!;
        var tensors = new TensorFile(path);
        Assert.Equal(tensors.Names.Order(), declaration.Tensors.Select(tensor => tensor.Name).Order());
        Assert.All(declaration.Tensors, tensor => Assert.Equal(tensors.Values(tensor.Name), tensor.Value.Values.ToArray()));
        Assert.Equal(["d_model=3", "d_state=4", "disc=zoh"], declaration.Hyper.Select(hyper => hyper.Name + "=" + hyper.Value));
        Assert.Equal([("file", "checkpoint.safetensors"), ("sha256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))))], declaration.Source.Select(entry => (entry.Name, entry.Value)));
        Assert.Equal(["checkpoint.safetensors", "model.ssm.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(ExitCode.Success, ToolRun.Of("inspect", folder.File("model.ssm.json")).ExitCode);
    }

    [Fact]
    public void Only_tensors_with_the_prefix_are_taken()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = Import(folder, Path.Combine(CheckTests.Own(CaseCopy.Small), "f64.safetensors"), "--prefix", "w.");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("left out: 5 tensors", run.Output, StringComparison.Ordinal);
    }

    public static TheoryData<SafetensorsDType, byte[]> OneAndAHalf => new()
    {
        { SafetensorsDType.F16, [0x00, 0x3E] },
        { SafetensorsDType.BF16, [0xC0, 0x3F] },
        { SafetensorsDType.F32, BitConverter.GetBytes(1.5f) },
        { SafetensorsDType.F64, BitConverter.GetBytes(1.5) },
    };

    [Theory]
    [MemberData(nameof(OneAndAHalf))]
    public void Every_float_type_is_widened_exactly(SafetensorsDType dtype, byte[] item)
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder, tensors => tensors.Set("D", dtype, [3], [.. item, .. item, .. item]));
        Assert.Equal(ExitCode.Success, Import(folder, path).ExitCode);
        ModelDeclaration declaration = ModelFileReader.Read(File.ReadAllText(folder.File("model.ssm.json")), default).Value!;
        Assert.Equal([1.5, 1.5, 1.5], declaration.Tensors.Single(tensor => tensor.Name == "D").Value.Values.ToArray());
    }

    public static TheoryData<string, Action<TensorFile>, string> Mistakes => new()
    {
        { "missing tensor", tensors => tensors.Remove("kernel.C"), "OPG0204: The tensor 'kernel.C' of shape" },
        { "wrong shape", tensors => tensors.Reshape("D", 3, 1), "OPG0205: The tensor 'D' has shape [3, 1]" },
        { "not a number", tensors => tensors.Change("D", 2, _ => double.NaN), "OPG0110: Element [2] of tensor 'D' is not a number" },
        { "infinite", tensors => tensors.Change("D", 0, _ => double.PositiveInfinity), "OPG0110: Element [0] of tensor 'D' is infinite" },
        { "unknown key", tensors => tensors.Set("kernel.E", [1], 1.0), "OPG0206: 's4d-standalone' has no tensor 'kernel.E'" },
        { "integers", tensors => tensors.Set("steps", SafetensorsDType.I64, [], BitConverter.GetBytes(7L)), "OPG0206: 's4d-standalone' has no tensor 'steps'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_the_tensors_is_named(string mistake, Action<TensorFile> change, string message)
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder, change);
        ToolRun run = Import(folder, path);
        Assert.True(run.ExitCode == ExitCode.Failure, mistake);
        Assert.Contains(path + ": error " + message, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("model.ssm.json")));
    }

    [Theory]
    [InlineData(ExitCode.Failure, "OPG0201: 's4d-standalone' has no hyperparameter 'd_stat'", "--hyper", "d_stat=4")]
    [InlineData(ExitCode.Failure, "OPG0203: The hyperparameter 'd_state' is 'four'", "--hyper", "d_state=four")]
    [InlineData(ExitCode.Failure, "OPG0104: The key 'd_state' appears twice", "--hyper", "d_state=4", "d_state=4")]
    [InlineData(ExitCode.Failure, "OPG0108: The prefix is 'model.'", "--prefix", "model.")]
    [InlineData(ExitCode.Unusable, "'d_state' is no hyperparameter: write name=value", "--hyper", "d_state")]
    public void A_mistake_in_the_options_is_named(int exitCode, string message, params string[] options)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = Import(folder, Checkpoint(folder), options);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_architecture_is_answered_with_the_known_ones()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRun.Of("import", Checkpoint(folder), "--architecture", "s4d", "-o", folder.File("model.ssm.json"));
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.All(ArchitectureCatalog.All, architecture => Assert.Contains(architecture.Name, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void An_integer_that_no_double_holds_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder, tensors => tensors.Set("D", SafetensorsDType.I64, [1], BitConverter.GetBytes((1L << 53) + 1)));
        ToolRun run = Import(folder, path);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("Tensor 'D'", run.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> PythonFiles => new()
    {
        { "model.pth", "PK\u0003\u0004 and more"u8.ToArray() },
        { "model.safetensors", "PK\u0003\u0004 and more"u8.ToArray() },
        { "model.pkl", [0x80, 2, (byte)'}', (byte)'.'] },
        { "model.pt", "neither the one nor the other"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(PythonFiles))]
    public void A_pickle_or_zip_is_answered_with_the_lines_that_convert_it(string name, byte[] content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File(name), content);
        ToolRun run = Import(folder, folder.File(name));
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        string[] lines = [.. run.Error.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal))];
        Assert.Equal(3, lines.Length);
        Assert.Contains("torch.load(", lines[0], StringComparison.Ordinal);
        Assert.Contains("state_dict", lines[1], StringComparison.Ordinal);
        Assert.Contains("save_file(", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_or_written_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder);
        AssertUnusable("There is no file", Import(folder, folder.File("nowhere.safetensors")));
        AssertUnusable("is a folder", Import(folder, folder.Path));
        AssertUnusable("There is no folder", ToolRun.Of("import", path, "--architecture", Architecture, "-o", folder.File("nowhere/model.ssm.json")));
        AssertUnusable("names the checkpoint", ToolRun.Of("import", path, "--architecture", Architecture, "-o", path));
        File.WriteAllText(folder.File("short.safetensors"), "short");
        AssertUnusable("truncated", Import(folder, folder.File("short.safetensors")));
    }

    [Fact]
    public void What_stood_in_the_model_file_stays_where_the_import_fails()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model.ssm.json"), "before");
        Assert.Equal(ExitCode.Failure, Import(folder, Checkpoint(folder, tensors => tensors.Remove("D"))).ExitCode);
        Assert.Equal("before", File.ReadAllText(folder.File("model.ssm.json")));
        Assert.Equal(ExitCode.Success, Import(folder, Checkpoint(folder)).ExitCode);
        Assert.NotEqual("before", File.ReadAllText(folder.File("model.ssm.json")));
    }

    private static void AssertUnusable(string message, ToolRun run)
    {
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static ToolRun Import(TemporaryFolder folder, string path, params string[] options) =>
        ToolRun.Of(["import", path, "--architecture", Architecture, .. options, "-o", folder.File("model.ssm.json")]);

    /// <summary>The weights of an own case under upstream's names.</summary>
    internal static string Checkpoint(TemporaryFolder folder, Action<TensorFile>? change = null)
    {
        var source = new TensorFile(Path.Combine(CheckTests.Own(CaseCopy.Small), "f64.safetensors"));
        var tensors = new TensorFile();
        foreach (string name in source.Names.Where(name => name.StartsWith("w.", StringComparison.Ordinal)))
        {
            tensors.Set(name[2..], source.Shape(name), source.Values(name));
        }

        change?.Invoke(tensors);
        tensors.Write(folder.File("checkpoint.safetensors"));
        return folder.File("checkpoint.safetensors");
    }
}
