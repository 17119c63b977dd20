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
    public static string Draw(StudyResult result) =>
        Draw($"{result.Model} on x_test of {result.Data}, {CountText.Of(result.Sequences, "sequence")}", [.. Charts(result)]);

    /// <summary>The SVG file's text: charts below each other.</summary>
    public static string Draw(string title, IReadOnlyList<Chart> charts)
    {
        double height = Top + charts.Sum(Height) - Gap;
        var document = new SvgDocument(charts[0].Left + PlotWidth + 24, height, title, Scales);
        document.Text(16, 26, title, size: 14, bold: true);
        double top = Top;
        for (int i = 0; i < charts.Count; i++)
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
        StudyCurve[] curves = [.. result.Rows.GroupBy(row => row.Expansion).Select(rows => new StudyCurve(
            OptionNames.Expansions.Of(rows.Key), SvgColours.Lines[(int)rows.Key], [.. rows], [.. rows.Where(row => row.Bound.Value is not null).Select(row => ((double)row.Order, row.Bound.Value!.Value))]))];
        return Charts(curves, result.ExactAccuracy);
    }

    /// <summary>The charts of any changed models: shares where there are classes, then changes.</summary>
    /// <param name="curves">The changed models, by order.</param>
    /// <param name="exactAccuracy">The share that the model itself classifies rightly; null: there are no classes or labels.</param>
    public static IEnumerable<Chart> Charts(IReadOnlyList<StudyCurve> curves, double? exactAccuracy)
    {
        StudyCurve best = curves.OrderByDescending(curve => curve.Rows.Average(row => row.Agreement ?? 0)).ThenBy(curve => curve.Rows.Average(row => row.MeanScoreChange)).First();
        ChartAxis orders = Orders(curves.SelectMany(curve => curve.Rows));
        if (best.Rows[0].Agreement is not null)
        {
            yield return Shares(curves, exactAccuracy, orders, best);
        }

        yield return Changes(curves, orders, best);
    }

    /// <summary>The axis of orders.</summary>
    public static ChartAxis Orders(IEnumerable<StudiedOrder> rows) => new("order", rows.Min(row => row.Order) - 0.5, rows.Max(row => row.Order) + 0.5, ChartScale.Whole);

    // The best curve is the one that is nearest to the model: by agreement on average, else by the mean change.
    private static Chart Shares(IReadOnlyList<StudyCurve> curves, double? exactAccuracy, ChartAxis orders, StudyCurve best)
    {
        double[] shown = [.. best.Rows.Select(row => row.Accuracy).Concat(best.Rows.Select(row => row.Agreement)).Append(exactAccuracy).OfType<double>()];
        double low = Math.Max(0, (5 * Math.Floor(20 * shown.Min())) - 5);
        var chart = new Chart(orders, new ChartAxis("share of the sequences, %", low, 100)) { Title = "Accuracy and agreement with the exact model" };
        if (exactAccuracy is { } exact)
        {
            chart.Add("exact, accuracy", [(orders.Low, 100 * exact), (orders.High, 100 * exact)], SvgColours.Ink, dash: "2 3");
        }

        foreach (StudyCurve curve in curves)
        {
            if (exactAccuracy is not null)
            {
                chart.Add(curve.Name + ", accuracy", curve.Rows.Select(row => ((double)row.Order, 100 * row.Accuracy!.Value)), curve.Colour, marks: true);
            }

            chart.Add(curve.Name + ", agreement", curve.Rows.Select(row => ((double)row.Order, 100 * row.Agreement!.Value)), curve.Colour, marks: true, dash: "6 4");
        }

        return chart;
    }

    private static Chart Changes(IReadOnlyList<StudyCurve> curves, ChartAxis orders, StudyCurve best)
    {
        IEnumerable<double> values = best.Rows.SelectMany(row => new[] { row.MaxScoreChange, row.MeanScoreChange }).Concat(best.Bounds.Select(bound => bound.Bound));
        var chart = new Chart(orders, ChartAxis.Over("|change| of a score", values, scale: ChartScale.Logarithmic)) { Title = "Change of the scores" };
        foreach (StudyCurve curve in curves)
        {
            if (curve.Bounds.Count > 0)
            {
                chart.Add(curve.Name + ", bound", curve.Bounds, curve.Colour, marks: true, dash: "1 4");
            }

            chart.Add(curve.Name + ", worst", curve.Rows.Select(row => ((double)row.Order, row.MaxScoreChange)), curve.Colour, marks: true);
            chart.Add(curve.Name + ", mean", curve.Rows.Select(row => ((double)row.Order, row.MeanScoreChange)), curve.Colour, marks: true, dash: "6 4");
        }

        return chart;
    }
}

/// <summary>Changed models of one kind, by order.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Rows">The models.</param>
/// <param name="Bounds">Orders with the bounds of a score's change, where there are some.</param>
internal sealed record StudyCurve(string Name, string Colour, IReadOnlyList<StudiedOrder> Rows, IReadOnlyList<(double Order, double Bound)> Bounds);
