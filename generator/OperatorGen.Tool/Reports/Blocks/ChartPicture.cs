using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Reports;

/// <summary>Charts below each other.</summary>
/// <param name="Charts">The charts.</param>
internal sealed record ChartPicture(params IReadOnlyList<Chart> Charts) : Picture
{
    private const double Top = 28;
    private const double Gap = 16;
    private const double Right = 24; // half of the last mark of the horizontal axis

    /// <summary>The width of a plot.</summary>
    public double PlotWidth { get; init; } = 560;

    /// <summary>The height of a plot.</summary>
    public double PlotHeight { get; init; } = 220;

    /// <inheritdoc/>
    public override string Draw(string? id, string title, string description)
    {
        double left = Charts.Max(chart => chart.Left);
        double height = Charts.Sum(Height) - Gap;
        var document = new SvgDocument(left + PlotWidth + Right, height, title, description, id);
        double top = Top;
        for (int i = 0; i < Charts.Count; i++)
        {
            Charts[i].Draw(document, new SvgBox(left, top, PlotWidth, PlotHeight), number: i);
            top += Height(Charts[i]);
        }

        return document.ToString();
    }

    /// <inheritdoc/>
    public override void WriteNumbers(Utf8JsonWriter json) => json.Objects("charts", Charts, chart => Write(json, chart));

    private double Height(Chart chart) => Top + PlotHeight + Chart.Below + chart.LegendHeight(PlotWidth) + Gap;

    /// <summary>Writes the numbers of a chart.</summary>
    public static void Write(Utf8JsonWriter json, Chart chart)
    {
        json.WriteString("title", chart.Title);
        json.WriteString("x", chart.X.Label);
        json.WriteString("y", chart.Y.Label);
        if (chart.Y.Names is { } names)
        {
            json.WriteStartArray("names");
            names.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

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

            if (series.Starts is { } starts)
            {
                json.Numbers("from", starts);
            }
        });
    }
}
