using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary><c>explain --by wave, channel, time, input, model-input</c>.</summary>
public sealed class AttributionTests
{
    private static readonly string s_digits = Path.Combine(RepositoryFolder.Path, "examples", "Digits");

    [Theory]
    [InlineData("wave", "other waves", "w(")]
    [InlineData("channel", "other channel", "channel 1")]
    [InlineData("time", "other time steps", "step ")]
    [InlineData("input", "other samples", "bias of the encoder")]
    public void The_rows_of_a_table_add_up_to_the_score(string by, string others, string part)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRun.Of("explain", StudyFiles.Classifier(folder), "--data", StudyFiles.Data(folder), "--index", "5", "--by", by, "--top", "2");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("what waves of layer 0 add, all orders together, mean over time", run.Output, StringComparison.Ordinal);
        Assert.Contains(others, run.Output, StringComparison.Ordinal);
        Assert.Contains(part, run.Output, StringComparison.Ordinal);
        Assert.Contains(" of 9 waves", run.Output, StringComparison.Ordinal);
        string[] rows = [.. run.Output.Split('\n').SkipWhile(line => !line.Contains("contribution", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))];
        double[] values = [.. rows.Select(row => double.Parse(row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture))];
        Assert.Contains("exact score", rows[^1], StringComparison.Ordinal);

