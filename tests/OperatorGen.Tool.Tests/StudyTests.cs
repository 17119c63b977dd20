using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Studies;
using Xunit;

namespace OperatorGen.Tool.Tests;

public class StudyTests
{
    private const string Columns = "expansion,order,terms,accuracy,agreement,max_score_change,mean_score_change,bound,waves_90,class_share_90";

    [Fact]
    public void The_numbers_are_those_of_the_traces_of_the_test_split()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder);
        string[] lines = Csv(model, data, "--orders", "1..3");
        Assert.Equal(Columns, lines[0]);
        Assert.Equal(2 + 9, lines.Length);
        SequenceData test = SequenceData.Load(data, "test");
        SequenceModel resolved = CompilerStages.Resolve(StudyFiles.Read(model), default).Value!;
        OperatorDescription operators = OperatorDescriptions.Of(resolved);
        double[][] exact = [.. Enumerable.Range(0, test.Count).Select(i => OperatorTrace.Of(operators, test.Sample(i)).Outputs)];
        double accuracy = exact.Where((scores, i) => Class(scores) == test.Label(i)).Count() / (double)test.Count;
        Assert.Equal(["none", "", "", NumberText.Format(accuracy), "1", "0", "0", "0"], lines[1].Split(',')[..8]);
        int line = 2;
        foreach (ExpansionKind kind in new[] { ExpansionKind.Taylor, ExpansionKind.Chebyshev, ExpansionKind.Measure })
        {
            for (int order = 1; order <= 3; order++)
            {
                var expansion = OperatorExpansion.Of(operators, new ExpansionRequest(kind, 3), resolved.Calibration).WithOrder(order);
                double[][] found = [.. Enumerable.Range(0, test.Count).Select(i => OperatorTrace.Of(operators, test.Sample(i), expansion).Outputs)];
                double[] changes = [.. exact.Zip(found).SelectMany(pair => pair.First.Zip(pair.Second, (a, b) => Math.Abs(a - b)))];
                string[] fields = lines[line++].Split(',');
                Assert.Equal([OptionNames.Expansions.Of(kind), NumberText.Format((double)order)], fields[..2]);
                Assert.Equal(found.Where((scores, i) => Class(scores) == test.Label(i)).Count() / (double)test.Count, Number(fields[3]));
                Assert.Equal(found.Where((scores, i) => Class(scores) == Class(exact[i])).Count() / (double)test.Count, Number(fields[4]));

                // The study evaluates with vectors: some tens of roundings of scores and readouts of a few units.
                Assert.Equal(changes.Max(), Number(fields[5]), 1e-13);
                Assert.Equal(changes.Average(), Number(fields[6]), 1e-13);
                Assert.True(Number(fields[7]) >= changes.Max());
            }
        }
    }

    [Fact]
    public void The_waves_that_carry_a_decision_are_counted_and_compared_within_their_class()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder);
        SequenceData test = SequenceData.Load(data, "test");
        OperatorDescription operators = OperatorDescriptions.Of(CompilerStages.Resolve(StudyFiles.Read(model), default).Value!);
        var attributor = new OperatorAttributor(operators);
        ScoreAttribution[] decisions = [.. Enumerable.Range(0, test.Count).Select(i => attributor.Of(test.Sample(i))).Select(input => input.Attribute(Class([.. input.Scores()])))];
        double[] carriers = [.. decisions.Select(decision => (double)decision.Concentration()).Order()];
        string[] none = Csv(model, data, "--orders", "1")[1].Split(',');
        Assert.Equal(carriers[test.Count / 2], Number(none[8]));

        // Every class has its own order of waves, by their mean share; the stored shares are single, hence the tolerance: 9 waves of 2^-24 each.
        double[] shares = [.. decisions.GroupBy(decision => decision.Score).SelectMany(members =>
        {
            double[] mean = [.. Enumerable.Range(0, attributor.WaveCount).Select(wave => members.Average(decision => Math.Abs(decision.Waves[wave]) / decision.Magnitude))];
            int[] strongest = [.. Enumerable.Range(0, mean.Length).OrderByDescending(wave => mean[wave])];
            return members.Select(decision => strongest.Take(decision.Concentration()).Sum(wave => Math.Abs(decision.Waves[wave])) / decision.Magnitude);
        })];
        Assert.Equal(shares.Average(), Number(none[9]), 9 * Math.ScaleB(1, -24));

        using JsonDocument json = JsonDocument.Parse(ToolRun.Of("study", model, "--data", data, "--orders", "1", "--format", "json").Output);
        JsonElement waves = json.RootElement.GetProperty("waves");
        Assert.Equal(attributor.WaveCount, waves.GetProperty("count").GetInt32());
        Assert.Equal(test.Count, waves.GetProperty("classes").EnumerateArray().Sum(of => of.GetProperty("sequences").GetInt32()));
        Assert.Equal(Number(none[9]), waves.GetProperty("class_share_90").GetDouble());
    }

    [Fact]
    public void Terms_of_a_gate_over_shared_modes_are_the_monomials_in_their_states()
    {
        // 2 complex modes and 1 real one have 5 parts; with 2 inputs of skips, 7 variables: 1 + 7 + 28 monomials of degree at most 2.
        ModeBank bank = ModeBank.Shared(2, [new ComplexNumber(0.5, 0.25), 0.5, 0.25], [1, 1, 1, new ComplexNumber(0, 1), 1, 1], [1, 1, 1, 1, 1, 1], [1, 1]);
        var layer = new LayerDescription { Width = 2, Recurrence = bank, Decoder = DecoderFunctions.Tanh, Mixing = new LinearDescription(2, 2, [1, 0, 0, 1], null), Glu = new GluDescription(DecoderFunctions.Sigmoid) };
        var model = new OperatorDescription { Architecture = "test", Order = 2, InputWidth = 2, Layers = [layer] };
        Assert.Equal(36, OperatorExpansion.Taylor(model, 2).Layers[0].TermCount);
    }

    [Fact]
    public void Terms_are_the_monomials_of_all_channels()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder);

        // 2 modes and a skip in each of 3 channels: (3 + 2)! / (3! 2!) monomials; the Taylor series of GELU has no constant and no cube.
        string[] lines = Csv(model, data, "--orders", "2,3", "--expansion", "measure,taylor");
        Assert.Equal(["30", "60", "27", "27"], lines.Skip(2).Select(line => line.Split(',')[2]));
    }

    [Fact]
    public void A_decoder_that_is_a_polynomial_is_computed_to_rounding_and_has_no_classes()
    {
        using var folder = new TemporaryFolder();
        string[] fields = Csv(StudyFiles.Cubic(folder), StudyFiles.Data(folder, inputs: 1), "--expansion", "exact,taylor", "--orders", "3").Skip(2).First().Split(',');
        Assert.Equal(["exact", "3"], fields[..2]);
        Assert.Equal(["", ""], fields[3..5]);

        // A cubic of readouts of a few units, evaluated in two ways.
        Assert.True(Number(fields[5]) <= 1e-12);
        Assert.True(Number(fields[7]) <= 1e-6);
    }

    [Fact]
    public void Scores_beyond_the_range_of_a_double_count_as_infinite_changes_and_as_no_agreement()
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Classifier(folder, scale: 1e200);
        string data = StudyFiles.Data(folder);
        string[] fields = Csv(model, data, "--expansion", "taylor", "--orders", "4").Skip(2).Single().Split(',');
        Assert.Equal(["0", "0", "Infinity", "Infinity"], fields[3..7]);
        ToolRun json = ToolRun.Of("study", model, "--data", data, "--expansion", "taylor", "--orders", "4", "--format", "json");
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.Equal("Infinity", document.RootElement.GetProperty("rows")[0].GetProperty("max_score_change").GetString());
        Assert.Equal(ExitCode.Success, ToolRun.Of("study", model, "--data", data, "--expansion", "taylor", "--format", "svg").ExitCode);
    }

    [Fact]
    public void Sequences_outside_the_declared_range_are_counted()
    {
        using var folder = new TemporaryFolder();
        string data = StudyFiles.Data(folder);

        // The noise is within [-1, 1] plus at most 0.5; its second channel is not scaled.
        string Inside(string high) => ToolRun.Of("study", StudyFiles.Classifier(folder, $"\"inputRange\": [-1, {high}]"), "--data", data, "--orders", "1", "--expansion", "taylor").Output;
        Assert.DoesNotContain("outside of that range", Inside("1.5"), StringComparison.Ordinal);
        Assert.Contains("of 17 sequences outside of that range", Inside("0.5"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_has_the_same_numbers_and_the_same_bytes_each_time()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = Calibrated(folder);
        string[] command = ["study", model, "--data", data, "--orders", "1..2"];
        string[] csv = Csv(model, data, "--orders", "1..2");
        foreach (string format in new[] { "table", "csv", "json", "svg" })
        {
            ToolRun run = ToolRun.Of([.. command, "--format", format]);
            Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
            Assert.Equal(ExitCode.Success, ToolRun.Of([.. command, "--format", format, "--out", folder.File("out")]).ExitCode);
            Assert.Equal(run.Output, File.ReadAllText(folder.File("out")));
        }

        using JsonDocument json = JsonDocument.Parse(ToolRun.Of([.. command, "--format", "json"]).Output);
        Assert.Equal(17, json.RootElement.GetProperty("data").GetProperty("sequences").GetInt32());
        Assert.Equal(Number(csv[1].Split(',')[3]), json.RootElement.GetProperty("exact_accuracy").GetDouble());
        foreach ((JsonElement row, int i) in json.RootElement.GetProperty("rows").EnumerateArray().Select((row, i) => (row, i)))
        {
            string[] fields = csv[i + 2].Split(',');
            Assert.Equal(fields[..8], Columns.Split(',')[..8].Select(name => row.GetProperty(name).ValueKind == JsonValueKind.String ? row.GetProperty(name).GetString()! : row.GetProperty(name).GetRawText()));
        }

        string svg = ToolRun.Of([.. command, "--format", "svg"]).Output;
        string[] texts = [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("measure, agreement", texts);
        Assert.Contains("exact, accuracy", texts);
        string[] table = ToolRun.Of(command).Lines;
        Assert.Contains("x_test of noise, 17 sequences", table[0], StringComparison.Ordinal);
        Assert.StartsWith("  none", table[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_calibration_measure_is_left_out_with_a_remark_or_refused()
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Classifier(folder, "\"inputRange\": [-2, 2]");
        string data = StudyFiles.Data(folder);
        ToolRun run = ToolRun.Of("study", model, "--data", data, "--orders", "1", "--format", "csv");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("measure is left out: there is no calibration", run.Error, StringComparison.Ordinal);
        Assert.Equal(["none", "taylor", "chebyshev"], run.Lines.Skip(1).Select(line => line.Split(',')[0]));
        AssertUnusable("the expansion measure is not possible: there is no calibration", "study", model, "--data", data, "--expansion", "measure");
    }

    [Theory]
    [InlineData("--orders", "0")]
    [InlineData("--orders", "3..1")]
    [InlineData("--orders", "1..17")]
    [InlineData("--orders", "a")]
    [InlineData("--expansion", "pade")]
    [InlineData("--centre", "NaN")]
    [InlineData("--centre", "0,5")]
    [InlineData("--limit", "0")]
    public void An_option_that_cannot_be_used_is_named(string option, string value)
    {
        using var folder = new TemporaryFolder();
        AssertUnusable(option, "study", StudyFiles.Classifier(folder), "--data", StudyFiles.Data(folder), option, value);
    }

    [Fact]
    public void A_label_beyond_the_scores_is_named()
    {
        using var folder = new TemporaryFolder();
        string data = StudyFiles.Data(folder, change: tensors => tensors.Set("y_test", [17], [.. Enumerable.Repeat(3.0, 17)]));
        AssertUnusable("element 0 of y_test is 3, but the model has 3 scores", "study", StudyFiles.Classifier(folder), "--data", data, "--expansion", "taylor");
    }

    private static (string Model, string Data) Calibrated(TemporaryFolder folder)
    {
        string model = StudyFiles.Classifier(folder);
        string data = StudyFiles.Data(folder);
        Assert.Equal(ExitCode.Success, ToolRun.Of("calibrate", model, "--data", data).ExitCode);
        return (model, data);
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

    private static int Class(double[] scores) => Array.IndexOf(scores, scores.Max());

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
