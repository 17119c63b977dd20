using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>Checkpoints of constant modes as model files of shapes and packed files.</summary>
public sealed class ExternalModesTests : IDisposable
{
    private const string Kernel = "kernel.kernel.";

    private readonly TemporaryFolder _folder = new();
    private readonly string _shapes;
    private readonly string _packed;
    private readonly string _checkpoint;

    public ExternalModesTests() => (_shapes, _packed, _checkpoint) = (_folder.File("shapes.ssm.json"), _folder.File("packed.safetensors"), _folder.File("checkpoint.safetensors"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("s4d-classifier", null)]
    [InlineData("s4d-classifier", "double")]
    [InlineData("s5-classifier", null)]
    [InlineData("s5-classifier", "double")]
    public void Packed_weights_predict_the_bytes_that_a_model_with_numbers_does(string architecture, string? precision)
    {
        string numbers = _folder.File("numbers.ssm.json"), data = StudyFiles.Data(_folder);
        string[] further = precision is null ? [] : ["--precision", precision];
        string[] hyper = architecture == "s5-classifier" ? ["--hyper", "activation=gelu", "--hyper", "bidirectional=true"] : [];
        Write(architecture == "s5-classifier" ? StudyFiles.BothDirections(_folder) : StudyFiles.Classifier(_folder));
        ToolRun import = ToolRun.Of(["import", _checkpoint, "--architecture", architecture, "--external", "-o", _shapes, .. hyper, .. further]);
        Assert.Equal((ExitCode.Success, ""), (import.ExitCode, import.Error));
        Assert.DoesNotContain("--input-range", import.Output, StringComparison.Ordinal);
        Assert.Contains("expansion=taylor assumed", import.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, Pack().ExitCode);
        Assert.Equal(ExitCode.Success, ToolRun.Of(["import", _checkpoint, "--architecture", architecture, "-o", numbers, .. hyper, .. further]).ExitCode);
        ToolRun baked = ToolRun.Of("predict", numbers, "--data", data), external = ToolRun.Of("predict", _shapes, "--data", data, "--weights", _packed);
        Assert.Equal((ExitCode.Success, ""), (external.ExitCode, external.Error));
        Assert.Equal((ExitCode.Success, baked.Output), (baked.ExitCode, external.Output));
        string left = _folder.File("left.safetensors"), right = _folder.File("right.safetensors");
        Assert.Equal(ExitCode.Success, ToolRun.Of("predict", numbers, "--data", data, "-o", left).ExitCode);
        Assert.Equal(ExitCode.Success, ToolRun.Of("predict", _shapes, "--data", data, "--weights", _packed, "-o", right).ExitCode);
        Assert.Equal(File.ReadAllBytes(left), File.ReadAllBytes(right));
    }

    /// <summary>The imaginary part of A had the other sign under its older name.</summary>
    [Fact]
    public void Older_names_that_stand_for_other_numbers_are_packed_as_what_they_mean_today()
    {
        string today = _folder.File("today.safetensors"), again = _folder.File("again.safetensors");
        double[] c = [0.5, 0.25, -0.5, 0.125, 0.75, -0.25, 0.375, 0.625], imaginary = [1, 3, 2, 5];
        Block(_checkpoint, Kernel, "D", "log_dt", "w_real", "w_imag", [.. imaginary]);
        Block(today, "layer.kernel.", "layer.D", "inv_dt", "A_real", "A_imag", [.. imaginary.Select(x => -x)]);
        Import("s4block-diag");
        Assert.Equal((ExitCode.Success, ""), (Pack().ExitCode, Pack().Error));
        Assert.Contains(StudyFiles.Read(_shapes).Tensors, tensor => tensor.Name == "layer.kernel.A_imag");
        Assert.Equal(ExitCode.Success, ToolRun.Of("pack", today, "--model", _shapes, "-o", again).ExitCode);
        Assert.Equal(File.ReadAllBytes(again), File.ReadAllBytes(_packed));

        void Block(string path, string kernel, string skip, string step, string re, string im, double[] frequencies)
        {
            var tensors = new TensorFile();
            tensors.Set(skip, [1, 2], 0.5, -0.25);
            tensors.Set(kernel + step, step == "log_dt" ? [2] : [2, 1], -2, -3);
            tensors.Set(kernel + "C", [1, 2, 2, 2], c);
            tensors.Set(kernel + "B", [1, 2, 2, 2], [.. c.Reverse()]);
            tensors.Set(kernel + (step == "log_dt" ? "inv_" + re : re), [2, 2], -0.5, -0.25, -1, -0.75);
            tensors.Set(kernel + im, [2, 2], frequencies);
            tensors.Write(path);
        }
    }

    [Fact]
    public void Modes_that_do_not_decay_are_told_when_they_are_packed()
    {
        Write(StudyFiles.Cubic(_folder), (name, values) => name == "eigenvalue" ? [1.5, .. values.Skip(1)] : values);
        string[] hyper = ["--hyper", "discretization=none", "--hyper", "gamma=2", "--hyper", "decoder=tanh"];
        ToolRun import = ToolRun.Of(["import", _checkpoint, "--architecture", "modes", "--external", "-o", _shapes, .. hyper]);
        Assert.Equal((ExitCode.Success, ""), (import.ExitCode, import.Error));
        ToolRun pack = Pack(), baked = ToolRun.Of(["import", _checkpoint, "--architecture", "modes", "-o", _folder.File("numbers.ssm.json"), .. hyper]);
        Assert.Equal(ExitCode.Success, pack.ExitCode);
        Assert.Contains($"{_checkpoint}: warning OPG0207: Mode 0 ('eigenvalue') does not decay", pack.Error, StringComparison.Ordinal);
        Assert.Contains(Line(pack), baked.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_packed));

        string Line(ToolRun run) => run.Error.Split('\n').Single(line => line.Contains("OPG0207", StringComparison.Ordinal));
    }