        // Five digits are printed: each number is off by half a unit of its fifth digit at most.
        Assert.Equal(values[^1], values[..^1].Sum(), values.Sum(Math.Abs) * 0.5e-4);
    }

    /// <summary>Through four layers with gates, norms and residual paths; and a trained stack of tokens, whose rows are tokens.</summary>
    [Theory]
    [InlineData("deep", "Digits", "layer 2: decoder of silent waves", " other samples")]
    [InlineData("trained-recall", "TokenSelection", "layer 0: decoder of silent waves", " other tokens")]
    public void Samples_of_the_model_add_up_to_the_score_through_all_layers(string model, string example, string row, string others)
    {
        string examples = Path.Combine(RepositoryFolder.Path, "examples");
        string data = example == "Digits" ? Path.Combine(examples, "Digits", "data", "digits.safetensors") : Path.Combine(RepositoryFolder.Path, "tests", "OperatorGen.Examples.Tests", "trained-recall.safetensors");
        string[] command = ["explain", Path.Combine(examples, example, "models", model + ".ssm.json"), "--data", data, "--index", "1", "--by", "model-input", "--top", "3"];
        ToolRun run = ToolRun.Of(command);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("what samples of the model's input add, through all layers", run.Output, StringComparison.Ordinal);
        Assert.Contains(row, run.Output, StringComparison.Ordinal);
        Assert.Contains(others, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("residual stream", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("90 % of the sum", run.Output, StringComparison.Ordinal);
        JsonElement json = Json([.. command, "--format", "json"]), input = json.GetProperty("model_input");
        double[] parts = [.. Numbers(input.GetProperty("values")), .. input.GetProperty("rows").EnumerateArray().Select(Contribution)];
        Assert.Equal("model", input.GetProperty("of").GetString());
        double exact = json.GetProperty("exact").GetDouble(), gap = json.GetProperty("model_input_gap").GetDouble();
        Assert.Equal(exact, parts.Sum() + gap, 1e-12 * parts.Sum(Math.Abs));
        Assert.True(Math.Abs(gap) <= 1e-10 * parts.Sum(Math.Abs), $"{gap}"); // the integral of each layer's gates
    }

    [Fact]
    public void Every_way_to_look_at_it_sums_to_the_score_less_that_of_silent_waves()
    {
        using var folder = new TemporaryFolder();
        JsonElement json = Json("explain", StudyFiles.Classifier(folder), "--data", StudyFiles.Data(folder), "--index", "3", "--score", "1", "--by", "wave", "--format", "json");
        double magnitude = json.GetProperty("magnitude").GetDouble();
        double waves = json.GetProperty("exact").GetDouble() - json.GetProperty("silent").GetDouble();
        JsonElement input = json.GetProperty("input");
        double[][] ways =
        [
            [.. json.GetProperty("waves").EnumerateArray().Select(Contribution)],
            Numbers(json.GetProperty("readouts")),
            Numbers(json.GetProperty("readout_time")),
            [.. Numbers(input.GetProperty("values")), .. input.GetProperty("rows").EnumerateArray().Select(Contribution)],
        ];
        Assert.Equal([9, 3, 27, (27 * 2) + 1], ways.Select(way => way.Length));

        // Rounding: each sum has some hundred terms, whose sizes add up to a few times the waves' at most; 1e-12 is above 2^-53 times a thousand.
        Assert.All(ways, way => Assert.Equal(waves, way.Sum(), 1e-12 * Math.Max(magnitude, way.Sum(Math.Abs))));
        Assert.Equal(json.GetProperty("exact").GetDouble(), json.GetProperty("scores")[1].GetDouble(), 1e-12 * magnitude);
        Assert.Equal("model", input.GetProperty("of").GetString());
    }

    [Fact]
    public void Why_one_class_and_not_another_is_the_difference_of_the_two()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["explain", StudyFiles.Classifier(folder), "--data", StudyFiles.Data(folder), "--index", "3", "--by", "wave", "--format", "json"];
        JsonElement one = Json([.. command, "--score", "0"]);
        JsonElement other = Json([.. command, "--score", "2"]);
        JsonElement difference = Json([.. command, "--score", "0", "--against", "2"]);
        Assert.Equal("0 less 2", difference.GetProperty("name").GetString());
        double[] expected = [.. one.GetProperty("waves").EnumerateArray().Zip(other.GetProperty("waves").EnumerateArray(), (a, b) => Contribution(a) - Contribution(b))];
        double tolerance = 1e-12 * (one.GetProperty("magnitude").GetDouble() + other.GetProperty("magnitude").GetDouble());
        Assert.All(expected.Zip(difference.GetProperty("waves").EnumerateArray().Select(Contribution)), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.Contains("score 0 less score 2, by wave", ToolRun.Of([.. command[..^2], "--score", "0", "--against", "2"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one-layer-glu", "model", 0)]
    [InlineData("deep", "layer", 2)]
    public void Gates_and_layers_before_are_attributed_within_the_gap_that_is_printed(string name, string of, int frozen)
    {
        JsonElement json = Json("explain", Path.Combine(s_digits, "models", name + ".ssm.json"), "--data", Path.Combine(s_digits, "data", "digits.safetensors"), "--index", "1", "--by", "input", "--format", "json");
        double gap = json.GetProperty("exact").GetDouble() - json.GetProperty("silent").GetDouble() - json.GetProperty("waves").EnumerateArray().Sum(Contribution);
        double magnitude = json.GetProperty("magnitude").GetDouble();
        Assert.True(Math.Abs(json.GetProperty("gap").GetDouble()) <= 1e-10 * magnitude);

        // The sum above is plain, some hundred waves: its rounding comes on top.
        Assert.Equal(json.GetProperty("gap").GetDouble(), gap, 1e-12 * magnitude);
        Assert.Equal(of, json.GetProperty("input").GetProperty("of").GetString());
        Assert.True(json.GetProperty("frozen").GetArrayLength() >= frozen);
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        using var folder = new TemporaryFolder();
        string model = StudyFiles.Classifier(folder);
        string[] command = ["explain", model, "--data", StudyFiles.Data(folder), "--index", "0"];
        Unusable("--by attributes the score of one sequence", "explain", model, "--by", "wave");
        Unusable("--against is the difference of two scores", [.. command, "--against", "1"]);
        Unusable("--against 3: the model has 3 scores, 0 to 2", [.. command, "--by", "wave", "--against", "3"]);
        Unusable("--against 1: that is the score itself", [.. command, "--by", "wave", "--score", "1", "--against", "1"]);
        Unusable("--order belongs to --by order", [.. command, "--by", "wave", "--order", "2"]);
        Unusable("--expansion belongs to --by order", [.. command, "--by", "time", "--expansion", "taylor"]);
        Unusable("--step: the model's scores are means", [.. command, "--by", "time", "--step", "1"]);
        Assert.Contains("--by shape", ToolRun.Of([.. command, "--by", "shape"]).Error, StringComparison.Ordinal);
    }

    private static double Contribution(JsonElement part) => part.GetProperty("contribution").GetDouble();

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static JsonElement Json(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static void Unusable(string message, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
