using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tests.Texts;

/// <summary>An explanation whose remainder is too large begins with a warning, and no other does.</summary>
public sealed class RemainderWarningTests
{
    [Fact]
    public void A_remainder_beyond_the_distance_of_the_two_highest_scores_warns()
    {
        // Scores about 100: the two highest differ by 0.001, and the line about 0 leaves out about 0.4 for readouts near 1.
        ScoreExplanation explanation = Explain([100, 100.001, 50], [1, 1, 1], 1);
        Assert.InRange(Math.Abs(explanation.Remainder), 0.01, 50);
        Assert.Contains("exceeds the distance between the two highest scores (0.001)", explanation.Warning, StringComparison.Ordinal);
        Assert.DoesNotContain("half of the score", explanation.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_remainder_beyond_half_of_the_score_warns()
    {
        // The decoded readout is near 0.8, so that the score that is explained is small; the greatest one is far above it.
        ScoreExplanation explanation = Explain([-0.8, 1000, 50], [1, 1, 1], 0);
        Assert.True(Math.Abs(explanation.Remainder) > Math.Abs(explanation.Exact) / 2);
        Assert.Contains($"exceeds half of the score ({NumberText.Format(Math.Abs(explanation.Exact) / 2, 5)})", explanation.Warning, StringComparison.Ordinal);
        Assert.DoesNotContain("two highest scores", explanation.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_are_named_where_both_hold() =>
        Assert.Contains(") and half of the score (", Explain([-0.8, -0.799, -0.8], [1, 1, 1], 1).Warning, StringComparison.Ordinal);

    [Fact]
    public void A_smaller_remainder_does_not_warn()
    {
        ScoreExplanation explanation = Explain([100, 200, 50], [1, 1, 1], 1);
        Assert.NotEqual(0, explanation.Remainder);
        Assert.Null(explanation.Warning);
        Assert.StartsWith("terms of layer 0", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rounding_alone_does_not_warn()
    {
        // Exact polynomials leave out nothing but rounding, and the score is 0 in real arithmetic: the terms cancel.
        ScoreExplanation explanation = Explain([0, 0, 0], [1, 1, 0], 2, decoder: "polynomial(0, 1/3, 1/7)", order: 2);
        Assert.Equal(0, explanation.Exact);
        Assert.Null(explanation.Warning);
    }

    [Fact]
    public void The_explanation_begins_with_what_to_do()
    {
        string text = Explain([0, 0.001, 0], [1, 1, 1], 1).ToString();
        Assert.StartsWith("WARNING: the remainder, ", text, StringComparison.Ordinal);
        string words = text.Replace("\n    ", " ", StringComparison.Ordinal);
        Assert.Contains("operatorgen calibrate", words, StringComparison.Ordinal);
        Assert.Contains("a higher order (--order)", words, StringComparison.Ordinal);
        Assert.Contains("explain --by wave", words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_help_is_not_advised()
    {
        string warning = Explain([0, 0.001, 0], [1, 1, 1], 1, fitted: true).Warning!;
        Assert.DoesNotContain("calibrate", warning, StringComparison.Ordinal);
        Assert.Contains("explain --by wave", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("a higher order", Explain([0, 0.001, 0], [1, 1, 1], 1, decoder: "softplus", order: 16, size: 20).Warning, StringComparison.Ordinal);
    }

    /// <summary>A score of one channel, one wave and three classes, for an input of 1 at every step.</summary>
    private static ScoreExplanation Explain(double[] bias, double[] head, int score, string decoder = "gelu-erf", int order = 1, double size = 1, bool fitted = false)
    {
        var operators = new OperatorDescription
        {
            Architecture = "test",
            Order = order,
            InputWidth = 1,
            Pooling = Pooling.Mean,
            Layers = [new LayerDescription { Width = 1, Decoder = DecoderFunctions.Find(decoder)!, Recurrence = ModeBank.PerChannel(1, [new Wave(0.5, 0.5)], null) }],
            Head = new LinearDescription(1, 3, head, bias),
        };
        double[] input = new double[24];
        Array.Fill(input, size);

        // A measure that is not that of the readouts: its polynomial leaves out much of them.
        var measure = new Calibration("set", 1, new string('0', 64), EquatableArray.Of(new ArgumentMeasures(
            EquatableArray.Of(new ArgumentMeasure(new ReducedMeasure([-9, -8], [0.5, 0.5]), -9, -8)), EquatableArray<ArgumentMeasure>.Empty)));
        OperatorExpansion? expansion = fitted ? OperatorExpansion.Of(operators, new ExpansionRequest(ExpansionKind.Measure, order), measure) : null;
        return new OperatorExplainer(operators, expansion).Of(input).Explain(score);
    }
}
