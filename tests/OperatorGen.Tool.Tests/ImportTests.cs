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
    [InlineData(ExitCode.Failure, "OPG0108: The prefix is 'model.'; no prefix is expected.", "--prefix", "model.")]
    [InlineData(ExitCode.Unusable, "'d_state' is no hyperparameter: write name=value", "--hyper", "d_state")]
    public void A_mistake_in_the_options_is_named(int exitCode, string message, params string[] options)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = Import(folder, Checkpoint(folder), options);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.")]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("module._orig_mod.model.")]
    [InlineData("net.backbone.")]
    public void A_wrappers_prefix_is_answered_with_one_message(string wrapper)
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder, tensors => Rename(tensors, name => wrapper + name));
        ToolRun run = Import(folder, path);
        Assert.Equal($"{path}: error OPG0108: The prefix is ''; '{wrapper}', with which all 7 tensors of the checkpoint begin, is expected.\n", run.Error);
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Equal(ExitCode.Success, Import(folder, path, "--prefix", wrapper).ExitCode);
    }

    [Fact]
    public void The_prefix_of_a_part_of_the_checkpoint_is_found()
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder, tensors =>
        {
            Rename(tensors, name => "model." + name);
            tensors.Set("criterion.weight", [2], 1, 1);
        });
        Assert.Contains("OPG0108: The prefix is ''; 'model.', with which 7 of the 8 tensors of the checkpoint begin, is expected.", Import(folder, path).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapper_is_named_although_a_tensor_is_missing_behind_it()
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder, tensors =>
        {
            tensors.Remove("D");
            Rename(tensors, name => "module.model." + name);
        });
        Assert.Equal($"{path}: error OPG0108: The prefix is ''; 'module.model.', with which all 6 tensors of the checkpoint begin, is expected.\n", Import(folder, path).Error);
        Assert.Contains("error OPG0204: The tensor 'D'", Import(folder, path, "--prefix", "module.model.").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_prefix_is_answered_with_the_prefixes_found()
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder, tensors =>
        {
            tensors.Remove("D");
            Rename(tensors, name => "net." + name);
        });
        Assert.Equal(
            $"{path}: error OPG0108: The prefix is 'nt.'; one of those with which tensors of the checkpoint begin, 'net.' (6), 'net.kernel.' (4), 'net.output_linear.0.' (2), 'net.output_linear.' (2), is expected.\n",
            Import(folder, path, "--prefix", "nt.").Error);
    }

    [Fact]
    public void Missing_names_come_before_unknown_ones_and_far_names_are_not_suggested()
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder, tensors =>
        {
            tensors.Remove("kernel.C");
            tensors.Set("kernel.CC", [1], 1.0);
            tensors.Set("optimizer", [1], 1.0);
        });
        string[] lines = Import(folder, path, "--hyper", "temperature=2").Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["OPG0204", "OPG0201", "OPG0206", "OPG0206"], lines.Select(line => line[(path.Length + ": error ".Length)..][..7]));
        Assert.Matches("has no hyperparameter 'temperature'; known are [^;]*d_state[^;]*\\. Correct or remove it\\.$", lines[1]);
        Assert.InRange(lines[1].Split("known are ")[1].Count(letter => letter == ','), 0, 12);
        Assert.EndsWith("has no tensor 'kernel.CC'; the nearest name is 'kernel.C'. Correct or remove it.", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("has no tensor 'optimizer'. Correct or remove it.", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_an_unknown_dtype_matters_only_where_it_is_taken()
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder, tensors =>
        {
            Rename(tensors, name => "model." + name);
            tensors.Set("other.scale", SafetensorsDType.U8, [4], [1, 2, 3, 4]);
        });

        // The header is rewritten in place: C64 and white space to keep its length.
        byte[] file = File.ReadAllBytes(path);
        int at = file.AsSpan().IndexOf("\"U8\""u8);
        int shape = file.AsSpan().IndexOf("\"other.scale\":"u8);
        Assert.True(shape < at);
        "\"C4\""u8.CopyTo(file.AsSpan(at));
        File.WriteAllBytes(path, file);
        Assert.Equal((ExitCode.Success, ""), (Import(folder, path, "--prefix", "model.").ExitCode, Import(folder, path, "--prefix", "model.").Error));
        ToolRun read = Import(folder, path, "--prefix", "other.");
        Assert.Contains("'model.', with which 7 of the 8", read.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_selective_model_nothing_is_assumed_that_decides_nothing()
    {
        using var folder = new TemporaryFolder();
        string weights = Path.Combine(CheckTests.Own("mamba1-block-bias-a"), "f64.safetensors");
        ToolRun run = ToolRun.Of("import", weights, "--architecture", "mamba1-block", "--prefix", "w.", "-o", folder.File("mamba.ssm.json"));
        Assert.Equal(
            ["no input scaling", "precision=single", "no labels"],
            run.Lines.Where(line => line.Contains(" assumed: ", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(" assumed", StringComparison.Ordinal)]));
    }

    [Fact]
    public void Every_assumed_default_is_printed_with_what_it_decides()
    {
        using var folder = new TemporaryFolder();
        string weights = Path.Combine(CheckTests.Own(CaseCopy.Pooled), "f64.safetensors");
        string[] import = ["import", weights, "--architecture", "s4-example", "--prefix", "w.", "-o", folder.File("model.ssm.json")];
        string[] names = [.. ToolRun.Of(import).Lines.Where(line => line.Contains(" assumed", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(" assumed", StringComparison.Ordinal)])];
        Assert.Equal(["prenorm=false", "layernorm_eps=0.00001", "no input scaling", "precision=single", "no input range", "expansion=taylor", "order=3", "no labels"], names);
        string[] told = ["--hyper", "prenorm=true", "layernorm_eps=1e-5", "--scale", "0.5", "--precision", "double", "--input-range", "-1", "1", "--expansion", "chebyshev", "--order", "2", "--labels", .. Enumerable.Range(0, new TensorFile(weights).Shape("w.decoder.bias")[0]).Select(k => $"class {k}")];
        ToolRun run = ToolRun.Of([.. import, .. told]);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("assumed", run.Output, StringComparison.Ordinal);
    }

    /// <summary>What decides the outputs and is in no tensor is told, whatever the architecture.</summary>
    [Theory]
    [InlineData("s5-classifier-halfglu2-a", "s5-classifier", "activation=half_glu2", "mode=pool", "prenorm=false", "disc=zoh", "conj_sym=true", "clip_eigs=false", "ln_eps=1e-6")]
    [InlineData("s4block-diag-inv-bilinear-a", "s4block-diag", "d_state=8", "disc=zoh", "dt_transform=exp", "real_transform=exp", "imag_transform=none", "activation=gelu", "dt_fast=false")]
    public void Every_default_that_decides_outputs_is_told(string name, string architecture, string hyper, params string[] expected)
    {
        using var folder = new TemporaryFolder();
        string weights = Path.Combine(CheckTests.Own(name), "f64.safetensors");
        ToolRun run = ToolRun.Of("import", weights, "--architecture", architecture, "--prefix", "w.", "--hyper", hyper, "-o", folder.File("model.ssm.json"));
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.All(expected, each => Assert.Contains(run.Lines, line => line.StartsWith(each + " assumed: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Tensors_of_another_architecture_are_answered_with_its_name()
    {
        using var folder = new TemporaryFolder();
        string path = Checkpoint(folder);
        ToolRun run = ToolRun.Of("import", path, "--architecture", "s5-classifier", "-o", folder.File("model.ssm.json"));
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Equal($"{path}: error OPG0108: The architecture is 's5-classifier', whose tensors these are not; '{Architecture}', which has all of them, is expected.\n", run.Error);
    }

    /// <summary>A calibration needs the file, so it is written; no file makes a function a polynomial.</summary>
    [Theory]
    [InlineData("measure", ExitCode.Success, "run operatorgen calibrate on the model file.")]
    [InlineData("chebyshev", ExitCode.Success, "run operatorgen calibrate on the model file, or declare an input range from which they follow.")]
    [InlineData("exact", ExitCode.Failure, "use taylor, chebyshev or measure.")]
    public void An_expansion_that_is_not_possible_is_told(string expansion, int exitCode, string advice)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = Import(folder, Checkpoint(folder), "--expansion", expansion);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains($"error OPG0305: The expansion '{expansion}' is not possible: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(advice + "\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode == ExitCode.Success, File.Exists(folder.File("model.ssm.json")));
    }

    [Fact]
    public void Options_of_the_import_are_those_of_the_model_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("config.json"), """{ "d_state": 6, "disc": "zoh", "dropout": 0.5 }""");
        ToolRun run = Import(
            folder, Checkpoint(folder), "--hyper-file", folder.File("config.json"), "--hyper", "d_state=4", "--labels", "a, \"b\"", "b", "c", "--scale", "2", "--offset", "0", "-0.5", "1",
            "--input-range", "-2", "2.5", "--max-length", "100", "--expansion", "taylor", "--order", "5", "--centre", "-0.25", "--precision", "both");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        ModelDeclaration declaration = ModelFileReader.Read(File.ReadAllText(folder.File("model.ssm.json")), default).Value!;
        Assert.Equal(["disc=zoh", "dropout=0.5", "d_state=4"], declaration.Hyper.Select(hyper => hyper.Name + "=" + hyper.Value));
        Assert.Equal(["a, \"b\"", "b", "c"], declaration.Labels);
        Assert.Equal([2, 2, 2], declaration.Scaling!.Scale.Values.ToArray());
        Assert.Equal([0, -0.5, 1], declaration.Scaling.Offset.Values.ToArray());
        ModelOptions options = declaration.Options;
        Assert.Equal((5, -2.0, 2.5, Precision.Both), (options.Order, options.InputLow, options.InputHigh, options.Precision));
        Assert.Equal((Symbolics.ExpansionKind.Taylor, -0.25, 100), (options.Expansion, options.Centre, options.MaxLength));
        Assert.Equal(ExitCode.Success, ToolRun.Of("inspect", folder.File("model.ssm.json")).ExitCode);
    }

    [Theory]
    [InlineData(ExitCode.Failure, "OPG0208: The model has 3 outputs and 2 labels", "--labels", "a", "b")]
    [InlineData(ExitCode.Failure, "OPG0300: The order of the expansion is 99", "--order", "99")]
    [InlineData(ExitCode.Failure, "OPG0108: 'inputRange' is the array [1, 1]", "--input-range", "1", "1")]
    [InlineData(ExitCode.Unusable, "--scale has 2 numbers; one, or one per input channel, 3", "--scale", "1", "2")]
    [InlineData(ExitCode.Unusable, "There is no file nowhere.json", "--hyper-file", "nowhere.json")]
    [InlineData(ExitCode.Unusable, "--input-range 1 0: two numbers are expected, the lower one first, as in --input-range 0 1.", "--input-range", "1", "0")]
    public void What_does_not_fit_the_model_is_named_and_nothing_is_written(int exitCode, string message, params string[] options)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = Import(folder, Checkpoint(folder), options);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.False(File.Exists(folder.File("model.ssm.json")));
    }

    [Theory]
    [InlineData("{ \"d_state\": [\"4\", 4] }", "hyper.json:1:14: error OPG0108: The hyperparameter 'd_state' is an array")]
    [InlineData("{ \"d_state\": [4] }", "error OPG0203: The hyperparameter 'd_state' is [4]; an integer from 2 to 1048576 is expected.")]
    [InlineData("[1]", "hyper.json:1:1: error OPG0108: A file of hyperparameters is an array")]
    [InlineData("{ ", "hyper.json:1:3: error OPG0102")]
    public void A_mistake_in_a_file_of_hyperparameters_is_named_with_its_place(string text, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("hyper.json"), text);
        ToolRun run = Import(folder, Checkpoint(folder), "--hyper-file", folder.File("hyper.json"));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, run.ExitCode);
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
        string[] lines = [.. run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
        Assert.DoesNotContain(lines, line => char.IsWhiteSpace(line[0]) || line.Contains("safetensors.torch", StringComparison.Ordinal));
        Assert.Contains("torch.load(", lines[5], StringComparison.Ordinal);
        Assert.Contains("state_dict", lines[6], StringComparison.Ordinal);
        Assert.Contains("open(", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain($"open(\"{folder.File(name)}\"", lines[^1], StringComparison.Ordinal);
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

    private static void Rename(TensorFile tensors, Func<string, string> name)
    {
        foreach (string old in tensors.Names.ToArray())
        {
            tensors.Set(name(old), tensors.Shape(old), tensors.Values(old));
            tensors.Remove(old);
        }
    }

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