    [Fact]
    public void A_parameter_beyond_a_double_is_refused_when_it_is_packed()
    {
        Write(StudyFiles.Classifier(_folder), (name, values) => name == "kernel.log_A_real" ? [1000, .. values.Skip(1)] : values);
        Import("s4d-classifier");
        ToolRun pack = Pack();
        Assert.Equal((ExitCode.Failure, ""), (pack.ExitCode, pack.Output));
        Assert.Contains("error OPG0212: exp(kernel.log_A_real[0, 0])", pack.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_packed));
    }

    [Theory]
    [InlineData(ExitCode.Failure, "error OPG0305: The expansion 'chebyshev' is not possible: the weights are external, and its polynomials are fitted to numbers where the code is made; use taylor, or put the numbers into the model file.", "--expansion", "chebyshev")]
    [InlineData(ExitCode.Failure, "error OPG0305: The expansion 'exact' is not possible: the decoder function 'gelu-erf' is no polynomial; use taylor, since the weights are external.", "--expansion", "exact")]
    [InlineData(ExitCode.Success, "warning OPG0307: The declared input range bounds nothing", "--input-range", "-1", "1")]
    [InlineData(ExitCode.Success, "", "--expansion", "taylor", "--centre", "0.5", "--order", "2")]
    public void What_needs_numbers_where_the_code_is_made_is_refused_or_told(int exitCode, string expected, params string[] options)
    {
        Write(StudyFiles.Classifier(_folder));
        ToolRun run = ToolRun.Of(["import", _checkpoint, "--architecture", "s4d-classifier", "--external", "-o", _shapes, .. options]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(expected.Length == 0, run.Error.Length == 0);
        Assert.Equal(exitCode == ExitCode.Success, File.Exists(_shapes));
    }

    [Theory]
    [InlineData("ring", "MODEL")]
    [InlineData("kernels", "MODEL")]
    [InlineData("explain", "MODEL")]
    [InlineData("explain", "MODEL", "--data", "DATA", "--index", "0")]
    [InlineData("explain", "MODEL", "--data", "DATA", "--index", "0", "--by", "wave")]
    [InlineData("study", "MODEL", "--data", "DATA")]
    [InlineData("calibrate", "MODEL", "--data", "DATA", "-o", "OUT")]
    [InlineData("prune", "MODEL", "--error", "0.1", "--range", "-1", "1", "-o", "OUT")]
    [InlineData("report", "MODEL", "--data", "DATA", "-o", "OUT")]
    [InlineData("verify-expansion", "MODEL")]
    public void A_command_that_needs_numbers_says_so_and_writes_nothing(params string[] arguments)
    {
        Write(StudyFiles.Classifier(_folder));
        Import("s4d-classifier");
        string output = _folder.File("out"), data = StudyFiles.Data(_folder);
        ToolRun run = ToolRun.Of([.. arguments.Select(argument => argument switch { "MODEL" => _shapes, "DATA" => data, "OUT" => output, _ => argument })]);
        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains("shapes only", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("operatorgen failed", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Theory]
    [InlineData("model", "complex modes of one channel each, zero-order hold, gamma 2")]
    [InlineData("operator", "complex modes of one channel each, zero-order hold, gamma 2")]
    [InlineData("plan", "Layer0Eigenvalues")]
    [InlineData("code", "public global::OperatorGen.ScoreExplanation Explain(")]
    public void Shapes_are_inspected_without_numbers(string stage, string expected)
    {
        Write(StudyFiles.Classifier(_folder));
        Import("s4d-classifier");
        ToolRun run = ToolRun.Of("inspect", _shapes, "--stage", stage);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    private void Import(string architecture)
    {
        ToolRun import = ToolRun.Of("import", _checkpoint, "--architecture", architecture, "--external", "-o", _shapes);
        Assert.Equal((ExitCode.Success, ""), (import.ExitCode, import.Error));
    }

    private ToolRun Pack() => ToolRun.Of("pack", _checkpoint, "--model", _shapes, "-o", _packed);

    /// <summary>Writes the numbers of a model file as a checkpoint in single precision.</summary>
    private void Write(string modelFile, Func<string, IReadOnlyList<double>, IReadOnlyList<double>>? change = null)
    {
        var tensors = new TensorFile();
        foreach (DeclaredTensor tensor in StudyFiles.Read(modelFile).Tensors)
        {
            IReadOnlyList<double> values = tensor.Value.Values.ToArray();
            tensors.Set(tensor.Name, SafetensorsDType.F32, [.. tensor.Value.Shape], [.. (change?.Invoke(tensor.Name, values) ?? values).SelectMany(value => BitConverter.GetBytes((float)value))]);
        }

        tensors.Write(_checkpoint);
    }
}
