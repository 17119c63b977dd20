using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary><c>explain</c> of selective models.</summary>
public sealed class SelectiveExplainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_table_adds_up_and_what_is_held_is_said()
    {
        ToolRun run = Explain("--index", "5", "--top", "2");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        foreach (string part in new[]
        {
            "selective.ssm.json: sequence 5 of x_test in noise, 29 time steps, label 2", "mean over time", "predicted", "of the zero input",
            "27 other samples", "1 other channel", "4 other wave", "27 other time", "channel 0, mode ",
            "the scales of norms are held at those of this input",
            "layer 1 held at its values for this input: gates, keys, queries, gate streams and scales of norms",
            "panel", "bound of each number: none; no bound of the quadrature is proven", "past the states: skip and bonus", "past the cells: residual stream, biases",
        })
        {
            Assert.Contains(part, run.Output.ReplaceLineEndings(" ").Replace("     ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        string[][] rows = [.. run.Lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        foreach (string noun in new[] { "channel", "wave", "time" })
        {
            string[][] table = [.. rows.SkipWhile(row => row is not ["contribution", "by", _] || row[2] != noun).Skip(1)];
            int end = Array.FindIndex(table, row => row[1] == "score");
            double[] values = [.. table[..(end + 1)].Select(row => double.Parse(row[0], CultureInfo.InvariantCulture))];

            // Five digits are printed: each number is off by half a unit of its fifth digit at most.
            Assert.Equal(values[^1], values[..^1].Sum(), values.Sum(Math.Abs) * 0.5e-4);
        }
    }

    [Fact]
    public void The_json_has_both_columns_the_gap_and_an_exact_sum()
    {
        JsonElement json = Json("--index", "3", "--score", "1", "--format", "json");
        double exact = json.GetProperty("exact").GetDouble(), zero = json.GetProperty("zero").GetDouble();
        double[] value = Numbers(json, "value"), gate = Numbers(json, "gate");
        Assert.Equal((27, 27), (value.Length, gate.Length));
        double size = value.Sum(Math.Abs) + gate.Sum(Math.Abs);

        // Rounding of some hundred additions.
        Assert.Equal(exact - zero, value.Sum() + gate.Sum() + json.GetProperty("gap").GetDouble(), 1e-13 * (1 + size));
        Assert.True(Math.Abs(json.GetProperty("gap").GetDouble()) < 1e-9 * (1 + size));
        Assert.Equal(exact, Numbers(json, "scores")[1]);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("bound").ValueKind);
        Assert.Contains("gap", json.GetProperty("bound_reason").GetString(), StringComparison.Ordinal);
        JsonElement held = json.GetProperty("held");
        Assert.Equal((3, 2), (held.GetProperty("heads").GetInt32(), held.GetProperty("keys").GetInt32()));
        JsonElement[] waves = [.. held.GetProperty("by_wave").EnumerateArray()];
        Assert.Equal(
            [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)],
            waves.Select(wave => (wave.GetProperty("head").GetInt32(), wave.GetProperty("key").GetInt32())));
        double[] byWave = [.. waves.Select(wave => wave.GetProperty("contribution").GetDouble())];
        Assert.Equal(Numbers(held, "by_head")[1], byWave[2] + byWave[3], 1e-14);
        foreach ((string name, int count) in new[] { ("by_head", 3), ("by_wave", 6), ("by_time", 27) })
        {
            double[] parts = name == "by_wave" ? byWave : Numbers(held, name);
            Assert.Equal(count, parts.Length);
            Assert.Equal(exact, parts.Sum() + Numbers(held, "past_states").Sum() + held.GetProperty("past_cells").GetDouble(), 1e-12 * (1 + byWave.Sum(Math.Abs)));
        }
    }

    [Fact]
    public void Where_nothing_passes_the_cells_that_part_is_0_and_heads_have_keys()
    {
        string data = StudyFiles.GlaData(_folder, (sequence, time, gate) => -0.1 - (0.01 * ((sequence + time + gate) % 7)));
        string[] explain = ["explain", StudyFiles.Gla(_folder), "--data", data, "--score", "2", "--index"];
        for (int index = 0; index < 6; index++)
        {
            ToolRun run = ToolRun.Of([.. explain, $"{index}", "--format", "json"]);
            Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
            JsonElement json = JsonDocument.Parse(run.Output).RootElement, held = json.GetProperty("held");
            Assert.Equal("0", held.GetProperty("past_cells").GetRawText());
            double[] heads = Numbers(held, "by_head");

            // Rounding of some hundred additions of numbers of order 1.
            Assert.Equal(json.GetProperty("exact").GetDouble(), heads.Sum(), 1e-13);
            Assert.NotEqual(0, heads[1]);
        }

        Assert.Contains("head 1, key ", ToolRun.Of([.. explain, "0"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_is_that_of_two_scores_and_a_step_one_of_a_model_without_pooling()
    {
        JsonElement one = Json("--index", "3", "--score", "0", "--format", "json"), other = Json("--index", "3", "--score", "2", "--format", "json");
        JsonElement difference = Json("--index", "3", "--score", "0", "--against", "2", "--format", "json");
        double[] both = [one.GetProperty("exact").GetDouble(), other.GetProperty("exact").GetDouble()];
        Assert.Equal(both[0] - both[1], difference.GetProperty("exact").GetDouble(), 1e-14 * both.Sum(Math.Abs));
        Assert.Contains("score 0 less score 2: ", Explain("--index", "3", "--score", "0", "--against", "2").Output, StringComparison.Ordinal);

        string[] delta = ["explain", StudyFiles.Delta(_folder), "--data", StudyFiles.Data(_folder, inputs: 18), "--index", "0"];
        Assert.Contains("outputs of time step 4", ToolRun.Of([.. delta, "--step", "4"]).Output, StringComparison.Ordinal);
        AssertUnusable("--step 30: the sequence has 30 time steps, 0 to 29", ToolRun.Of([.. delta, "--step", "30"]));
    }

    [Theory]
    [InlineData("--by", "wave", "--by belongs to models with waves")]
    [InlineData("--expansion", "taylor", "--expansion belongs to models with waves")]
    [InlineData("--order", "2", "--order belongs to models with waves")]
    [InlineData("--layer", "0", "--layer belongs to models with waves")]
    [InlineData("--step", "1", "--step: the model's scores are means")]
    [InlineData("--score", "3", "--score 3: the model has 3 scores, 0 to 2")]
    [InlineData("--against", "7", "--against 7: the model has 3 scores, 0 to 2")]
    public void An_option_that_has_no_meaning_is_refused_with_the_reason(string option, string value, string expected) =>
        AssertUnusable(expected, Explain("--index", "0", option, value));

    [Fact]
    public void Without_a_sequence_there_is_nothing_to_explain() =>
        AssertUnusable("--data and --index say which", ToolRun.Of("explain", StudyFiles.Selective(_folder)));

    private static double[] Numbers(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static void AssertUnusable(string expected, ToolRun run)
    {
        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private ToolRun Explain(params string[] options) => ToolRun.Of(["explain", StudyFiles.Selective(_folder), "--data", StudyFiles.Data(_folder), .. options]);

    private JsonElement Json(params string[] options)
    {
        ToolRun run = Explain(options);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
