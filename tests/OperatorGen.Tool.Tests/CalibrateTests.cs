using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using Xunit;

namespace OperatorGen.Tool.Tests;

public class CalibrateTests
{
    [Fact]
    public void The_block_records_the_set_and_every_argument_of_the_training_split()
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Classifier(folder);
        string data = StudyFiles.Data(folder);
        ToolRun run = ToolRun.Of("calibrate", model, "--data", data);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Calibration calibration = StudyFiles.Read(model).Calibration!;
        SequenceData train = SequenceData.Load(data, "train");
        Assert.Equal(("noise", StudyFiles.Train, train.Hash), (calibration.Name, calibration.Count, calibration.Hash));
        double[][] readouts = Readouts(model, train);
        Assert.Equal(3, calibration.Layers[0].Readouts.Count);
        Assert.Empty(calibration.Layers[0].Gates);
        for (int c = 0; c < 3; c++)
        {
            ArgumentMeasure argument = calibration.Layers[0].Readouts[c];
            Assert.Equal((readouts[c].Min(), readouts[c].Max()), (argument.Low, argument.High));
            Assert.InRange(argument.Measure.Nodes.Count, 1, 64);
            Assert.All(argument.Measure.Nodes, node => Assert.Contains(node, readouts[c]));
        }
    }

    [Fact]
    public void Fits_from_the_file_are_those_of_all_samples_within_the_stated_bound()
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Classifier(folder);
        string path = StudyFiles.Data(folder);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", model, "--data", path).ExitCode);
        AgreeWithAllSamples(model, SequenceData.Load(path, "train"), StudyFiles.Train);
    }

    [SkippableFact]
    public void Fits_of_the_digits_readouts_are_those_of_all_samples_within_the_stated_bound()
    {
        string? root = Repository();
        Skip.If(root is null, "The repository is not around this test.");
        string digits = Path.Combine(root!, "examples", "Digits", "data", "digits.safetensors");
        using var folder = new TemporaryFolder();

        // The example's digits serve as a calibration set here: what is tested is the reduction, not the model.
        var tensors = new TensorFile();
        byte[] bytes = [.. Safetensors.SafetensorsFile.Parse(File.ReadAllBytes(digits)).Find("x_test")!.Bytes.Span[..(20 * 784)]];
        tensors.Set("x_train", Safetensors.SafetensorsDType.U8, [20, 784, 1], bytes);
        tensors.Write(folder.File("digits.safetensors"));
        string model = folder.File("one-layer.ssm.json");
        File.Copy(Path.Combine(root!, "examples", "Digits", "models", "one-layer.ssm.json"), model);
        ToolRun run = ToolRun.Of("calibrate", model, "--data", folder.File("digits.safetensors"));
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        AgreeWithAllSamples(model, SequenceData.Load(folder.File("digits.safetensors"), "train"), 20, channels: 4);
    }

    [Fact]
    public void Only_the_training_split_counts()
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Classifier(folder);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", model, "--data", StudyFiles.Data(folder), "--out", folder.File("a.ssm.json")).ExitCode);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", model, "--data", StudyFiles.Data(folder, change: tensors => tensors.Change("x_test", 0, _ => 1e9)), "--out", folder.File("b.ssm.json")).ExitCode);
        Assert.Equal(StudyFiles.Read(folder.File("a.ssm.json")).Calibration!.Layers, StudyFiles.Read(folder.File("b.ssm.json")).Calibration!.Layers);
        Assert.Null(StudyFiles.Read(model).Calibration);
    }

    [Fact]
    public void The_same_files_give_the_same_bytes_and_a_limit_takes_fewer_sequences()
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Classifier(folder);
        string data = StudyFiles.Data(folder);
        foreach (string name in new[] { "a.ssm.json", "b.ssm.json" })
        {
            Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", model, "--data", data, "--out", folder.File(name), "--nodes", "11", "--limit", "5").ExitCode);
        }

        Assert.Equal(File.ReadAllText(folder.File("a.ssm.json")), File.ReadAllText(folder.File("b.ssm.json")));
        Calibration calibration = StudyFiles.Read(folder.File("a.ssm.json")).Calibration!;
        Assert.Equal(5, calibration.Count);
        Assert.All(calibration.Layers[0].Readouts, argument => Assert.InRange(argument.Measure.Nodes.Count, 2, 11));
    }

    [Fact]
    public void What_cannot_be_calibrated_is_named_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        string data = StudyFiles.Data(folder);
        AssertUnusable("--nodes 9: the model is selective", ToolRun.Of("calibrate", Mamba(folder), "--data", StudyFiles.Data(folder, inputs: 1), "--nodes", "9"));
        AssertUnusable("has 2 numbers per time step", ToolRun.Of("calibrate", StudyFiles.Cubic(folder), "--data", StudyFiles.Data(folder)));
        AssertUnusable("There is no file", ToolRun.Of("calibrate", StudyFiles.Cubic(folder), "--data", folder.File("none.safetensors")));
        AssertUnusable("There is no file", ToolRun.Of("calibrate", folder.File("none.ssm.json"), "--data", data));
        AssertUnusable("has no tensor 'x_train'", ToolRun.Of("calibrate", StudyFiles.Classifier(folder), "--data", StudyFiles.Data(folder, change: tensors => tensors.Remove("x_train"))));
        AssertUnusable("numbers that are not finite for sequence 0", ToolRun.Of("calibrate", StudyFiles.Classifier(folder, scale: 1e300), "--data", StudyFiles.Data(folder, change: tensors => tensors.Change("x_train", 0, _ => 1e300))));
        AssertUnusable("--nodes 4", ToolRun.Of("calibrate", StudyFiles.Classifier(folder), "--data", data, "--nodes", "4"));
        Assert.DoesNotContain("calibration", File.ReadAllText(StudyFiles.Classifier(folder)), StringComparison.Ordinal);
    }

    /// <summary>
    /// docs/expansions.md: the root mean square difference of two fits is at most 2 (P + 1) S eta times that of the function, S the greatest
    /// value of an orthonormal polynomial at a sample, S &lt;= sqrt(n), and eta = 2^-46 for each reduction. Compared at the samples' ends too, where
    /// the difference can be S times larger.
    /// </summary>
    private static void AgreeWithAllSamples(string model, SequenceData data, int sequences, int channels = 3)
    {
        Calibration calibration = StudyFiles.Read(model).Calibration!;
        double[][] readouts = Readouts(model, data);
        Assert.Equal(sequences, data.Count);
        for (int c = 0; c < channels; c++)
        {
            int n = readouts[c].Length;
            double[] different = [.. readouts[c].Distinct().Order()];
            var counts = readouts[c].GroupBy(x => x).ToDictionary(group => group.Key, group => (double)group.Count() / n);
            var all = new ReducedMeasure(different, [.. different.Select(x => counts[x])]);
            DecoderPolynomial whole = DecoderPolynomial.Measure(DecoderFunctions.GeluErf, 8, all);
            DecoderPolynomial reduced = DecoderPolynomial.Measure(DecoderFunctions.GeluErf, 8, calibration.Layers[0].Readouts[c].Measure);
            double Average(Func<double, double> g) => all.Nodes.Zip(all.Weights, (x, weight) => weight * g(x)).Sum();
            double norm = Math.Sqrt(Average(x => DecoderFunctions.GeluErf.Value(x) * DecoderFunctions.GeluErf.Value(x)));
            for (int order = 1; order <= 8; order++)
            {
                DecoderPolynomial a = whole.WithOrder(order);
                DecoderPolynomial b = reduced.WithOrder(order);
                double difference = Math.Sqrt(Average(x => (a.Value(x) - b.Value(x)) * (a.Value(x) - b.Value(x))));
                double bound = 2 * (order + 1) * Math.Sqrt(n) * Math.ScaleB(1, -46) * (3 + (n / 16384)) * norm;
                Assert.True(bound < 1e-6 * norm, "the bound says nothing");
                Assert.True(difference <= bound, $"channel {c}, order {order}: {difference}, stated {bound}");
            }
        }
    }

    private static double[][] Readouts(string path, SequenceData data)
    {
        SequenceModel model = CompilerStages.Resolve(StudyFiles.Read(path), default).Value!;
        OperatorDescription operators = OperatorDescriptions.Of(model);
        int width = operators.Layers[0].Channels;
        List<double>[] columns = [.. Enumerable.Range(0, width).Select(_ => new List<double>())];
        for (int i = 0; i < data.Count; i++)
        {
            double[] rows = OperatorTrace.Arguments(operators, data.Sample(i))[0].Readouts;
            for (int at = 0; at < rows.Length; at++)
            {
                columns[at % width].Add(rows[at]);
            }
        }

        return [.. columns.Select(column => column.ToArray())];
    }

    internal static string Mamba(TemporaryFolder folder, double steps = 1, double bias = 0)
    {
        string text = $$"""
            { "format": "operatorgen/1", "architecture": "mamba1-block", "hyper": { "d_model": 1, "expand": 1, "bias": false }, "tensors": {
              "in_proj.weight": { "shape": [2, 1], "values": [1, 1] }, "conv1d.weight": { "shape": [1, 1, 2], "values": [1, 1] }, "conv1d.bias": { "shape": [1], "values": [0] },
              "x_proj.weight": { "shape": [3, 1], "values": [1, 1, 1] }, "dt_proj.weight": { "shape": [1, 1], "values": [{{NumberText.Format(steps)}}] }, "dt_proj.bias": { "shape": [1], "values": [{{NumberText.Format(bias)}}] },
              "A_log": { "shape": [1, 1], "values": [0] }, "D": { "shape": [1], "values": [1] }, "out_proj.weight": { "shape": [1, 1], "values": [1] } } }
            """;
        File.WriteAllText(folder.File("mamba.ssm.json"), text);
        return folder.File("mamba.ssm.json");
    }

    private static string? Repository()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "examples", "Digits", "data", "digits.safetensors")))
            {
                return at.FullName;
            }
        }

        return null;
    }

    private static void AssertUnusable(string message, ToolRun run)
    {
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
