using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Drawing;

/// <summary>One row of points of a chart.</summary>
/// <param name="Name">For the legend; empty: not in it.</param>
/// <param name="Points">The points in the order of the line.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>The colour; null: the next of <see cref="SvgColours.Lines"/>.</summary>
    public string? Colour { get; init; }

    /// <summary>Whether the points are joined.</summary>
    public bool Line { get; init; } = true;

    /// <summary>Whether the points are marked by dots.</summary>
    public bool Marks { get; init; }

    /// <summary>SVG's dash pattern, for example <c>5 3</c>; null: solid.</summary>
    public string? Dash { get; init; }

    /// <summary>What the areas of the dots are proportional to, not below 0; null: all the same.</summary>
    public IReadOnlyList<double>? Sizes { get; init; }

    /// <summary>What a pointer is told at a point; null: nothing.</summary>
    public IReadOnlyList<string>? Tips { get; init; }

    /// <summary>The lower ends of a band whose upper ends are the points; null: no band.</summary>
    public IReadOnlyList<double>? Lows { get; init; }

    /// <summary>The width of bars from 0 to the points, on the axis' scale; null: no bars.</summary>
    public double? BarWidth { get; init; }

    /// <summary>The radius of a dot in pixels.</summary>
    /// <param name="point">Which.</param>
    public double Radius(int point) => Sizes is null ? SmallestRadius : SmallestRadius + (RadiusOfLargest * System.Math.Sqrt(Sizes[point] / LargestSize));

    private const double SmallestRadius = 3;
    private const double RadiusOfLargest = 7;

    private double LargestSize => Sizes!.Max() is > 0 and var largest ? largest : 1;
}
