using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>From a folder as Hugging Face has it to a model file of shapes, a packed file, and numbers.</summary>
public sealed class ExternalWeightsTests : IDisposable
{
    private const string Prefix = "model.";
    private readonly TemporaryFolder _folder = new();
    private readonly string _shapes;
    private readonly string _packed;

    public ExternalWeightsTests() => (_shapes, _packed) = (_folder.File("shapes.ssm.json"), _folder.File("packed.safetensors"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_folder_is_imported_packed_and_verified(int shards)
    {
        string checkpoint = Checkpoint(shards);
        ToolRun import = Import(checkpoint);
        Assert.Equal((ExitCode.Success, ""), (import.ExitCode, import.Error));
        Assert.StartsWith($"{_shapes}: mamba-classifier, the shapes of 25 tensors with 162 numbers\npacked weights: ", import.Output, StringComparison.Ordinal);
        Assert.Contains($"operatorgen pack {checkpoint} --model {_shapes} -o WEIGHTS.safetensors writes them\n", import.Output, StringComparison.Ordinal);
        ModelDeclaration declaration = StudyFiles.Read(_shapes);
        Assert.True(declaration.IsExternal);
        Assert.Equal([("file", "checkpoint"), ("prefix", Prefix)], declaration.Source.Select(entry => (entry.Name, entry.Value)));
        Assert.All(declaration.Tensors, tensor => Assert.Equal(WeightFormat.Single, tensor.Value.Format));

        ToolRun pack = Pack(checkpoint);
        Assert.Equal((ExitCode.Success, ""), (pack.ExitCode, pack.Error));
        using (var packed = MappedSafetensors.Open(_packed))
        {
            Assert.Equal(
                [$"{_packed}: {packed.Tensors.Count} tables, {new FileInfo(_packed).Length} bytes", "shape hash   " + declaration.ShapeHash(), "weights hash " + packed.Metadata[PackedFormat.WeightsKey]],
                pack.Lines);
            Assert.Equal(declaration.ShapeHash(), packed.Metadata[PackedFormat.ShapeKey]);
            Assert.Contains($"packed weights: {packed.DataLength} bytes of tables;", import.Output, StringComparison.Ordinal);
            Assert.True(packed.IsAligned(64));
        }

        ToolRun verify = ToolRun.Of("pack", "--verify", _packed, "--model", _shapes);
        Assert.Equal((ExitCode.Success, ""), (verify.ExitCode, verify.Error));
        Assert.EndsWith(" tables, every byte is as it was packed\n", verify.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Shards_and_one_file_give_the_same_bytes()
    {
        Import(Checkpoint(1));
        Pack(Checkpoint(1));
        byte[] one = File.ReadAllBytes(_packed);
        Pack(Checkpoint(2));
        Assert.Equal(one, File.ReadAllBytes(_packed));
        Pack(Path.Combine(Checkpoint(2), "model.safetensors.index.json"));
        Assert.Equal(one, File.ReadAllBytes(_packed));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("double")]
    public void Packed_weights_predict_the_bytes_that_a_model_with_numbers_does(string? precision)
    {
        string checkpoint = Checkpoint(1), numbers = _folder.File("numbers.ssm.json"), data = StudyFiles.Data(_folder);
        string[] further = precision is null ? [] : ["--precision", precision];
        Import(checkpoint, further);
        Pack(checkpoint);
        ToolRun import = ToolRun.Of(["import", Path.Combine(checkpoint, "model.safetensors"), "--architecture", "mamba-classifier", "--hyper-file", Path.Combine(checkpoint, "config.json"), "--prefix", Prefix, "-o", numbers, .. further]);
        Assert.Equal((ExitCode.Success, ""), (import.ExitCode, import.Error));
        ToolRun baked = ToolRun.Of("predict", numbers, "--data", data), external = ToolRun.Of("predict", _shapes, "--data", data, "--weights", _packed);
        Assert.Equal((ExitCode.Success, ""), (external.ExitCode, external.Error));
        Assert.Equal((ExitCode.Success, baked.Output), (baked.ExitCode, external.Output));
        Assert.Contains(external.Lines, line => line.Any(char.IsDigit));
        string left = _folder.File("left.safetensors"), right = _folder.File("right.safetensors");
        Assert.Equal(ExitCode.Success, ToolRun.Of("predict", numbers, "--data", data, "-o", left).ExitCode);
        Assert.Equal(ExitCode.Success, ToolRun.Of("predict", _shapes, "--data", data, "--weights", _packed, "-o", right).ExitCode);
        Assert.Equal(File.ReadAllBytes(left), File.ReadAllBytes(right));
    }

    [Fact]
    public void A_flipped_bit_is_found_by_verification_only()
    {
        string checkpoint = Checkpoint(1);
        Import(checkpoint);
        Pack(checkpoint);
        byte[] file = File.ReadAllBytes(_packed);
        file[^70] ^= 1;
        File.WriteAllBytes(_packed, file);
        ToolRun verify = ToolRun.Of("pack", "--verify", _packed, "--model", _shapes);
        Assert.Equal((ExitCode.Failure, ""), (verify.ExitCode, verify.Output));
        Assert.Contains("it was damaged or changed; pack the checkpoint again.", verify.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, ToolRun.Of("predict", _shapes, "--data", StudyFiles.Data(_folder), "--weights", _packed).ExitCode);
    }

    [Theory]
    [InlineData("\"operatorgen.packed\":\"2\"", "\"operatorgen.packed\":\"1\"", "has the layout 1, but this version of OperatorGen reads 2")]
    [InlineData("\"F32\"", "\"I32\"", "where the table '")]
    [InlineData("00000.", "00009.", "where the table '00000.")]
    public void Verification_says_what_load_would_say(string before, string after, string expected)
    {
        string checkpoint = Checkpoint(1);
        Import(checkpoint);
        Pack(checkpoint);
        byte[] file = File.ReadAllBytes(_packed);
        int at = file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(before));
        System.Text.Encoding.UTF8.GetBytes(after).CopyTo(file, at);
        File.WriteAllBytes(_packed, file);
        ToolRun verify = ToolRun.Of("pack", "--verify", _packed, "--model", _shapes);
        Assert.Equal((ExitCode.Failure, ""), (verify.ExitCode, verify.Output));
        Assert.Contains(expected, verify.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_needs_the_model_that_the_file_was_packed_for()
    {
        string checkpoint = Checkpoint(1), other = _folder.File("other.ssm.json");
        Import(checkpoint);
        Pack(checkpoint);
        string hash = StudyFiles.Read(_shapes).ShapeHash();
        Assert.Equal(ExitCode.Success, ToolRun.Of("import", checkpoint, "--architecture", "mamba-classifier", "--prefix", Prefix, "--external", "--hyper", "norm_epsilon=1e-3", "-o", other).ExitCode);
        ToolRun verify = ToolRun.Of("pack", "--verify", _packed, "--model", other);
        Assert.Equal(ExitCode.Failure, verify.ExitCode);
        Assert.Equal($"{_packed} is packed for the shapes {hash}, but {other} has {StudyFiles.Read(other).ShapeHash()}.\n", verify.Error);
        verify = ToolRun.Of("pack", "--verify", Path.Combine(checkpoint, "model.safetensors"), "--model", _shapes);
        Assert.Equal(ExitCode.Failure, verify.ExitCode);
        Assert.Contains("is not packed: its metadata has no 'operatorgen.packed'", verify.Error, StringComparison.Ordinal);
        ToolRun predict = ToolRun.Of("predict", other, "--data", StudyFiles.Data(_folder), "--weights", _packed);
        Assert.Equal(ExitCode.Unusable, predict.ExitCode);
        Assert.StartsWith($"{_packed} is packed for the shapes {hash}, but the code was made for ", predict.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<TensorFile>, int, string> Mistakes => new()
    {
        { "missing", tensors => tensors.Remove(Prefix + "norm_f.weight"), ExitCode.Failure, "OPG0204: The tensor 'model.norm_f.weight' of shape [3]" },
        { "misshapen", tensors => tensors.Set(Prefix + "norm_f.weight", SafetensorsDType.F32, [1, 3], new byte[12]), ExitCode.Failure, "OPG0205: The tensor 'model.norm_f.weight' has shape [1, 3]" },
        { "integers", tensors => tensors.Set(Prefix + "norm_f.weight", SafetensorsDType.I32, [3], new byte[12]), ExitCode.Unusable, "has elements that weights do not have: F64, F32, F16 and BF16 are read." },
        { "infinite", tensors => tensors.Set(Prefix + "norm_f.weight", SafetensorsDType.F32, [3], [.. new byte[8], .. BitConverter.GetBytes(float.PositiveInfinity)]), ExitCode.Failure, "checkpoint: error OPG0110: Element [2] of tensor 'norm_f.weight' is infinite" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_the_checkpoint_is_named_and_nothing_is_written(string mistake, Action<TensorFile> change, int exitCode, string message)
    {
        Import(Checkpoint(1));
        ToolRun pack = Pack(Checkpoint(1, change));
        Assert.True(pack.ExitCode == exitCode, mistake + ": " + pack.Error);
        Assert.Contains(message, pack.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("operatorgen failed", pack.Error, StringComparison.Ordinal);
        Assert.Equal("", pack.Output);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), path => Path.GetFileName(path).Contains("packed", StringComparison.Ordinal));
    }

    [Fact]
    public void Mistakes_of_an_import_are_named_and_nothing_is_written()
    {
        string integers = Checkpoint(1, tensors => tensors.Set(Prefix + "norm_f.weight", SafetensorsDType.I32, [3], new byte[12]));
        Expect(ExitCode.Unusable, "has elements that weights do not have", Import(integers));
        string missing = Checkpoint(1, tensors => tensors.Remove(Prefix + "norm_f.weight"));
        Expect(ExitCode.Failure, "OPG0204: The tensor 'norm_f.weight'", Import(missing));
        Expect(ExitCode.Unusable, "--scale and --offset need a model file with numbers", Import(Checkpoint(1), "--scale", "2"));
        Expect(ExitCode.Failure, "OPG0404: The option 'precision' is not supported: a file of external weights has the tables of one precision", Import(Checkpoint(1), "--precision", "both"));
        Expect(ExitCode.Unusable, "This is not a safetensors file", WithText("model.safetensors", "not a checkpoint"));
        Expect(ExitCode.Failure, "config.json", WithText("config.json", "{"));
        string both = Checkpoint(2);
        File.WriteAllText(Path.Combine(both, "model.safetensors"), "");
        Expect(ExitCode.Unusable, "has both model.safetensors and model.safetensors.index.json: name the file that is meant.", Import(both));
        Expect(ExitCode.Unusable, "has neither model.safetensors nor model.safetensors.index.json", Import(Directory.CreateDirectory(_folder.File("empty")).FullName));
        Expect(ExitCode.Unusable, "none", Import(_folder.File("none")));
        Assert.False(File.Exists(_shapes));

        ToolRun WithText(string name, string text)
        {
            string checkpoint = Checkpoint(1);
            File.WriteAllText(Path.Combine(checkpoint, name), text);
            return Import(checkpoint);
        }
    }

    [Fact]
    public void Integers_that_are_not_the_models_do_not_matter()
    {
        string checkpoint = Checkpoint(1, tensors => tensors.Set("position_ids", SafetensorsDType.I64, [1], new byte[8]));
        Assert.Equal((ExitCode.Success, ""), (Import(checkpoint).ExitCode, Pack(checkpoint).Error));
    }

    [Fact]
    public void A_model_whose_code_depends_on_numbers_is_refused_at_the_import()
    {
        string path = Path.Combine(CheckTests.Own("s4block-dplr-legt-rank2-a"), "f64.safetensors");
        ToolRun run = ToolRun.Of("import", path, "--architecture", "s4block-dplr", "--prefix", "w.", "--external", "-o", _shapes);
        Assert.Equal((ExitCode.Failure, ""), (run.ExitCode, run.Output));
        Assert.Equal($"{path}: error OPG0405: The weights of this model cannot be external: the choice between eigenvectors of the transition and a low-rank step depends on the numbers. Put the numbers into the model file.\n", run.Error);
        Assert.False(File.Exists(_shapes));
    }

    [Fact]
    public void Packing_needs_a_file_of_shapes_and_all_of_its_arguments()
    {
        string checkpoint = Checkpoint(1), numbers = StudyFiles.Selective(_folder);
        Expect(ExitCode.Unusable, "has its weights in it: operatorgen import --external makes a model file of shapes", ToolRun.Of("pack", checkpoint, "--model", numbers, "-o", _packed));
        Import(checkpoint);
        Expect(ExitCode.Unusable, "-o is missing: it names the file of weights to write.", ToolRun.Of("pack", checkpoint, "--model", _shapes));
        Expect(ExitCode.Unusable, "Give CHECKPOINT and -o to pack, or --verify WEIGHTS without both; --model goes with either.", ToolRun.Of("pack", checkpoint, "--model", _shapes, "--verify", _packed));
        Expect(ExitCode.Unusable, "There is no folder", ToolRun.Of("pack", checkpoint, "--model", _shapes, "-o", Path.Combine(_folder.Path, "none", "w")));
        Expect(ExitCode.Unusable, "none", ToolRun.Of("pack", _folder.File("none"), "--model", _shapes, "-o", _packed));
        Expect(ExitCode.Unusable, "none", ToolRun.Of("pack", "--verify", _folder.File("none"), "--model", _shapes));
        Expect(ExitCode.Unusable, "itself", ToolRun.Of("pack", Path.Combine(checkpoint, "model.safetensors"), "--model", _shapes, "-o", Path.Combine(checkpoint, "model.safetensors")));
        Assert.False(File.Exists(_packed));
    }

    [Fact]
    public void Predicting_needs_weights_exactly_where_the_model_file_has_none()
    {
        string checkpoint = Checkpoint(1), data = StudyFiles.Data(_folder), numbers = StudyFiles.Selective(_folder);
        Import(checkpoint);
        Pack(checkpoint);
        Expect(ExitCode.Unusable, $"{_shapes} has shapes only: --weights names the packed file of its numbers.", ToolRun.Of("predict", _shapes, "--data", data));
        Expect(ExitCode.Unusable, $"{numbers} has its numbers in it: leave --weights out.", ToolRun.Of("predict", numbers, "--data", data, "--weights", _packed));
        Expect(ExitCode.Unusable, "--engine reference needs a model file with numbers", ToolRun.Of("predict", _shapes, "--data", data, "--weights", _packed, "--engine", "reference"));
        Expect(ExitCode.Unusable, "none", ToolRun.Of("predict", _shapes, "--data", data, "--weights", _folder.File("none")));
        Expect(ExitCode.Unusable, "is not packed", ToolRun.Of("predict", _shapes, "--data", data, "--weights", Path.Combine(checkpoint, "model.safetensors")));
        Expect(ExitCode.Unusable, numbers, ToolRun.Of("predict", _shapes, "--data", data, "--weights", numbers));
    }

    public static TheoryData<string, int, string[]> NeedNumbers
    {
        get
        {
            string[][] commands =
            [
                ["study", "MODEL", "--data", "DATA"],
                ["study", "MODEL", "--data", "DATA", "--expansion", "mean-gate"],
                ["explain", "MODEL", "--data", "DATA", "--index", "0"],
                ["explain", "MODEL"],
                ["explain", "MODEL", "--data", "DATA", "--index", "0", "--by", "input"],
                ["attention", "MODEL", "--data", "DATA", "--index", "0", "--layer", "0", "--head", "0"],
                ["calibrate", "MODEL", "--data", "DATA", "-o", "OUT"],
                ["kernels", "MODEL"],
                ["prune", "MODEL", "--error", "0.1", "--range", "-1", "1", "-o", "OUT"],
                ["report", "MODEL", "-o", "OUT"],
                ["report", "MODEL", "--data", "DATA", "-o", "OUT"],
                ["verify-expansion", "MODEL"],
            ];
            var data = new TheoryData<string, int, string[]>();
            foreach (string[] command in commands)
            {
                data.Add(string.Join(' ', command), ExitCode.Unusable, command);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NeedNumbers))]
    public void A_command_that_needs_numbers_says_so_and_writes_nothing(string line, int exitCode, string[] arguments)
    {
        Import(Checkpoint(1));
        string output = _folder.File("out.ssm.json"), data = StudyFiles.Data(_folder);
        ToolRun run = ToolRun.Of([.. arguments.Select(argument => argument switch { "MODEL" => _shapes, "DATA" => data, "OUT" => output, _ => argument })]);
        Assert.True(run.ExitCode == exitCode, $"{line}: {run.ExitCode} {run.Error}");
        Assert.Equal("", run.Output);
        Assert.DoesNotContain("operatorgen failed", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Contains("shapes only", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(output));
    }

    [Fact]
    public void A_ring_is_refused_since_a_selective_layer_has_none()
    {
        Import(Checkpoint(1));
        Expect(ExitCode.Unusable, "Layer 0 of ", ToolRun.Of("ring", _shapes));
    }

    [Theory]
    [InlineData("declaration", "shape hash ")]
    [InlineData("declaration", "F32")]
    [InlineData("model", "selective")]
    [InlineData("operator", "selective")]
    [InlineData("plan", "bytes")]
    [InlineData("code", "public static shapes Load(string path, bool copy = false)")]
    public void Shapes_are_inspected_without_numbers(string stage, string expected)
    {
        Import(Checkpoint(1));
        ToolRun run = ToolRun.Of("inspect", _shapes, "--stage", stage);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("latex")]
    [InlineData("json")]
    [InlineData("mathml")]
    [InlineData("sympy")]
    public void The_formulas_of_shapes_are_not_written_in_other_formats(string format)
    {
        Import(Checkpoint(1));
        Expect(ExitCode.Unusable, "shapes only", ToolRun.Of("inspect", _shapes, "--format", format));
    }

    private static void Expect(int exitCode, string message, ToolRun run)
    {
        Assert.True(run.ExitCode == exitCode && run.Error.Contains(message, StringComparison.Ordinal) && run.Output.Length == 0, $"{run.ExitCode}\n{run.Error}\n{run.Output}");
        Assert.DoesNotContain("operatorgen failed", run.Error, StringComparison.Ordinal);
    }

    private ToolRun Import(string checkpoint, params string[] further) =>
        ToolRun.Of(["import", checkpoint, "--architecture", "mamba-classifier", "--prefix", Prefix, "--external", "-o", _shapes, .. further]);

    private ToolRun Pack(string checkpoint) => ToolRun.Of("pack", checkpoint, "--model", _shapes, "-o", _packed);

    /// <summary>A folder with a small classifier in single precision, in one file or in several with an index, and its configuration.</summary>
    private string Checkpoint(int shards, Action<TensorFile>? change = null)
    {
        ModelDeclaration model = StudyFiles.Read(StudyFiles.Selective(_folder));
        string folder = _folder.File("checkpoint");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), "{ " + string.Join(", ", model.Hyper.Select(hyper => $"\"{hyper.Name}\": {hyper.Value}")) + " }");
        var map = new Dictionary<string, string>();
        for (int shard = 0; shard < shards; shard++)
        {
            string name = shards == 1 ? "model.safetensors" : $"model-{shard + 1:00000}-of-{shards:00000}.safetensors";
            var tensors = new TensorFile();
            foreach (DeclaredTensor tensor in model.Tensors.Where((_, i) => i % shards == shard))
            {
                tensors.Set(Prefix + tensor.Name, SafetensorsDType.F32, [.. tensor.Value.Shape], [.. tensor.Value.Values.ToArray().SelectMany(value => BitConverter.GetBytes((float)value))]);
            }

            change?.Invoke(tensors);
            foreach (string tensor in tensors.Names)
            {
                map.Add(tensor, name);
            }

            tensors.Write(Path.Combine(folder, name));
        }

        if (shards > 1)
        {
            File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), JsonSerializer.Serialize(new { weight_map = map }));
        }

        return folder;
    }
}
