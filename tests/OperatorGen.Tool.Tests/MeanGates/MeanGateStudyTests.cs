using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.MeanGates;
using OperatorGen.Tool.Studies;
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
        Assert.All(rows, row => Assert.True(row[7].Length == 0 || Number(row[6]) <= Number(row[7])));
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
        Assert.Contains("The expansion has no bound for every length: the layer: deviation / decay of the gates is up to ", run.Output, StringComparison.Ordinal);
        Assert.Contains("With --centre midrange it is below 1, and the expansion converges", Flat(run.Output), StringComparison.Ordinal);
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

    [Fact]
    public void Errors_that_are_rounding_are_0_and_no_failure()
    {
        using var folder = new TemporaryFolder();
        string model = folder.File("mamba2.ssm.json");
        string Numbers(double first, int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => NumberText.Format(first + (0.37 * i))));
        File.WriteAllText(model, $$"""
            { "format": "operatorgen/1", "architecture": "mamba2-block", "hyper": { "d_model": 1, "d_inner": 4, "nheads": 4, "d_state": 2 }, "tensors": {
              "in_proj.weight": { "shape": [16, 1], "values": [{{Numbers(-1, 16)}}] }, "conv1d.weight": { "shape": [8, 1, 2], "values": [{{Numbers(-2, 16)}}] },
              "conv1d.bias": { "shape": [8], "values": [{{Numbers(-0.9, 8)}}] }, "dt_bias": { "shape": [4], "values": [{{Numbers(-3, 4)}}] }, "A_log": { "shape": [4], "values": [{{Numbers(-1, 4)}}] },
              "D": { "shape": [4], "values": [1, 1, 1, 1] }, "norm.weight": { "shape": [4], "values": [1, 1, 1, 1] }, "out_proj.weight": { "shape": [1, 4], "values": [{{Numbers(-1, 4)}}] } } }
            """);

        // For an input of 0 gates and inputs of the states are constants, but not 0.
        string data = StudyFiles.Data(folder, inputs: 1, change: tensors =>
        {
            foreach (string name in new[] { "x_train", "x_test" })
            {
                tensors.Set(name, tensors.Shape(name), new double[tensors.Values(name).Length]);
            }
        });
        ToolRun run = ToolRun.Of("calibrate", model, "--data", data);
        Assert.Contains("layer 0: 4 of 4 gates are constant", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fails", ToolRun.Of("study", model, "--data", data).Output, StringComparison.Ordinal);
        Assert.All(Csv(model, data).Skip(2), line => Assert.Equal(["0", "0", "0", ""], line.Split(',')[5..]));
        using JsonDocument json = JsonDocument.Parse(ToolRun.Of("study", model, "--data", data, "--format", "json").Output);
        Assert.NotEqual(0, json.RootElement.GetProperty("layers")[0].GetProperty("largest_state").GetDouble());
    }

    [Fact]
    public void A_score_or_a_state_that_changes_by_rounding_is_no_failure_and_one_that_changes_by_more_is()
    {
        Assert.Empty(Result(error: 0, change: 1e-17).Failures);
        Assert.Equal(2, Result(error: 1e-9, change: 1e-9).Failures.Count);

        static MeanGateResult Result(double error, double change) => new(
            "m", "d", "", 1, GateCentre.Mean, null, LargestScore: 1, Outside: 0, new StateSample(1, 1),
            [new StudiedOrder(0, null, null, change, change), new StudiedOrder(1, null, null, change, change)],
            [new MeanGateLayer("", 1, (0, 0, 0), 0, 0, 1, 0, 0, 1, 1, [error, error], [0, 0], [0, 0])]);
    }

    [Fact]
    public void Where_sequences_leave_the_ranges_the_bound_over_the_ranges_does_not_apply()
    {
        using var folder = new TemporaryFolder();
        (string model, string wide) = (folder.File("constant.ssm.json"), folder.File("wide.safetensors"));
        string data = StudyFiles.GlaData(folder, (_, _, _) => -0.5);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", StudyFiles.Gla(folder), "--data", data, "--out", model).ExitCode);
        Assert.All(Csv(model, data).Skip(2), line => Assert.EndsWith(",0,", line, StringComparison.Ordinal));
        File.Move(StudyFiles.GlaData(folder, (sequence, time, _) => sequence < 2 && time == 3 ? -0.25 : -0.5), wide);
        string text = Flat(ToolRun.Of("study", model, "--data", wide).Output);
        Assert.Contains(" 2 of 17 sequences leave the calibrated ranges: the bound over the ranges does not apply. Calibrate on such data.", text, StringComparison.Ordinal);
        Assert.All(Csv(model, wide).Skip(2), line => Assert.EndsWith(",,2 of 17 sequences leave the calibrated ranges", line, StringComparison.Ordinal));
        using JsonDocument json = JsonDocument.Parse(ToolRun.Of("study", model, "--data", wide, "--format", "json").Output);
        Assert.Equal("2 of 17 sequences leave the calibrated ranges", json.RootElement.GetProperty("range_bound_reason").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("layers")[0].GetProperty("orders")[0].GetProperty("range_bound").ValueKind);
        Assert.DoesNotContain("bound, range", ToolRun.Of("study", model, "--data", wide, "--format", "svg").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_that_underflows_is_closed_and_has_no_part_in_the_range()
    {
        using var folder = new TemporaryFolder();
        string model = folder.File("closing.ssm.json"), data = StudyFiles.GlaData(folder, (_, time, gate) => gate == 1 && time == 5 ? -746 : gate == 2 && time == 5 ? -745 : -0.5);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", StudyFiles.Gla(folder), "--data", data, "--out", model).ExitCode);
        GateRange[] ranges = [.. StudyFiles.Read(model).Calibration!.Layers[0].GateRanges];
        Assert.Equal(new GateRange(-0.5, -0.5, -0.5, ranges[0].Count) { Closed = 0 }, ranges[0]);
        Assert.Equal(new GateRange(-0.5, -0.5, -0.5, ranges[0].Count - StudyFiles.Train) { Closed = StudyFiles.Train }, ranges[1]);
        Assert.Equal((-745.0, 0L), (ranges[2].Min, ranges[2].Closed)); // e^-745 is the least double
        string study = Flat(ToolRun.Of("study", model, "--data", data).Output);
        Assert.Contains("1 of 4 gates closes completely at some time of the calibration", study, StringComparison.Ordinal);
        Assert.Contains("-infinity", ToolRun.Of("inspect", model).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_that_is_always_closed_is_a_wave_of_0()
    {
        using var folder = new TemporaryFolder();
        string model = folder.File("closed.ssm.json"), data = StudyFiles.GlaData(folder, (_, _, _) => -1e30);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", StudyFiles.Gla(folder), "--data", data, "--out", model).ExitCode);
        Assert.All(StudyFiles.Read(model).Calibration!.Layers[0].GateRanges, range => Assert.True(range.AlwaysCloses));
        string[] lines = ToolRun.Of("inspect", model).Lines;
        string row = lines[Array.FindIndex(lines, line => line.Contains("lifetime", StringComparison.Ordinal) && line.Contains("rho", StringComparison.Ordinal) && line.Contains("head", StringComparison.Ordinal)) + 1];
        Assert.Equal(["0", "0", "0", "0", "-infinity", "-infinity", "-infinity", "0"], row.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(Csv(model, data).Skip(2), line => Assert.Equal(["0", "0", "0", ""], line.Split(',')[5..]));
        Assert.DoesNotContain("The expansion", ToolRun.Of("study", model, "--data", data, "--centre", "midrange").Output, StringComparison.Ordinal);
        Assert.Contains(@"-\infty", ToolRun.Of("inspect", model, "--format", "latex").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void One_time_step_does_not_say_whether_gates_are_constant()
    {
        using var folder = new TemporaryFolder();
        string data = StudyFiles.Data(folder, 16, tensors =>
        {
            tensors.Set("x_train", [1, 1, 16], [.. Enumerable.Repeat(-0.5, 16)]);
            RemoveLengths(tensors);
        });
        string text = Flat(ToolRun.Of("calibrate", StudyFiles.Gla(folder), "--data", data).Output);
        Assert.Contains("layer 0: there is one value per gate, of a single time step: whether gates are constant is not known.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("exact", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibrate_without_training_data_speaks_of_no_option_that_it_does_not_have()
    {
        using var folder = new TemporaryFolder();
        string data = StudyFiles.Data(folder, 16, tensors => tensors.Remove("x_train"));
        ToolRun run = ToolRun.Of("calibrate", StudyFiles.Gla(folder), "--data", data);
        Assert.Contains("has no tensor 'x_train'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--split", run.Error, StringComparison.Ordinal);
        Assert.Contains("--split test takes 'x_test'", ToolRun.Of("predict", StudyFiles.Gla(folder), "--data", data, "--split", "train").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_gate_that_grows_has_no_lifetime_but_grows()
    {
        using var folder = new TemporaryFolder();
        string model = folder.File("growing.ssm.json"), data = StudyFiles.GlaData(folder, (_, _, gate) => gate == 3 ? 0.02 : gate == 2 ? 0 : -0.1);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", StudyFiles.Gla(folder), "--data", data, "--out", model).ExitCode);
        string[][] rows = [.. ToolRun.Of("inspect", model).Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Single(rows, row => row is ["1", "1", _, "grows", "0.02", ..]);
        Assert.Single(rows, row => row is ["1", "0", "1", "infinity", "0", ..]);
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
        foreach (string centre in new[] { "0.5", "foo" })
        {
            AssertUnusable($"--centre {centre}: 'mean' or 'midrange' is expected for mean gates.", "study", model, "--data", data, "--expansion", "mean-gate", "--centre", centre);
        }

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

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void RemoveLengths(TensorFile tensors)
    {
        foreach (string name in new[] { "y_train", "len_train", "y_test", "len_test" })
        {
            tensors.Remove(name);
        }
    }

    private static void AssertUnusable(string message, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
