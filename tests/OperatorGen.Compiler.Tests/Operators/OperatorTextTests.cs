using System;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>The operator as text: how long it is, what it says of every layer, and in which order.</summary>
public sealed partial class OperatorTextTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_text_is_within_its_lines_and_columns(int seed)
    {
        SequenceModel model = RandomModels.Create(seed, (CellClass)(seed % Enum.GetValues<CellClass>().Length)).Model;
        SymbolicOperator symbolic = CompilerStages.Expand(model, new ModelOptions(3), default).Value!;
        string text = OperatorText.Render(symbolic, model, new OperatorView()), brief = OperatorText.Short(symbolic, model)!;
        Assert.All(text.Split('\n').Concat(brief.Split('\n')), line => Assert.InRange(line.Length, 0, 120));
        Assert.InRange(brief.TrimEnd('\n').Split('\n').Length, 4, 25);
        string[][] layers = Layers(text);
        Assert.Equal(model.Layers.Count, layers.Length);
        Assert.All(layers, layer => Assert.InRange(layer.Length, 2, 40));
        Assert.All(layers, layer => Assert.Single(layer, line => line.Contains(" in all, up to order 3.", StringComparison.Ordinal) || line.Contains("no terms", StringComparison.Ordinal)));

        // Formulas after the last layer are not indented below it, so the last group may hold them; every layer has its function.
        Assert.All(layers, layer => Assert.Contains(layer, line => line.Contains("g(o) = ", StringComparison.Ordinal)));
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1.0)]
    public void Bounds_need_the_input_range_where_none_is_declared(double? high)
    {
        SequenceModel model = TestModels.Waves("gelu-erf", [0.5, 0, 0, 0.75], [2, 0, 1, -0.5], 0.25);
        string text = OperatorText.Render(CompilerStages.Expand(model, new ModelOptions(2, -high, high), default).Value!, model, new OperatorView());
        Assert.Equal(high is null, text.Contains("Bounds need the option inputRange.", StringComparison.Ordinal));
        Assert.Equal(high is not null, text.Contains("Proven for inputs of the declared range: o in [", StringComparison.Ordinal));
        Assert.Equal(high is not null, text.Contains("proven for every input in [-1, 1]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_middle_layer_has_its_waves_its_function_and_its_terms()
    {
        SequenceModel model = RandomModels.Create(3, new ModelShape { Layers = 3, Width = 4, Modes = 3, Activation = "gelu-erf" }).Model;
        string text = OperatorText.Render(CompilerStages.Expand(model, new ModelOptions(2), default).Value!, model, new OperatorView());
        string[] middle = Layers(text)[1];
        Assert.Contains(middle, line => Wave().IsMatch(line));
        Assert.Contains(middle, line => line.Contains("g(o) ~ 0.5 o + 0.39894 o^2", StringComparison.Ordinal));
        Assert.Contains(middle, line => line.TrimStart().StartsWith("0.", StringComparison.Ordinal) && line.Contains(" w_", StringComparison.Ordinal));
    }

    [Fact]
    public void Channels_and_terms_are_listed_strongest_first()
    {
        SequenceModel model = RandomModels.Create(11, new ModelShape { Width = 6, Modes = 3, Activation = "gelu-erf" }).Model;
        SymbolicOperator symbolic = CompilerStages.Expand(model, new ModelOptions(2), default).Value!;
        OperatorDescription description = OperatorDescriptions.Of(model, 2);
        string text = OperatorText.Render(symbolic, model, new OperatorView());
        int[] listed = [.. Channel().Matches(text).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.InRange(listed.Length, 2, 3);
        Assert.Equal(ChannelRanking.Of(description, 0).Select(channel => channel.Channel).Take(listed.Length), listed);
        string one = OperatorText.Render(symbolic, model, new OperatorView(Channel: 2, Top: 1000));
        Assert.Equal(["2"], Channel().Matches(one).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Interactions_carry_their_own_waves()
    {
        // 0.5 and 0.75i: the product decays by 0.375 a step and turns a quarter; the square of the second half a turn and none.
        SequenceModel model = TestModels.Waves("polynomial(0, 1, 1/2, 1)", [0.5, 0, 0, 0.75], [2, 0, 1, -0.5]);
        string text = OperatorText.Render(CompilerStages.Expand(model, new ModelOptions(3), default).Value!, model, new OperatorView(Top: 20));
        Assert.Contains("    w_0 w_1: lifetime 1.0195, period 4\n", text, StringComparison.Ordinal);
        Assert.Contains("    0.5 w_1^2: lifetime 1.738, period 2 (sum), frequency 0 (difference)\n", text, StringComparison.Ordinal);
        Assert.Contains("    w_1^3: lifetime 1.1587, period 4 (+++), period 4 (++-)\n", text, StringComparison.Ordinal);
    }

    /// <summary>The lines of every layer: its heading and what is indented below it.</summary>
    private static string[][] Layers(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        int[] starts = [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("layer", StringComparison.Ordinal))];
        return [.. starts.Select((start, k) => lines[start..(k + 1 < starts.Length ? starts[k + 1] : lines.Length)].TakeWhile((line, i) => i == 0 || !IsAfter(line)).ToArray())];
    }

    private static bool IsAfter(string line) => line.StartsWith("  p = ", StringComparison.Ordinal) || line.StartsWith("  scores = ", StringComparison.Ordinal) || line.StartsWith("  output = ", StringComparison.Ordinal) || line.StartsWith("proven", StringComparison.Ordinal);

    [GeneratedRegex(@"^    w_\d+: lambda .*, weight .*, lifetime .*, reach ")]
    private static partial Regex Wave();

    [GeneratedRegex(@"^  channel (\d+): ", RegexOptions.Multiline)]
    private static partial Regex Channel();
}
