using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Studies;

/// <summary>
/// A study as charts: accuracy and agreement over the order where there are classes, the change of the scores and its bounds. The scales are those of the best
/// expansion, so that its curve is seen; what lies beyond leaves the picture.
/// </summary>
internal static class StudyChart
{
    private const double PlotWidth = 640;
    private const double PlotHeight = 240;
    private const double Top = 60;
    private const double Gap = 36;

    /// <summary>What is to be known about the scales.</summary>
    public const string Scales = "The scales are those of the best expansion; what leaves the picture is beyond it.";

    /// <summary>The SVG file's text.</summary>
    public static string Draw(StudyResult result)
    {
        Chart[] charts = [.. Charts(result)];
        double height = Top + charts.Sum(Height) - Gap;
        string title = $"{result.Model} on x_test of {result.Data}, {CountText.Of(result.Sequences, "sequence")}";
        var document = new SvgDocument(charts[0].Left + PlotWidth + 24, height, title, Scales);
        document.Text(16, 26, title, size: 14, bold: true);
        double top = Top;
        for (int i = 0; i < charts.Length; i++)
        {
            charts[i].Draw(document, new SvgBox(charts[i].Left, top, PlotWidth, PlotHeight), number: i);
            top += Height(charts[i]);
        }

        return document.ToString();
    }

    private static double Height(Chart chart) => PlotHeight + Chart.Below + chart.LegendHeight(PlotWidth) + Gap;

    /// <summary>The charts: shares where there are classes, then changes.</summary>
    public static IEnumerable<Chart> Charts(StudyResult result)
    {
        StudyRow[] best = Best(result);
        var orders = new ChartAxis("order", result.Rows.Min(row => row.Order) - 0.5, result.Rows.Max(row => row.Order) + 0.5, ChartScale.Whole);
        if (result.Rows.Any(row => row.Agreement is not null))
        {
            yield return Shares(result, orders, best);
        }

        yield return Changes(result, orders, best);
    }

    /// <summary>The rows of the expansion that is nearest to the model: by agreement on average, else by the mean change.</summary>
    private static StudyRow[] Best(StudyResult result) => result.Rows.GroupBy(row => row.Expansion)
        .OrderByDescending(rows => rows.Average(row => row.Agreement ?? 0)).ThenBy(rows => rows.Average(row => row.MeanScoreChange))
        .First().ToArray();

    private static Chart Shares(StudyResult result, ChartAxis orders, StudyRow[] best)
    {
        double[] shown = [.. best.Select(row => row.Accuracy).Concat(best.Select(row => row.Agreement)).Append(result.ExactAccuracy).OfType<double>()];
        double low = Math.Max(0, (5 * Math.Floor(20 * shown.Min())) - 5);
        var chart = new Chart(orders, new ChartAxis("share of the sequences, %", low, 100)) { Title = "Accuracy and agreement with the exact model" };
        if (result.ExactAccuracy is { } exact)
        {
            chart.Add("exact, accuracy", [(orders.Low, 100 * exact), (orders.High, 100 * exact)], SvgColours.Ink, dash: "2 3");
        }

        foreach (IGrouping<ExpansionKind, StudyRow> rows in result.Rows.GroupBy(row => row.Expansion))
        {
            string colour = SvgColours.Lines[(int)rows.Key];
            string name = OptionNames.Expansions.Of(rows.Key);
            if (result.ExactAccuracy is not null)
            {
                chart.Add(name + ", accuracy", rows.Select(row => ((double)row.Order, 100 * row.Accuracy!.Value)), colour, marks: true);
            }

            chart.Add(name + ", agreement", rows.Select(row => ((double)row.Order, 100 * row.Agreement!.Value)), colour, marks: true, dash: "6 4");
        }

        return chart;
    }

    private static Chart Changes(StudyResult result, ChartAxis orders, StudyRow[] best)
    {
        IEnumerable<double> values = best.SelectMany(row => new[] { row.MaxScoreChange, row.MeanScoreChange, row.Bound.Value ?? row.MaxScoreChange });
        var chart = new Chart(orders, ChartAxis.Over("|change| of a score", values, scale: ChartScale.Logarithmic)) { Title = "Change of the scores" };
        foreach (IGrouping<ExpansionKind, StudyRow> rows in result.Rows.GroupBy(row => row.Expansion))
        {
            string colour = SvgColours.Lines[(int)rows.Key];
            string name = OptionNames.Expansions.Of(rows.Key);
            if (rows.Any(row => row.Bound.Value is not null))
            {
                chart.Add(name + ", bound", rows.Where(row => row.Bound.Value is not null).Select(row => ((double)row.Order, row.Bound.Value!.Value)), colour, marks: true, dash: "1 4");
            }

            chart.Add(name + ", worst", rows.Select(row => ((double)row.Order, row.MaxScoreChange)), colour, marks: true);
            chart.Add(name + ", mean", rows.Select(row => ((double)row.Order, row.MeanScoreChange)), colour, marks: true, dash: "6 4");
        }

        return chart;
    }
}
