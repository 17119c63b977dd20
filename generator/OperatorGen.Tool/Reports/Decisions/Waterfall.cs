using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;
using OperatorGen.Tool.Explanations;

namespace OperatorGen.Tool.Reports;

/// <summary>A sum as a waterfall: each bar begins where the one above it ends.</summary>
internal static class Waterfall
{
    private const double RowHeight = 22;

    /// <summary>The picture.</summary>
    /// <param name="start">What the sum begins with.</param>
    /// <param name="parts">What is added, from above.</param>
    /// <param name="end">What it comes to.</param>
    /// <param name="label">What is summed.</param>
    public static ChartPicture Picture(NamedContribution start, IReadOnlyList<NamedContribution> parts, NamedContribution end, string label)
    {
        NamedContribution[] rows = [start, .. parts, end];
        var ends = new double[rows.Length];
        double sum = 0;
        for (int i = 0; i < parts.Count + 1; i++)
        {
            ends[i] = sum += rows[i].Contribution;
        }

        ends[^1] = end.Contribution;
        double[] starts = [0, .. ends.Take(parts.Count), 0];
        var chart = new Chart(ChartAxis.Over(label, [.. ends, .. starts], withZero: true), ChartAxis.Of([.. rows.Select(Name)]));
        Add(chart, "score", SvgColours.Ink, i => i == 0 || i == rows.Length - 1);
        Add(chart, "adds", SvgColours.Positive, i => i > 0 && i < rows.Length - 1 && rows[i].Contribution >= 0);
        Add(chart, "takes away", SvgColours.Negative, i => i > 0 && i < rows.Length - 1 && rows[i].Contribution < 0);
        return new ChartPicture(chart) { PlotHeight = RowHeight * rows.Length };

        void Add(Chart target, string name, string colour, Func<int, bool> chosen)
        {
            int[] which = [.. Enumerable.Range(0, rows.Length).Where(chosen)];
            if (which.Length > 0)
            {
                target.Add(new ChartSeries(name, [.. which.Select(i => (ends[i], (double)i))]) { Colour = colour, Starts = [.. which.Select(i => starts[i])] });
            }
        }
    }

    /// <summary>An attribution: from the silent score over its strongest waves to the score.</summary>
    /// <param name="attribution">The attribution.</param>
    /// <param name="top">How many waves have bars of their own.</param>
    public static ChartPicture Picture(ScoreAttribution attribution, int top)
    {
        (IReadOnlyList<WaveAttribution> waves, double others) = attribution.Strongest(top);
        int rest = attribution.Waves.Count - waves.Count;
        NamedContribution[] parts = [.. waves.Select(wave => new NamedContribution(TermNames.Of([wave.Wave]), wave.Value)),
            .. rest > 0 ? [new NamedContribution(CountText.Of(rest, "other wave"), others)] : Array.Empty<NamedContribution>()];
        return Picture(new("waves silent", attribution.Silent), parts, new("exact", attribution.Exact), attribution.Against is null ? "score" : "difference of the scores");
    }

    private static string Name(NamedContribution row) => $"{row.Name}  {NumberText.Format(row.Contribution, 3).Replace('-', '−')}";
}
