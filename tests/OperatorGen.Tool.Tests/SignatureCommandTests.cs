using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary><c>signature</c>: the words of linear controlled differential equations, what their commutators mean, and how a truncated signature converges.</summary>
public sealed class SignatureCommandTests : IDisposable
{
    // A_1 and A_2 of the circle (docs/signatures.md), and the word S^12 exactly.
    private const string Circle = "[2, 2, 2], \"values\": [0, 0.5, -0.25, 0, 0.25, 0, 0.5, -0.25]", Unit2 = "[2, 2], \"values\": [1, 0, 0, 1]";
    private const int Segments = 64;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>S^12: one word, and no other at any level.</summary>
    [Fact]
    public void A_nilpotent_cell_is_one_word()
    {
        ToolRun run = ToolRun.Of("signature", Model("[2, 3, 3], \"values\": [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]", "[3], \"values\": [1, 0, 0]", "[1, 3], \"values\": [0, 0, 1]"), "--level", "5");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("the piecewise linear path of its input", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 word to level 5 with a coefficient", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  12 +1\n", run.Output);
        Assert.Contains("do not commute", run.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// The circle in 64 segments: the errors of both readouts together are those of the theory, 1.2007, 9.13e-2, 2.10e-3, 2.13e-5, 9.15e-7 and 4.11e-9 at levels 2 to 12, to their digits; R is
    /// 3.3578 in the spectral norm, of which the bound is at most 2^(1/256) times as much for two states, and 3^(1/256) with the 1 behind them.
    /// </summary>
    [Fact]
    public void The_truncated_signature_converges_as_the_theory_says()
    {
        string model = Model(Circle, "[2], \"values\": [1, 0]", Unit2), data = Data();
        JsonElement[] levels = [.. new[] { "0", "1" }.Select(channel => Sequence(model, data, channel))];
        (int Level, double Error, double Digit)[] stated = [(2, 1.2007, 5e-5), (4, 9.13e-2, 5e-5), (6, 2.10e-3, 5e-6), (8, 2.13e-5, 5e-8), (10, 9.15e-7, 5e-10), (12, 4.11e-9, 5e-12)];
        foreach ((int level, double error, double digit) in stated)
        {
            double[] errors = [.. levels.Select(sequence => sequence.GetProperty("levels")[level].GetProperty("error").GetDouble())];
            Assert.Equal(error, Math.Sqrt(errors.Sum(e => e * e)), digit + 2e-13);
        }

        foreach (JsonElement sequence in levels)
        {
            Assert.InRange(sequence.GetProperty("radius").GetDouble(), 3.3578 - 5e-5, 3.3578 * Math.Pow(3, 1.0 / 256) + 5e-5);
            foreach (JsonElement level in sequence.GetProperty("levels").EnumerateArray())
            {
                Assert.InRange(level.GetProperty("error").GetDouble(), 0, level.GetProperty("bound").GetDouble());
            }
        }
    }

    [Fact]
    public void What_commuting_matrices_know_is_said()
    {
        const string Diagonal = "[2, 2, 2], \"values\": [0.5, 0, 0, -1, 0.25, 0, 0, 2]", Start = "[2], \"values\": [1, 1]";
        Assert.Contains("the readout knows where the path ends, and nothing of the way", ToolRun.Of("signature", Model(Diagonal, Start, Unit2)).Output, StringComparison.Ordinal);
        ToolRun forced = ToolRun.Of("signature", Model(Diagonal, Start, Unit2, "\"B\": { \"shape\": [2, 2], \"values\": [1, 0, 0, 1] },"));
        Assert.Contains("words count with one ordered place", forced.Output, StringComparison.Ordinal);

        // With B: the input 1 first, then A_1: 0.5 of the state 1; and A_1 A_1 Z_0.
        Assert.Matches(@"\n  1 +1\.5\n", forced.Output);
        Assert.Matches(@"\n  11 +0\.75\n", forced.Output);
    }

    /// <summary>1, a, a^2 of each mode: an input and then gates.</summary>
    [Fact]
    public void A_cell_of_Mambas_kind_has_words_with_one_ordered_place()
    {
        string model = Path.Combine(RepositoryFolder.Path, "examples", "models", "digits-mamba.ssm.json");
        ToolRun run = ToolRun.Of("signature", model, "--layer", "0", "--channel", "3", "--level", "3");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("the axis path of its steps, first the gate's axis, then the input's", run.Output, StringComparison.Ordinal);
        Match row = Regex.Match(run.Output, @"\n  0 +1 +(-[0-9.]+) +([0-9.]+)\n");
        Assert.True(row.Success, run.Output);
        double rate = double.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture), square = double.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture);

        // Six digits of each.
        Assert.Equal(rate * rate, square, 2e-5 * square);
        Assert.Contains("The gates alone commute", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"^\\begin\{align\*\}\ns_\{0\} &= S\^\{2\} - [0-9.]+\\, S\^\{21\} \+ [0-9.]+\\, S\^\{211\} \+ \\dots\n\\end\{align\*\}\n$", ToolRun.Of("signature", model, "--level", "3", "--top", "1", "--format", "latex").Output);
    }

