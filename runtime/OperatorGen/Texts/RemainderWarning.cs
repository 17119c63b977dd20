using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Tells where an explanation's remainder is so large that its terms do not explain the score.</summary>
internal static class RemainderWarning
{
    // The identity holds to this part of the sum of |terms|: a smaller remainder is rounding, whatever the score is.
    private const double Rounding = 1e-12;

    /// <summary>What is wrong and what to do; null where nothing is.</summary>
    public static string? Of(ScoreExplanation explanation)
    {
        double size = Math.Abs(explanation.Remainder);
        if (!(size > Rounding * explanation.Magnitude))
        {
            return null;
        }

        List<string> exceeded = [];
        if (explanation.Source?.Decision is { IsClassifier: true } decision && Distance(decision.Scores) is var distance && size > distance)
        {
            exceeded.Add($"the distance between the two highest scores ({PlainText.Number(distance)})");
        }

        if (size > Math.Abs(explanation.Exact) / 2)
        {
            exceeded.Add($"half of the score ({PlainText.Number(Math.Abs(explanation.Exact) / 2)})");
        }

        return exceeded.Count == 0
            ? null
            : $"WARNING: the remainder, {PlainText.Signed(explanation.Remainder)}, exceeds {string.Join(" and ", exceeded)}. What the polynomials leave out weighs more than that, so the terms by order do not explain this score. {Advice(explanation.Source?.Explainer.Expansion)}";
    }

    private static string Advice(OperatorExpansion? expansion)
    {
        List<string> advice = [];
        if (expansion is { Kind: not ExpansionKind.Exact } && expansion.Layers.All(layer => layer.Layer.Decoder.IsPolynomial && layer.Layer.GateFunction is null or { IsPolynomial: true }))
        {
            advice.Add("the decoder functions as they are, which are polynomials (--expansion exact)");
        }

        if (expansion is not { Kind: ExpansionKind.Measure })
        {
            advice.Add("polynomials fitted to the readouts (--expansion measure, which needs a calibration: operatorgen calibrate)");
        }

        if (expansion is not { Order: DecoderPolynomial.GreatestOrder })
        {
            advice.Add("a higher order (--order)");
        }

        advice.Add("the attribution by wave (explain --by wave), which needs no polynomials");
        return $"What helps: {string.Join("; ", advice)}.";
    }

    private static double Distance(IReadOnlyList<double> scores)
    {
        double[] highest = [.. scores.OrderDescending().Take(2)];
        return highest[0] - highest[1];
    }
}
