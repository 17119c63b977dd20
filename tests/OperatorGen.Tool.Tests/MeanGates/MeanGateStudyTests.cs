using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using Xunit;

namespace OperatorGen.Tool.Tests.MeanGates;

/// <summary>Selective models from calibration to study.</summary>
public sealed class MeanGateStudyTests
{
    [Fact]
    public void A_calibration_has_the_range_and_the_mean_of_every_step_size()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder);
        Calibration calibration = StudyFiles.Read(model).Calibration!;
        Assert.Equal(("noise", StudyFiles.Train), (calibration.Name, calibration.Count));
        Assert.False(calibration.HasMeasures);
        GateRange range = Assert.Single(Assert.Single(calibration.Layers).GateRanges);
        var train = SequenceData.Load(data, "train");
        double[] steps = [.. Enumerable.Range(0, train.Count).SelectMany(i => Block(train.Sample(i), null).Steps)];
        Assert.Equal((steps.Length, 0), (range.Count, range.Closed));

        // The same formulas with other roundings of numbers of order 1.
        Assert.Equal(steps.Min(), range.Min, 1e-14);
        Assert.Equal(steps.Max(), range.Max, 1e-14);
        Assert.Equal(steps.Average(), range.Mean, 1e-13);
    }

    [Fact]
    public void Order_0_is_the_recurrence_with_the_mean_gate_and_the_changes_are_those_of_the_readouts()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder);
        double mean = StudyFiles.Read(model).Calibration!.Layers[0].GateRanges[0].Mean;
        var test = SequenceData.Load(data, "test");
        double change = Enumerable.Range(0, test.Count).Max(i =>
            Block(test.Sample(i), mean).Outputs.Zip(Block(test.Sample(i), null).Outputs, (held, exact) => Math.Abs(held - exact)).Max());
        string[] order0 = Csv(model, data)[2].Split(',');
        Assert.Equal("0", order0[0]);
        Assert.Equal(change, Number(order0[3]), 1e-12); // roundings of numbers of order 1 to 10
    }

    [Fact]
    public void Errors_fall_with_the_order_and_stay_below_the_bound_of_their_sequences()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder);
        string[][] rows = [.. Csv(model, data, "--orders", "0..6").Skip(2).Select(line => line.Split(','))];
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], rows.Select(row => row[0]));
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(Number(pair.Second[5]) < Number(pair.First[5])));

        // Computed errors have roundings that the bound, which is of real arithmetic, has not.
        Assert.All(rows, row => Assert.InRange(Number(row[5]), 0, Number(row[6]) + 1e-13));
        Assert.All(rows, row => Assert.True(Number(row[6]) <= Number(row[7])));
        Assert.All(rows, row => Assert.Equal("", row[1] + row[2]));
    }

    [Fact]
    public void Steps_that_differ_by_orders_of_magnitude_are_reported_as_a_failure()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder, CalibrateTests.Mamba(folder, steps: 8, bias: -6));
        Assert.True(StudyFiles.Read(model).Calibration!.Layers[0].GateRanges[0].Rho > 0.9);
        ToolRun run = ToolRun.Of("study", model, "--data", data, "--expansion", "mean-gate", "--orders", "0..8");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("The expansion fails: the layer: the error of a state does not fall", run.Output, StringComparison.Ordinal);
        Assert.Contains("The expansion has no bound for every length: the layer: gates deviate", run.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(ToolRun.Of("study", model, "--data", data, "--orders", "0,8", "--format", "json").Output);
        Assert.NotEqual(0, json.RootElement.GetProperty("failures").GetArrayLength());
        JsonElement[] orders = [.. json.RootElement.GetProperty("layers")[0].GetProperty("orders").EnumerateArray()];
        Assert.True(orders[1].GetProperty("state_error").GetDouble() > orders[0].GetProperty("state_error").GetDouble());
    }

    [Fact]
    public void About_the_midrange_is_another_study()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder);
        Assert.NotEqual(Csv(model, data, "--centre", "mean")[2], Csv(model, data, "--centre", "midrange")[2]);
        Assert.Equal(Csv(model, data), Csv(model, data, "--centre", "mean", "--expansion", "mean-gate", "--orders", "0..4"));
    }

    [Fact]
    public void Every_format_goes_to_the_output_or_a_file_and_the_figures_are_the_same()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder);
        string[] command = ["study", model, "--data", data, "--orders", "0..2"];
        foreach (string format in new[] { "table", "csv", "json", "svg" })
        {
            ToolRun run = ToolRun.Of([.. command, "--format", format]);
            Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
            Assert.Equal(ExitCode.Success, ToolRun.Of([.. command, "--format", format, "--out", folder.File("out")]).ExitCode);
            Assert.Equal(run.Output, File.ReadAllText(folder.File("out")));
        }

        string[] csv = Csv(model, data, "--orders", "0..2");
        using JsonDocument json = JsonDocument.Parse(ToolRun.Of([.. command, "--format", "json"]).Output);
        Assert.Equal(csv.Skip(2).Select(line => line.Split(',')[3]), json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("max_score_change").GetRawText()));
        string[] texts = [.. XDocument.Parse(ToolRun.Of([.. command, "--format", "svg"]).Output).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("bound, sequences", texts);
        Assert.DoesNotContain("accuracy", ToolRun.Of(command).Lines[1], StringComparison.Ordinal); // there are no classes
    }

    [Fact]
    public void Inspect_shows_the_waves_or_how_to_get_them()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no waves of the mean gate: where the gates lie is not known; operatorgen calibrate records it.", ToolRun.Of("inspect", CalibrateTests.Mamba(folder)).Output, StringComparison.Ordinal);
        (string model, _) = Calibrated(folder);
        GateRange range = StudyFiles.Read(model).Calibration!.Layers[0].GateRanges[0];
        string[] lines = ToolRun.Of("inspect", model).Lines;
        Assert.InRange(Array.FindIndex(lines, line => line.StartsWith("effect", StringComparison.Ordinal)), 1, 45); // 40 lines of the layer, and the heading
        string row = lines[Array.FindIndex(lines, line => line.Contains("lifetime", StringComparison.Ordinal) && line.Contains("rho", StringComparison.Ordinal) && line.Contains("channel", StringComparison.Ordinal)) + 1];

        // A = -1: the wave is e^-c, its lifetime 1 / c.
        Assert.Equal(
            ["0", .. new[] { Math.Exp(-range.Mean), 1 / range.Mean, range.Mean, range.Min, range.Max, range.Rho }.Select(value => NumberText.Format(value, 5))],
            row.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        using JsonDocument json = JsonDocument.Parse(ToolRun.Of("inspect", model, "--format", "json").Output);
        JsonElement meanGate = json.RootElement.GetProperty("layers")[0].GetProperty("meanGate");
        Assert.Equal(1, meanGate.GetProperty("waveCount").GetInt32());
        Assert.Equal(range.Mean, meanGate.GetProperty("waves")[0].GetProperty("centre").GetProperty("value").GetDouble());
        Assert.Contains(@"\lambda_0 &= ", ToolRun.Of("inspect", model, "--format", "latex").Output, StringComparison.Ordinal);
        Assert.Contains("<h3>waves of the mean gate</h3>", ToolRun.Of("inspect", model, "--format", "mathml").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Gates_that_grow_are_named_with_the_largest_log_gate()
    {
        using var folder = new TemporaryFolder();
        string model = folder.File("growing.ssm.json"), data = StudyFiles.GlaData(folder, (_, time, gate) => gate == 3 ? 0.02 + (0.001 * time) : -0.1 - (0.001 * time));
        ToolRun run = ToolRun.Of("calibrate", StudyFiles.Gla(folder), "--data", data, "--out", model);
        Assert.Contains("layer 0: 1 of 4 gates grows at some time: the largest log-gate is 0.049. A gate above 1", run.Output, StringComparison.Ordinal);
        Assert.Contains("of a gate that never grows", run.Output, StringComparison.Ordinal);
        Assert.Contains("  1 of 4 gates grows at some time: the largest log-gate is 0.049, and above 0 states grow", ToolRun.Of("inspect", model).Output, StringComparison.Ordinal);
        string study = ToolRun.Of("study", model, "--data", data).Output.ReplaceLineEndings(" ").Replace("     ", " ", StringComparison.Ordinal);
        Assert.Contains("The expansion has no bound for every length: the layer: 1 of 4 gates does not decay about its centre", study, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity times", study, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_sizes_below_0_are_growing_gates()
    {
        using var folder = new TemporaryFolder();
        string model = folder.File("scan.ssm.json");
        File.WriteAllText(model, """
            { "format": "operatorgen/1", "architecture": "mamba1-selective-scan", "tensors": {
              "A": { "shape": [1, 1], "values": [-2] }, "B": { "shape": [1, 1], "values": [1] }, "C": { "shape": [1, 1], "values": [1] } } }
            """);
        string data = StudyFiles.Data(folder, change: tensors => tensors.Set("x_train", [24, 30, 2], [.. Enumerable.Range(0, 24 * 30 * 2).Select(i => i % 60 == 1 ? -0.25 : 0.5)]));
        ToolRun run = ToolRun.Of("calibrate", model, "--data", data);
        Assert.Contains("layer 0: 1 of 1 gate grows at some time: the largest log-gate is 0.5, and the least step size -0.25.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1e30)]
    [InlineData(-0.5)]
    public void Gates_that_are_constant_are_said_to_be_so_and_not_to_close(double logGate)
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Gla(folder), data = StudyFiles.GlaData(folder, (_, _, _) => logGate);
        string text = ToolRun.Of("calibrate", model, "--data", data).Output;
        Assert.Contains("layer 0: 4 of 4 gates are constant on these sequences: order 0 of the expansion is exact for them.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("close", text, StringComparison.Ordinal);
        Assert.DoesNotContain("at some time", text, StringComparison.Ordinal);
        Assert.Equal(0, Number(Csv(model, data)[2].Split(',')[3]), 1e-13); // roundings of numbers of order 1
    }

    [Fact]
    public void A_gate_that_closes_at_some_time_only_is_named()
    {
        using var folder = new TemporaryFolder();
        string data = StudyFiles.GlaData(folder, (_, time, gate) => gate == 1 && time == 5 ? -1e30 : -0.5);
        Assert.Contains("layer 0: 1 of 4 gates closes completely", ToolRun.Of("calibrate", StudyFiles.Gla(folder), "--data", data).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_possible_is_named()
    {
        using var folder = new TemporaryFolder();
        string data = StudyFiles.Data(folder, inputs: 1);
        AssertUnusable("where the gates lie is not known; operatorgen calibrate records it", "study", CalibrateTests.Mamba(folder), "--data", data);
        AssertUnusable("the model is not selective", "study", StudyFiles.Classifier(folder), "--data", data, "--expansion", "mean-gate");
        (string model, _) = Calibrated(folder);
        foreach (string expansion in new[] { "taylor", "chebyshev", "measure", "exact", "exact,taylor" })
        {
            AssertUnusable("study --expansion mean-gate expands it about its mean gates", "study", model, "--data", data, "--expansion", expansion);
        }

        AssertUnusable("study --expansion mean-gate expands it about its mean gates", "prune", model, "--error", "1", "--out", folder.File("pruned.ssm.json"));
        ToolRun delta = ToolRun.Of("prune", StudyFiles.Delta(folder), "--error", "1", "--out", folder.File("pruned.ssm.json"));
        Assert.Contains("is selective", delta.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("mean-gate", delta.Error, StringComparison.Ordinal); // a delta rule has none
        AssertUnusable("name one or the others", "study", model, "--data", data, "--expansion", "mean-gate,taylor");
        AssertUnusable("'mean' or 'midrange' is expected", "study", model, "--data", data, "--centre", "0.5");
        AssertUnusable("numbers from 0 to 64 are expected", "study", model, "--data", data, "--orders", "0..65");
    }

    private static (string Model, string Data) Calibrated(TemporaryFolder folder, string? model = null)
    {
        model ??= CalibrateTests.Mamba(folder);
        string data = StudyFiles.Data(folder, inputs: 1);
        ToolRun run = ToolRun.Of("calibrate", model, "--data", data);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        return (model, data);
    }

    /// <summary>The block of <see cref="CalibrateTests.Mamba"/> by hand: all weights are 1, A = -1, D = 1, two taps.</summary>
    /// <param name="u">The input.</param>
    /// <param name="mean">What every step size is replaced by in the gates; null: nothing.</param>
    private static (double[] Steps, double[] Outputs) Block(double[] u, double? mean)
    {
        static double Silu(double x) => x / (1 + Math.Exp(-x));
        double[] steps = new double[u.Length], outputs = new double[u.Length];
        double s = 0;
        for (int t = 0; t < u.Length; t++)
        {
            double v = Silu(u[t] + (t == 0 ? 0 : u[t - 1]));
            steps[t] = Math.Log(1 + Math.Exp(v));
            s = (Math.Exp(-(mean ?? steps[t])) * s) + (steps[t] * v * v);
            outputs[t] = ((v * s) + v) * Silu(u[t]);
        }

        return (steps, outputs);
    }

    private static string[] Csv(string model, string data, params string[] options)
    {
        ToolRun run = ToolRun.Of(["study", model, "--data", data, "--format", "csv", .. options]);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        return run.Lines;
    }

    private static void AssertUnusable(string message, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
