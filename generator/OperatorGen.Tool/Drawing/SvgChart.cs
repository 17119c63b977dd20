using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Drawing;

/// <summary>
/// A chart of lines over two axes. Lines are added with names and drawn together; a legend is to the right of the plot where there is more than
/// one name, so that it covers nothing.
/// </summary>
/// <param name="x">The horizontal axis.</param>
/// <param name="y">The vertical axis.</param>
public sealed class SvgChart(SvgAxis x, SvgAxis y)
{
    private const double PixelsPerMarkX = 70;
    private const double PixelsPerMarkY = 34;
    private readonly List<Series> _series = [];

    /// <summary>Above the plot; empty: nothing.</summary>
    public string Title { get; init; } = "";

    /// <summary>Adds a line. Points with a number that is not finite are left out.</summary>
    /// <param name="name">For the legend; empty: not in it.</param>
    /// <param name="points">The points in the order of the line.</param>
    /// <param name="colour">Its colour; null: the next of <see cref="SvgColours.Lines"/>.</param>
    /// <param name="marks">Whether the points are marked by dots.</param>
    /// <param name="line">Whether the points are joined.</param>
    /// <param name="dash">SVG's dash pattern, for example <c>5 3</c>; null: solid.</param>
    public void Add(string name, IEnumerable<(double X, double Y)> points, string? colour = null, bool marks = false, bool line = true, string? dash = null) =>
        _series.Add(new Series(name, [.. points], colour ?? SvgColours.Lines[_series.Count % SvgColours.Lines.Count], marks, line, dash));

    /// <summary>Draws the chart.</summary>
    /// <param name="document">Where to.</param>
    /// <param name="plot">The plot's area; marks and labels are left of it and below, 56 and 40 pixels, the legend right of it.</param>
    /// <param name="labelX">Whether the horizontal axis has marks and label, or another chart below it carries them.</param>
    public void Draw(SvgDocument document, SvgBox plot, bool labelX = true)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (Title.Length > 0)
        {
            document.Text(plot.X, plot.Y - 8, Title, size: 13, bold: true);
        }

        DrawX(document, plot, labelX);
        DrawY(document, plot);
        foreach (Series series in _series)
        {
            (double X, double Y)[] places = [.. series.Points.Select(point => Place(plot, point))];
            if (series.Line)
            {
                document.Polyline(places, series.Colour, dash: series.Dash);
            }

            foreach ((double px, double py) in places.Where(place => series.Marks && double.IsFinite(place.X) && double.IsFinite(place.Y)))
            {
                document.Circle(px, py, 3, series.Colour);
            }
        }

        document.Rectangle(plot, "none", SvgDocument.Ink);
        DrawLegend(document, plot);
    }

    private void DrawX(SvgDocument document, SvgBox plot, bool labelled)
    {
        foreach (double mark in x.Marks((int)(plot.Width / PixelsPerMarkX)))
        {
            double place = plot.X + (plot.Width * x.Position(mark));
            document.Line(place, plot.Y, place, plot.Bottom, SvgDocument.Grid);
            if (labelled)
            {
                document.Text(place, plot.Bottom + 15, SvgAxis.Text(mark), SvgAnchor.Middle, 11);
            }
        }

        if (labelled && x.Label.Length > 0)
        {
            document.Text(plot.X + (plot.Width / 2), plot.Bottom + 32, x.Label, SvgAnchor.Middle);
        }
    }

    private void DrawY(SvgDocument document, SvgBox plot)
    {
        foreach (double mark in y.Marks((int)(plot.Height / PixelsPerMarkY)))
        {
            double place = plot.Bottom - (plot.Height * y.Position(mark));
            document.Line(plot.X, place, plot.Right, place, SvgDocument.Grid);
            document.Text(plot.X - 6, place + 4, SvgAxis.Text(mark), SvgAnchor.End, 11);
        }

        if (y.Label.Length > 0)
        {
            document.Text(plot.X - 44, plot.Y + (plot.Height / 2), y.Label, SvgAnchor.Middle, upwards: true);
        }
    }

    private void DrawLegend(SvgDocument document, SvgBox plot)
    {
        Series[] named = [.. _series.Where(series => series.Name.Length > 0)];
        for (int i = 0; named.Length > 1 && i < named.Length; i++)
        {
            double height = plot.Y + 10 + (18 * i);
            document.Line(plot.Right + 12, height, plot.Right + 36, height, named[i].Colour, 2, named[i].Dash);
            document.Text(plot.Right + 42, height + 4, named[i].Name);
        }
    }

    /// <summary>A point in pixels; what lies beyond the axes is drawn at the edge of the plot.</summary>
    private (double X, double Y) Place(SvgBox plot, (double X, double Y) point) => (
        plot.X + (plot.Width * Math.Clamp(x.Position(point.X), 0, 1)),
        plot.Bottom - (plot.Height * Math.Clamp(y.Position(point.Y), 0, 1)));

    private sealed record Series(string Name, (double X, double Y)[] Points, string Colour, bool Marks, bool Line, string? Dash);
}