    /// <summary>A few steps through a cell with step sizes near 0.1 and rates of -1 and -4: the words converge to the readout of the recurrence, as fast as is proven.</summary>
    [Fact]
    public void The_words_of_a_cell_of_Mambas_kind_converge_to_its_readout()
    {
        string model = Path.Combine(_folder.Path, "scan.ssm.json"), data = Path.Combine(_folder.Path, "scan.safetensors");
        File.WriteAllText(model, """
            {
              "format": "operatorgen/1",
              "architecture": "mamba1-selective-scan",
              "hyper": { "softplus": false },
              "tensors": { "A": { "shape": [1, 2], "values": [-1, -4] }, "D": { "shape": [1], "values": [3] } }
            }
            """);

        // (u, delta, B, C) per step.
        const int Steps = 12;
        double[] rows = [.. Enumerable.Range(0, Steps).SelectMany(t => new[] { Math.Sin(t), 0.1 + (0.02 * t), 1, Math.Cos(t), -0.5, 2 })];
        var file = new TensorFile();
        file.Set("x_test", [1, Steps, 6], rows);
        file.Write(data);
        string[] arguments = ["signature", model, "--level", "40", "--data", data, "--index", "0"];
        ToolRun json = ToolRun.Of([.. arguments, "--format", "json"]);
        Assert.Equal(ExitCode.Success, json.ExitCode);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        JsonElement sequence = document.RootElement.GetProperty("sequence");

        // The recurrence, written out: s = e^(a delta) s + delta B u, y = C s.
        double y = new[] { (Rate: -1.0, Key: 2, Query: 4), (-4, 3, 5) }.Sum(mode => rows[^(6 - mode.Query)] * Enumerable.Range(0, Steps).Aggregate(0.0, (s, t) => (Math.Exp(mode.Rate * rows[(6 * t) + 1]) * s) + (rows[(6 * t) + 1] * rows[(6 * t) + mode.Key] * rows[6 * t])));
        Assert.Equal(y, sequence.GetProperty("exact").GetDouble(), 1e-14);
        JsonElement[] levels = [.. sequence.GetProperty("levels").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, 40), levels.Select(level => level.GetProperty("level").GetInt32()));

        // Powers up to (4 W)^m / m!, W about 2.5: numbers up to e^10, with 40 roundings each.
        Assert.All(levels, level => Assert.InRange(level.GetProperty("error").GetDouble(), 0, level.GetProperty("bound").GetDouble() + 1e-10));
        Assert.InRange(levels[^1].GetProperty("error").GetDouble(), 0, 1e-10);
        Assert.InRange(levels[2].GetProperty("bound").GetDouble() / levels[2].GetProperty("error").GetDouble(), 1, 1000);
        Assert.Equal(levels[^1].GetProperty("value").GetDouble(), sequence.GetProperty("words").EnumerateArray().Sum(word => word.GetProperty("coefficient").GetDouble() * word.GetProperty("value").GetDouble()), 1e-9);
        Assert.Equal(Math.Sqrt(17), document.RootElement.GetProperty("commutators")[0].GetProperty("norm").GetDouble(), 1e-14);

