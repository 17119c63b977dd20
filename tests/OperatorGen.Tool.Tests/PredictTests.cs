using System;
using System.IO;
using System.Linq;
using OperatorGen.Compiler;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tool.Tests;

public sealed class PredictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "generated float", "tolerance=0.00002 PASS")]
    [InlineData("\"precision\": \"double\"", "generated double", "tolerance=1e-10 PASS")]
    [InlineData("\"precision\": \"both\"", "generated double", "tolerance=1e-10 PASS")]
    public void Outputs_agree_with_saved_ones_in_the_models_precision(string? options, string engine, string result)
    {
        string model = StudyFiles.Classifier(_folder, options);
        string data = Saved(model, out _);
        ToolRun run = ToolRun.Of("predict", model, "--data", data, "--compare", data);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"{model}: {engine} on x_test of noise, {StudyFiles.Test} sequences\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith(result + "\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_sequence_that_disagrees_is_named()
    {
        string model = StudyFiles.Classifier(_folder, "\"precision\": \"double\"");
        string data = Saved(model, out double[] outputs, values =>
        {
            values[(5 * 3) + 2] += 0.25;
            values[(9 * 3) + 1] = double.NaN;
        });
        ToolRun run = ToolRun.Of("predict", model, "--data", data, "--compare", data);
        Assert.Equal((ExitCode.Failure, ""), (run.ExitCode, run.Error));
        Assert.Contains("max_abs=inf", run.Output.ToLowerInvariant(), StringComparison.Ordinal);
        Assert.Contains("FAIL\n2 sequences disagree; the first is 5, output 2: computed ", run.Output, StringComparison.Ordinal);
        string lenient = (0.3 / outputs.Max(Math.Abs)).ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("1 sequence disagrees; the first is 9, output 1", ToolRun.Of("predict", model, "--data", data, "--compare", data, "--tolerance", lenient).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_pooling_is_compared_step_by_step_and_padding_is_left_out()
    {
        string model = StudyFiles.Cubic(_folder);
        string data = Saved(model, out _, values => values[^1] = 1000, inputs: 1);

        // Sequence 16 has length 30, so its last step counts; sequence 15 has 27, and its last steps do not.
        ToolRun run = ToolRun.Of("predict", model, "--data", data, "--compare", data);
        Assert.Contains("the first is 16, time step 29, output 0: computed ", run.Output, StringComparison.Ordinal);
        data = Saved(model, out _, values => values[(15 * StudyFiles.Length) + 28] = 1000, inputs: 1);
        run = ToolRun.Of("predict", model, "--data", data, "--compare", data, "--tolerance", "1");
        Assert.Contains("PASS", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_written_as_csv_and_as_a_tensor()
    {
        string model = StudyFiles.Classifier(_folder, "\"precision\": \"double\"");
        string data = Saved(model, out double[] expected);
        string csv = ToolRun.Of("predict", model, "--data", data, "--engine", "reference").Output;
        string[] lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("sequence,output_0,output_1,output_2", lines[0]);
        Assert.Equal(expected, lines.Skip(1).SelectMany(line => line.Split(',').Skip(1).Select(field => double.Parse(field, System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(_folder.File("o.csv") + "\n", ToolRun.Of("predict", model, "--data", data, "--engine", "reference", "--out", _folder.File("o.csv")).Output);
        Assert.Equal(csv, File.ReadAllText(_folder.File("o.csv")));
        Assert.Equal(ExitCode.Success, ToolRun.Of("predict", model, "--data", data, "--engine", "reference", "--out", _folder.File("o.safetensors")).ExitCode);
        SafetensorsTensor tensor = SafetensorsFile.Parse(File.ReadAllBytes(_folder.File("o.safetensors"))).Find("out_test")!;
        Assert.Equal("out_test F64 [17, 3]", tensor.ToString());
        Assert.Equal(expected, tensor.ToDoubles());

        // What was written can be compared with.
        Assert.Equal(ExitCode.Success, ToolRun.Of("predict", model, "--data", data, "--compare", _folder.File("o.safetensors")).ExitCode);
    }

    [Fact]
    public void A_selective_model_runs_too()
    {
        string model = CalibrateTests.Mamba(_folder);
        string data = Saved(model, out _, inputs: 1);
        ToolRun run = ToolRun.Of("predict", model, "--data", data, "--compare", data);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\"precision\": \"double\"")]
    public void A_model_of_both_directions_runs_too(string? options)
    {
        string model = StudyFiles.BothDirections(_folder, options);
        string data = Saved(model, out _);
        ToolRun run = ToolRun.Of("predict", model, "--data", data, "--compare", data);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void What_cannot_be_compared_is_named()
    {
        string model = StudyFiles.Classifier(_folder);
        string data = Saved(model, out _);
        Unusable("has no tensor 'out_train'; it has len_test I64 [17], ", "predict", model, "--data", data, "--compare", data, "--split", "train");
        Unusable("2 numbers per time step, but the model's input has 1", "predict", StudyFiles.Cubic(_folder), "--data", data);
        Unusable("outputs are written as *.csv or *.safetensors", "predict", model, "--data", data, "--out", _folder.File("o.txt"));
        Unusable("--tolerance: a number of at least 0", "predict", model, "--data", data, "--compare", data, "--tolerance", "-1");
        var tensors = new TensorFile();
        tensors.Set("out_test", [17, 4], new double[17 * 4]);
        tensors.Write(_folder.File("wrong.safetensors"));
        Unusable("out_test F64 [17, 4] is not what the model gives for x_test; the shape [17, 3] is expected, [sequence, output]", "predict", model, "--data", data, "--compare", _folder.File("wrong.safetensors"));
    }

    private static void Unusable(string message, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
    }

    /// <summary>A data file with the outputs of the reference in it, padded with zeros.</summary>
    private string Saved(string model, out double[] outputs, Action<double[]>? change = null, int inputs = StudyFiles.Inputs)
    {
        string path = StudyFiles.Data(_folder, inputs);
        SequenceModel resolved = CompilerStages.Resolve(StudyFiles.Read(model), default).Value!;
        var evaluator = new ReferenceEvaluator(resolved);
        var data = Data.SequenceData.Load(path, "test");
        int rows = resolved.Pooling == Pooling.None ? StudyFiles.Length : 1;
        int size = rows * resolved.OutputWidth;
        outputs = new double[StudyFiles.Test * size];
        for (int i = 0; i < StudyFiles.Test; i++)
        {
            evaluator.Forward(data.Sample(i), evaluator.CreateState()).CopyTo(outputs, i * size);
        }

        double[] saved = [.. outputs];
        change?.Invoke(saved);
        int[] shape = rows == 1 ? [StudyFiles.Test, resolved.OutputWidth] : [StudyFiles.Test, rows, resolved.OutputWidth];
        return StudyFiles.Data(_folder, inputs, tensors => tensors.Set("out_test", shape, saved));
    }
}
