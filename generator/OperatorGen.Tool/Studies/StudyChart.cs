using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Studies;

/// <summary>A study as a drawing: accuracy and agreement over the order where there are classes, the change of the scores below.</summary>
internal static class StudyChart
{
    private const double Width = 760;
    private const double PlotHeight = 240;
    private const double Gap = 70;

    /// <summary>The SVG file's text.</summary>
    public static string Draw(StudyResult result)
    {
        bool classifies = result.Rows.Any(row => row.Agreement is not null);
        double height = 60 + PlotHeight + Gap + (classifies ? PlotHeight + Gap : 0);
        string title = $"{result.Model} on x_test of {result.Data}, {CountText.Of(result.Sequences, "sequence")}";
        var document = new SvgDocument(Width, height, title);
        document.Text(64, 26, title, size: 14, bold: true);
        var plot = new SvgBox(64, 60, Width - 270, PlotHeight);
        var orders = new SvgAxis("order", result.Rows.Min(row => row.Order) - 0.5, result.Rows.Max(row => row.Order) + 0.5, SvgScale.Whole);
        if (classifies)
        {
            Shares(result, orders).Draw(document, plot);
            plot = plot with { Y = plot.Bottom + Gap };
        }

        Changes(result, orders).Draw(document, plot);
        return document.ToString();
    }

    private static SvgChart Shares(StudyResult result, SvgAxis orders)
    {
        var chart = new SvgChart(orders, new SvgAxis("share of the sequences, %", 0, 100)) { Title = "Accuracy and agreement with the exact model" };
        if (result.ExactAccuracy is { } exact)
        {
            chart.Add("exact, accuracy", [(orders.Low, 100 * exact), (orders.High, 100 * exact)], SvgDocument.Ink, dash: "2 3");
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

    private static SvgChart Changes(StudyResult result, SvgAxis orders)
    {
        IEnumerable<double> values = result.Rows.SelectMany(row => new[] { row.MaxScoreChange, row.MeanScoreChange });
        var chart = new SvgChart(orders, SvgAxis.Over("|change| of a score", values, scale: SvgScale.Logarithmic)) { Title = "Change of the scores" };
        foreach (IGrouping<ExpansionKind, StudyRow> rows in result.Rows.GroupBy(row => row.Expansion))
        {
            string colour = SvgColours.Lines[(int)rows.Key];
            string name = OptionNames.Expansions.Of(rows.Key);
            chart.Add(name + ", worst", rows.Select(row => ((double)row.Order, row.MaxScoreChange)), colour, marks: true);
            chart.Add(name + ", mean", rows.Select(row => ((double)row.Order, row.MeanScoreChange)), colour, marks: true, dash: "6 4");
        }

        return chart;
    }
}