        ToolRun text = ToolRun.Of([.. arguments, "--top", "3"]);
        Assert.Contains("12 steps, y = ", text.Output, StringComparison.Ordinal);
        Assert.Contains("77 more with --top", text.Output, StringComparison.Ordinal);
        Refused("--format latex shows the words alone", model, "--format", "latex", "--data", data, "--index", "0");
    }

    [Theory]
    [InlineData("euler", "iterated sums of its input: each step is I + M, Euler's")]
    [InlineData("token", "with A_i less I in the place of A_i")]
    public void The_step_names_the_path(string step, string path)
    {
        string model = Model(Circle, "[2], \"values\": [1, 0]", Unit2, $"\"B\": {{ \"shape\": [2, 2], \"values\": [0, 0, 0, 0] }},", step);
        Assert.Contains(path, ToolRun.Of("signature", model).Output, StringComparison.Ordinal);
    }

    /// <summary>(1 + 1)(1 + 1) is not (1 + 2)(1 + 0): where the path ends is not all.</summary>
    [Fact]
    public void Commuting_steps_of_Euler_know_which_samples_came() => Assert.Contains(
        "the readout knows which samples came, and not in which order",
        ToolRun.Of("signature", Model("[2, 2, 2], \"values\": [0.5, 0, 0, -1, 0.25, 0, 0, 2]", "[2], \"values\": [1, 1]", Unit2, step: "euler")).Output,
        StringComparison.Ordinal);

    [Fact]
    public void Samples_that_name_no_token_are_refused() => Refused(
        "Sample 0 of sequence 0 names no token: one number is 1 and the others are 0",
        Model(Circle, "[2], \"values\": [1, 0]", Unit2, step: "token"),
        "--data",
        Data(),
        "--index",
        "0");

    [Fact]
    public void Latex_has_the_strongest_words()
    {
        string latex = ToolRun.Of("signature", Model(Circle, "[2], \"values\": [1, 0]", Unit2), "--level", "2", "--format", "latex").Output;
        Assert.Equal("\\begin{align*}\ny &= 1 \\\\\n&\\quad + 0.25\\, S^{2} \\\\\n&\\quad + 0.25\\, S^{21} \\\\\n&\\quad - 0.125\\, S^{11} \\\\\n&\\quad + 0.0625\\, S^{22} + \\dots\n\\end{align*}\n", latex);
    }

    [Fact]
    public void What_has_no_words_is_refused_with_the_reason()
    {
        string model = Model(Circle, "[2], \"values\": [1, 0]", Unit2);
        Refused("is no linear controlled differential equation", Path.Combine(RepositoryFolder.Path, "examples", "Digits", "models", "deep.ssm.json"));
        Refused("--level 65: words of at most 64 letters are shown", model, "--level", "65");
        Refused("--format latex shows the words alone", model, "--format", "latex", "--data", Data(), "--index", "0");
        Refused("--level 24: There are 33554430 words of 2 letters up to level 24", model, "--level", "24");
        Refused("--channel 2: layer 0 has 2 channels, 0 to 1.", model, "--channel", "2");
        Refused("--index 1 names a sequence, but there is no --data file", model, "--index", "1");
    }

    private static void Refused(string reason, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(["signature", .. arguments]);
        Assert.NotEqual(ExitCode.Success, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Sequence(string model, string data, string channel)
    {
        ToolRun run = ToolRun.Of("signature", model, "--level", "12", "--channel", channel, "--data", data, "--index", "0", "--format", "json");
        using JsonDocument document = JsonDocument.Parse(run.Output);
        return document.RootElement.GetProperty("sequence").Clone();
    }

    private string Model(string a, string start, string reads, string more = "", string step = "exponential")
    {
        string path = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + ".ssm.json");
        File.WriteAllText(path, $$"""
            {
              "format": "operatorgen/1",
              "architecture": "linear-cde",
              "hyper": { "step": "{{step}}" },
              "tensors": { {{more}} "A": { "shape": {{a}} }, "Z_0": { "shape": {{start}} }, "C": { "shape": {{reads}} } }
            }
            """);
        return path;
    }

    private string Data()
    {
        double[] points = [.. Enumerable.Range(1, Segments).SelectMany(t => new[] { Math.Sin(2 * Math.PI * t / Segments), 1 - Math.Cos(2 * Math.PI * t / Segments) })];
        var file = new TensorFile();
        file.Set("x_train", [1, Segments, 2], points);
        file.Set("x_test", [1, Segments, 2], points);
        string path = Path.Combine(_folder.Path, "circle.safetensors");
        file.Write(path);
        return path;
    }
}
