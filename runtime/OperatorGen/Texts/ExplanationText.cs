using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>An explanation for people: what the tool prints, and <see cref="ScoreExplanation.ToString"/>.</summary>
internal static class ExplanationText
{
    /// <summary>Writes an explanation.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="explanation">The explanation.</param>
    /// <param name="heading">A line on the input that is explained; null: none.</param>
    /// <param name="label">The true class where it is known.</param>
    public static void Write(ITextPage page, ScoreExplanation explanation, string? heading = null, int? label = null)
    {
        if (explanation.Warning is { } warning)
        {
            page.Line(warning);
            page.Line("");
        }

        if (heading is not null)
        {
            page.Line(heading);
        }

        if (explanation.Source is { } source)
        {
            OperatorExpansion expansion = source.Explainer.Expansion;
            DecisionText.Write(page, source.Decision, $"terms of layer {source.Explainer.Layer}, expansion {expansion.Kind.ToString().ToLowerInvariant()} of order {expansion.Order}", label);
        }

        page.Line($"{explanation.Source?.Decision.Noun ?? "score"} {DecisionText.Named(explanation.Score, explanation.Label)} taken apart");
        page.Table(["contribution", "terms", "what"], Totals(explanation));
        if (OrderShares.Of(explanation) is { } shares)
        {
            page.Line(shares.ToString());
        }

        foreach (ProductCount count in explanation.Products)
        {
            page.Line(count.ToString());
        }

        page.Line($"score - terms - remainder = {PlainText.Number(explanation.Deviation)}, the sum of |terms| is {PlainText.Number(explanation.Magnitude)}");
        if (explanation.Strongest.Count > 0)
        {
            WriteStrongest(page, explanation);
        }
    }

    private static List<string[]> Totals(ScoreExplanation explanation)
    {
        List<string[]> rows = [.. explanation.Constants.Select(constant => Row(constant.Name, 1, constant.Contribution))];
        FirstOrderTotals waves = explanation.Waves;
        rows.Add(Row("order 1", explanation.Orders[0].Count, explanation.Orders[0].Contribution));
        rows.Add(Row("  waves, response to the input", null, waves.WavesOfInput));
        rows.Add(Row("  waves, response to the encoder's bias", null, waves.WavesOfBias));
        rows.Add(Row("  skips, response to the input", null, waves.SkipOfInput));
        rows.Add(Row("  skips, response to the encoder's bias", null, waves.SkipOfBias));
        if (waves.Gates != 0)
        {
            rows.Add(Row("  gate stream", null, waves.Gates));
        }

        rows.AddRange(explanation.Orders.Skip(1).Select(order => Row(order.Order == 2 ? "order 2, pairs of waves" : $"order {order.Order}", order.Count, order.Contribution)));
        rows.Add(Row("sum of the terms", null, explanation.Sum));
        rows.Add(Row("remainder, what the polynomials leave out", null, explanation.Remainder));
        rows.Add(Row("exact " + (explanation.Source?.Decision.Noun ?? "score"), null, explanation.Exact));
        return rows;
    }

    private static string[] Row(string what, BigInteger? terms, double contribution) =>
        [PlainText.Signed(contribution), terms?.ToString(CultureInfo.InvariantCulture) ?? "", what];

    private static void WriteStrongest(ITextPage page, ScoreExplanation explanation)
    {
        int last = explanation.Orders.Count;
        string ranked = explanation.RankedOrder == last
            ? $"order 1 to {last}"
            : $"order 1 to {explanation.RankedOrder} (those of order {explanation.RankedOrder + 1} to {last} are too many to be ranked)";
        bool shared = explanation.Strongest.Any(term => term.Factors.Any(factor => factor.Kind == WaveKind.Oscillator));
        page.Line("");
        page.Line($"the {PlainText.Count(explanation.Strongest.Count, "strongest term")} of {ranked}");
        page.Line(TermText.Legend(shared));
        page.Table(
            ["contribution", "term", "what it is"],
            [.. explanation.Strongest.Select(term => new[] { PlainText.Signed(term.Contribution), term.Name, TermText.Of(term, explanation.Source) })]);
    }
}
