using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Drawing;

/// <summary>
/// A chart of lines, dots, bars and bands over two axes. What is added is drawn together; a legend is to the right of the plot where there is more than
/// one name, so that it covers nothing.
/// </summary>
/// <param name="x">The horizontal axis.</param>
/// <param name="y">The vertical axis.</param>
public sealed class SvgChart(SvgAxis x, SvgAxis y)
{
    /// <summary>What marks and label need left of the plot.</summary>
    public const double Left = 76;

    /// <summary>What marks and label need below the plot.</summary>
    public const double Below = 42;

    /// <summary>What the legend needs right of the plot.</summary>
    public const double LegendWidth = 210;

    private const double PixelsPerMarkX = 70;
    private const double PixelsPerMarkY = 34;
    private const double BandOpacity = 0.2;
    private const double BarOpacity = 0.45;
    private const double SizedOpacity = 0.55;
    private readonly List<ChartSeries> _series = [];

    /// <summary>The horizontal axis.</summary>
    public SvgAxis X => x;

    /// <summary>The vertical axis.</summary>
    public SvgAxis Y => y;

    /// <summary>Above the plot; empty: nothing.</summary>
    public string Title { get; init; } = "";

    /// <summary>What has been added, each with its colour.</summary>
    public IReadOnlyList<ChartSeries> Series => _series;

    /// <summary>Whether there is a legend.</summary>
    public bool HasLegend => _series.Count(series => series.Name.Length > 0) > 1;

    /// <summary>Adds a row of points. Points with a number that is not finite are left out.</summary>
    public void Add(ChartSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        _series.Add(series with { Colour = series.Colour ?? SvgColours.Lines[_series.Count % SvgColours.Lines.Count] });
    }

    /// <summary>Adds a line.</summary>
    /// <param name="name">For the legend; empty: not in it.</param>
    /// <param name="points">The points in the order of the line.</param>
    /// <param name="colour">Its colour; null: the next of <see cref="SvgColours.Lines"/>.</param>
    /// <param name="marks">Whether the points are marked by dots.</param>
    /// <param name="line">Whether the points are joined.</param>
    /// <param name="dash">SVG's dash pattern, for example <c>5 3</c>; null: solid.</param>
    public void Add(string name, IEnumerable<(double X, double Y)> points, string? colour = null, bool marks = false, bool line = true, string? dash = null) =>
        Add(new ChartSeries(name, [.. points]) { Colour = colour, Marks = marks, Line = line, Dash = dash });

    /// <summary>Draws the chart.</summary>
    /// <param name="document">Where to.</param>
    /// <param name="plot">The plot's area; marks and labels are left of it and below, the legend right of it.</param>
    /// <param name="labelX">Whether the horizontal axis has marks and label, or another chart below it carries them.</param>
    /// <param name="number">The chart's number in its drawing, for programs that read the picture.</param>
    public void Draw(SvgDocument document, SvgBox plot, bool labelX = true, int number = 0)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (Title.Length > 0)
        {
            document.Text(plot.X, plot.Y - 8, Title, size: 13, bold: true);
        }

        DrawX(document, plot, labelX);
        DrawY(document, plot);
        for (int i = 0; i < _series.Count; i++)
        {
            Draw(document, plot, _series[i], $" data-series=\"{Number(number)}.{Number(i)}\"");
        }

