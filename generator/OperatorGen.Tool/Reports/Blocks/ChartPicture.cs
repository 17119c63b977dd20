using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Reports;

/// <summary>Charts below each other.</summary>
/// <param name="Charts">The charts.</param>
internal sealed record ChartPicture(params IReadOnlyList<SvgChart> Charts) : Picture
{
    private const double Top = 28;
    private const double Gap = 28;

    /// <summary>The width of a plot.</summary>
    public double PlotWidth { get; init; } = 440;

    /// <summary>The height of a plot.</summary>
    public double PlotHeight { get; init; } = 220;

    /// <inheritdoc/>
    public override string Draw(string id, string title, string description)
    {
        double legend = Charts.Any(chart => chart.HasLegend) ? SvgChart.LegendWidth : 16;
        double each = Top + PlotHeight + SvgChart.Below;
        var document = new SvgDocument(SvgChart.Left + PlotWidth + legend, (Charts.Count * (each + Gap)) - Gap, title, description, id);
        for (int i = 0; i < Charts.Count; i++)
        {
            Charts[i].Draw(document, new SvgBox(SvgChart.Left, Top + (i * (each + Gap)), PlotWidth, PlotHeight), number: i);
        }

        return document.ToString();
    }

    /// <inheritdoc/>
    public override void WriteNumbers(Utf8JsonWriter json) => json.Objects("charts", Charts, chart => Write(json, chart));

    /// <summary>Writes the numbers of a chart.</summary>
    public static void Write(Utf8JsonWriter json, SvgChart chart)
    {
        json.WriteString("title", chart.Title);
        json.WriteString("x", chart.X.Label);
        json.WriteString("y", chart.Y.Label);
        json.Objects("series", chart.Series, series =>
        {
            json.WriteString("name", series.Name);
            json.Numbers("x", [.. series.Points.Select(point => point.X)]);
            json.Numbers("y", [.. series.Points.Select(point => point.Y)]);
            if (series.Sizes is { } sizes)
            {
                json.Numbers("size", sizes);
            }

            if (series.Lows is { } lows)
            {
                json.Numbers("low", lows);
            }
        });
    }
}
