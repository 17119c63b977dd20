using System;
using System.Collections.Generic;
using System.Linq;
using OxyPlot;
using OxyPlot.Series;

namespace OperatorGen.Tool.Drawing;

/// <summary>One row of points of a chart.</summary>
/// <param name="Name">For the legend; empty: not in it.</param>
/// <param name="Points">The points in the order of the line.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    private const double SmallestRadius = 3;
    private const double RadiusOfLargest = 7;
    private const byte BandOpacity = 50;
    private const byte BarOpacity = 130;
    private const byte SizedOpacity = 140;
    private const double HalfBar = 0.36;

    /// <summary>The colour; null: the next of <see cref="SvgColours.Lines"/>.</summary>
    public string? Colour { get; init; }

    /// <summary>Whether the points are joined.</summary>
    public bool Line { get; init; } = true;

    /// <summary>Whether the points are marked by dots.</summary>
    public bool Marks { get; init; }

    /// <summary>The lengths of dashes and gaps, for example <c>5 3</c>; null: solid.</summary>
    public string? Dash { get; init; }

    /// <summary>What the areas of the dots are proportional to, not below 0; null: all the same.</summary>
    public IReadOnlyList<double>? Sizes { get; init; }

    /// <summary>What a pointer is told at a dot, where all dots are within the axes; null: nothing.</summary>
    public IReadOnlyList<string>? Tips { get; init; }

    /// <summary>The lower ends of a band whose upper ends are the points; null: no band.</summary>
    public IReadOnlyList<double>? Lows { get; init; }

    /// <summary>The width of bars from 0 to the points, on the axis' scale; null: no bars.</summary>
    public double? BarWidth { get; init; }

    /// <summary>Where horizontal bars begin that end at the points; null: no such bars.</summary>
    public IReadOnlyList<double>? Starts { get; init; }

    /// <summary>The series as the plotting library has it.</summary>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    public Series ToPlot(ChartAxis x, ChartAxis y)
    {
        var colour = OxyColor.Parse(Colour!);
        DataPoint At(double px, double py) => double.IsFinite(px) && double.IsFinite(py) ? new DataPoint(x.Near(px), y.Near(py)) : DataPoint.Undefined;
        string? title = Name.Length == 0 ? null : Name;
        if (Starts is not null || BarWidth is not null)
        {
            var bars = new RectangleBarSeries { Title = title, FillColor = OxyColor.FromAColor(BarOpacity, colour), StrokeThickness = 0 };
            for (int i = 0; i < Points.Count; i++)
            {
                (double px, double py) = Points[i];
                bars.Items.Add(Starts is null
                    ? new RectangleBarItem(px - (BarWidth!.Value / 2), Math.Max(0, y.Low), px + (BarWidth.Value / 2), y.Near(py))
                    : new RectangleBarItem(Starts[i], py - HalfBar, px, py + HalfBar));
            }

            return bars;
        }

        if (Lows is not null)
        {
            var band = new AreaSeries { Title = title, Fill = OxyColor.FromAColor(BandOpacity, colour), StrokeThickness = 0, MinimumSegmentLength = 0 };
            band.Points.AddRange(Points.Select(point => At(point.X, point.Y)));
            band.Points2.AddRange(Points.Select((point, i) => At(point.X, Lows[i])));
            return band;
        }

        if (!Line)
        {
            var dots = new ScatterSeries { Title = title, MarkerType = MarkerType.Circle, MarkerFill = OxyColor.FromAColor(Sizes is null ? (byte)255 : SizedOpacity, colour), MarkerStrokeThickness = 0 };
            dots.Points.AddRange(Points.Select((point, i) => new ScatterPoint(point.X, point.Y, Radius(i))));
            return dots;
        }

        var line = new LineSeries
        {
            Title = title,
            Color = colour,
            StrokeThickness = 1.5,
            Dashes = Dash is null ? null : [.. Dash.Split(' ').Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture))],
            MarkerType = Marks ? MarkerType.Circle : MarkerType.None,
            MarkerSize = SmallestRadius,
            MarkerFill = colour,
            MinimumSegmentLength = 0,
        };
        line.Points.AddRange(Points.Select(point => At(point.X, point.Y)));
        return line;
    }

    private double Radius(int point) => Sizes is null ? SmallestRadius
        : SmallestRadius + (RadiusOfLargest * Math.Sqrt(Sizes.Max() is > 0 and var largest ? Sizes[point] / largest : 0));
}
