using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Explanations;

/// <summary>An attribution for people.</summary>
internal static class AttributionText
{
    /// <summary>Writes the parts of greatest size; the others are one row, so that the rows add up to the score.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="subject">The sequence.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="attribution">What they are parts of.</param>
    /// <param name="top">How many parts are listed.</param>
    public static void Write(Terminal terminal, ExplainedSequence subject, AttributedParts parts, ScoreAttribution attribution, int top)
    {
        ExplanationHead.Write(terminal, subject, $"what waves of layer {subject.Layer} add, all orders together");
        terminal.Output.WriteLine(attribution.Against is { } other
            ? $"score {attribution.Score} ({VisibleText.Of(subject.Label(attribution.Score))}) less score {other} ({VisibleText.Of(subject.Label(other))}), by {parts.Noun}"
            : $"score {attribution.Score} ({VisibleText.Of(subject.Label(attribution.Score))}), by {parts.Noun}");
        AttributedPart[] strongest = [.. parts.Parts.OrderByDescending(part => Math.Abs(part.Value)).Take(top)];
        int others = parts.Parts.Count - strongest.Length;
        List<string[]> rows =
        [
            .. attribution.Constants.Concat(parts.Rows).Select(row => new[] { SignedText.Of(row.Contribution), row.Name, "" }),
            .. strongest.Select(part => new[] { SignedText.Of(part.Value), part.Name, part.Note }),
        ];
        if (others > 0)
        {
            double rest = parts.Parts.OrderByDescending(part => Math.Abs(part.Value)).Skip(top).Sum(part => part.Value);
            rows.Add([SignedText.Of(rest), $"{CountText.Of(others, "other " + parts.Noun)}", ""]);
        }

        rows.Add([SignedText.Of(attribution.Gap), "gap", "rounding, and the error of the integral where there are gates"]);
        rows.Add([SignedText.Of(attribution.Exact), attribution.Against is null ? "exact score" : "exact difference", ""]);
        terminal.Table(["contribution", "part", "what it is"], rows);
        terminal.Output.WriteLine(parts.Legend);
        terminal.Output.WriteLine($"{attribution.Concentration().ToString(CultureInfo.InvariantCulture)} of {CountText.Of(attribution.Waves.Count, "wave")} carry 90 % of the sum of |waves|, {NumberText.Format(attribution.Magnitude, 5)}");
    }
}
