using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>An attribution for people: what the tool prints, and <see cref="ScoreAttribution.ToString"/>.</summary>
internal static class AttributionText
{
    /// <summary>How many parts are listed where nobody says how many.</summary>
    public const int UsualTop = 20;

    /// <summary>Writes the parts of greatest size; the others are one row, so that the rows add up to the score.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="attribution">The attribution.</param>
    /// <param name="by">What parts belong to.</param>
    /// <param name="top">How many parts are listed.</param>
    /// <param name="heading">A line on the input that is explained; null: none.</param>
    /// <param name="label">The true class where it is known.</param>
    public static void Write(ITextPage page, ScoreAttribution attribution, AttributionBy by, int top, string? heading = null, int? label = null)
    {
        bool whole = by == AttributionBy.ModelInput;
        Decision decision = attribution.Source.Decision;
        decision = whole ? decision with { Frozen = InputPass.Frozen(attribution.Source) } : decision;
        AttributedParts parts = AttributedParts.Of(by, attribution);
        if (heading is not null)
        {
            page.Line(heading);
        }

        DecisionText.Write(page, decision, whole ? "what samples of the model's input add, through all layers" : $"what waves of layer {decision.Layer} add, all orders together", label, [attribution.Score, .. attribution.Against is { } second ? [second] : Array.Empty<int>()]);
        string less = attribution.Against is { } other ? $" less {decision.Noun} {DecisionText.Named(other, decision.Label(other))}" : "";
        page.Line($"{decision.Noun} {DecisionText.Named(attribution.Score, decision.Label(attribution.Score))}{less}, by {parts.Noun}");
        page.Table(["contribution", "part", "what it is"], Rows(attribution, parts, top));
        page.Line(parts.Legend);
        if (!whole)
        {
            page.Line($"90 % of the sum of |waves|, {PlainText.Number(attribution.Magnitude)}, is in {attribution.Concentration().ToString(CultureInfo.InvariantCulture)} of {PlainText.Count(attribution.Waves.Count, "wave")}");
        }
    }

    private static List<string[]> Rows(ScoreAttribution attribution, AttributedParts parts, int top)
    {
        AttributedPart[] ordered = [.. parts.Parts.OrderByDescending(part => Math.Abs(part.Value))]; // stable: equal ones stay in their order
        int listed = Math.Min(top, ordered.Count(part => part.Value != 0)); // of a model without pooling most time steps have no part
        List<string[]> rows =
        [
            .. parts.Rows.Select(row => Row(row.Contribution, row.Name, "")),
            .. ordered.Take(listed).Select(part => Row(part.Value, part.Name, part.Note)),
        ];
        if (ordered.Length > listed)
        {
            rows.Add(Row(ordered.Skip(listed).Sum(part => part.Value), PlainText.Count(ordered.Length - listed, "other " + parts.Noun), ""));
        }

        rows.Add(Row(parts.Gap, "gap", "rounding, and the error of the integral where there are gates"));
        rows.Add(Row(attribution.Exact, "exact " + (attribution.Against is null ? attribution.Source.Decision.Noun : "difference"), ""));
        return rows;
    }

    private static string[] Row(double value, string part, string note) => [PlainText.Signed(value), part, note];
}