        document.Outline(plot, data: $" data-plot=\"{Number(number)}\"{Data("x", x)}{Data("y", y)}");
        DrawLegend(document, plot);
    }

    private void Draw(SvgDocument document, SvgBox plot, ChartSeries series, string data)
    {
        (double X, double Y)[] places = [.. series.Points.Select(point => Place(plot, point))];
        if (series.Lows is { } lows)
        {
            IEnumerable<(double X, double Y)> under = series.Points.Select((point, i) => Place(plot, (point.X, lows[i]))).Reverse();
            document.Area(places.Concat(under).Where(IsFinite), new SvgPaint(series.Colour!, BandOpacity), data);
            return;
        }

        if (series.BarWidth is { } width)
        {
            double zero = Place(plot, (x.Low, Math.Max(0, y.Low))).Y;
            for (int i = 0; i < places.Length; i++)
            {
                double left = Place(plot, (series.Points[i].X - (width / 2), 0)).X;
                double right = Place(plot, (series.Points[i].X + (width / 2), 0)).X;
                document.Rectangle(new SvgBox(left, Math.Min(zero, places[i].Y), right - left, Math.Abs(zero - places[i].Y)), new SvgPaint(series.Colour!, BarOpacity), data);
            }

            return;
        }

        if (series.Line)
        {
            document.Polyline(places, series.Colour!, dash: series.Dash, data: data);
        }

        for (int i = 0; series.Marks && i < places.Length; i++)
        {
            if (IsFinite(places[i]))
            {
                SvgPaint paint = new(series.Colour!, series.Sizes is null ? 1 : SizedOpacity);
                document.Circle(places[i].X, places[i].Y, series.Radius(i), paint, data, series.Tips?[i] ?? "");
            }
        }
    }

    private void DrawX(SvgDocument document, SvgBox plot, bool labelled)
    {
        foreach (double mark in x.Marks((int)(plot.Width / PixelsPerMarkX)))
        {
            double place = plot.X + (plot.Width * x.Position(mark));
            document.Line(place, plot.Y, place, plot.Bottom, SvgColours.Grid);
            if (labelled)
            {
                document.Text(place, plot.Bottom + 15, SvgAxis.Text(mark), SvgAnchor.Middle, 11);
            }
        }

        if (labelled && x.Label.Length > 0)
        {
            document.Text(plot.X + (plot.Width / 2), plot.Bottom + 34, x.Label, SvgAnchor.Middle);
        }
    }

    private void DrawY(SvgDocument document, SvgBox plot)
    {
        foreach (double mark in y.Marks((int)(plot.Height / PixelsPerMarkY)))
        {
            double place = plot.Bottom - (plot.Height * y.Position(mark));
            document.Line(plot.X, place, plot.Right, place, SvgColours.Grid);
            document.Text(plot.X - 6, place + 4, SvgAxis.Text(mark), SvgAnchor.End, 11);
        }

        if (y.Label.Length > 0)
        {
            document.Text(plot.X - 60, plot.Y + (plot.Height / 2), y.Label, SvgAnchor.Middle, upwards: true);
        }
    }

    private void DrawLegend(SvgDocument document, SvgBox plot)
    {
        ChartSeries[] named = [.. _series.Where(series => series.Name.Length > 0)];
        for (int i = 0; HasLegend && i < named.Length; i++)
        {
            double height = plot.Y + 10 + (18 * i);
            if (named[i].Lows is not null || named[i].BarWidth is not null)
            {
                document.Rectangle(new SvgBox(plot.Right + 12, height - 5, 24, 10), new SvgPaint(named[i].Colour!, named[i].Lows is null ? BarOpacity : BandOpacity));
            }
            else if (named[i].Line)
            {
                document.Line(plot.Right + 12, height, plot.Right + 36, height, named[i].Colour!, 2, named[i].Dash);
            }
            else
            {
                document.Circle(plot.Right + 24, height, 4, new SvgPaint(named[i].Colour!));
            }

            document.Text(plot.Right + 42, height + 4, named[i].Name);
        }
    }

    /// <summary>A point in pixels; what lies beyond the axes is drawn at the edge of the plot.</summary>
    private (double X, double Y) Place(SvgBox plot, (double X, double Y) point) => (
        plot.X + (plot.Width * Math.Clamp(x.Position(point.X), 0, 1)),
        plot.Bottom - (plot.Height * Math.Clamp(y.Position(point.Y), 0, 1)));

    private static bool IsFinite((double X, double Y) place) => double.IsFinite(place.X) && double.IsFinite(place.Y);

    private static string Data(string name, SvgAxis axis) =>
        $" data-{name}=\"{NumberText.Format(axis.Low)} {NumberText.Format(axis.High)}{(axis.Scale == SvgScale.Logarithmic ? " log" : "")}\"";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
