using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Reports;

/// <summary>The colours that an attribution is laid over an input with: orange adds, blue takes away, deep where it is much.</summary>
/// <param name="Values">The attribution.</param>
internal sealed record AttributionColours(IReadOnlyList<double> Values)
{
    private const int Levels = 20;
    private const double Deepest = 0.9;

    /// <summary>How the depth is read.</summary>
    public const string Reading = "Orange adds to the score, blue takes away; the depth is the root of the size, so that what is small is seen.";

    private readonly double _largest = Values.Select(Math.Abs).DefaultIfEmpty(0).Max() is > 0 and var largest ? largest : 1;

    /// <summary>All colours, from what takes away most to what adds most.</summary>
    public static IReadOnlyList<SvgPaint> Palette { get; } = [.. Enumerable.Range(-Levels, (2 * Levels) + 1).Select(i => SvgColours.Diverging(Deepest * i / Levels))];

    /// <summary>The index in the palette of a value.</summary>
    public int Index(int place) => Levels + (Math.Sign(Values[place]) * (int)Math.Round(Levels * Math.Sqrt(Math.Abs(Values[place]) / _largest)));
}

/// <summary>An image that was fed pixel by pixel, beside it the same with the attribution laid over it.</summary>
/// <param name="Shape">Width and height.</param>
/// <param name="Pixels">The pixels, row by row from above.</param>
/// <param name="Attribution">What each gets of the score.</param>
internal sealed record ImagePicture(ImageShape Shape, IReadOnlyList<double> Pixels, IReadOnlyList<double> Attribution) : Picture
{
    private const double Side = 280;
    private const double Gap = 24;
    private const double Top = 26;
    private const int Greys = 16;
    private const double Behind = 0.45; // how much of the image shows under the attribution

    /// <inheritdoc/>
    public override string Draw(string? id, string title, string description)
    {
        double height = Side * Shape.Height / Math.Max(Shape.Width, Shape.Height);
        double width = Side * Shape.Width / Math.Max(Shape.Width, Shape.Height);
        var document = new SvgDocument((2 * width) + Gap + 2, Top + height + 2, title, description, id);
        SvgBox left = new(1, Top, width, height);
        SvgBox right = left with { X = left.Right + Gap };
        document.Text(left.X, Top - 8, "input", size: 13, bold: true);
        document.Text(right.X, Top - 8, "attribution", size: 13, bold: true);
        Image(document, left, 1);
        Image(document, right, Behind);
        var colours = new AttributionColours(Attribution);
        SvgHeatMap.Draw(document, right, Shape.Width, Shape.Height, (column, row) => colours.Index(Place(column, row)), AttributionColours.Palette);
        document.Outline(left, SvgColours.Grid);
        document.Outline(right, SvgColours.Grid);
        return document.ToString();
    }

    /// <inheritdoc/>
    public override void WriteNumbers(Utf8JsonWriter json)
    {
        json.WriteNumber("width", Shape.Width);
        json.WriteNumber("height", Shape.Height);
        json.Numbers("input", Pixels);
        json.Numbers("attribution", Attribution);
    }

    private void Image(SvgDocument document, SvgBox box, double most)
    {
        (double low, double high) = (Pixels.Min(), Pixels.Max());
        double range = high > low ? high - low : 1;
        SvgPaint[] greys = [.. Enumerable.Range(0, Greys + 1).Select(i => new SvgPaint(SvgColours.Ink, most * i / Greys))];
        SvgHeatMap.Draw(document, box, Shape.Width, Shape.Height, (column, row) => (int)Math.Round(Greys * (Pixels[Place(column, row)] - low) / range), greys);
    }

    /// <summary>Row 0 of a heat map is the lowest.</summary>
    private int Place(int column, int row) => ((Shape.Height - 1 - row) * Shape.Width) + column;
}

/// <summary>A sequence as lines, the attribution by time step laid over it, and below it as a line.</summary>
/// <param name="Input">The sequence.</param>
/// <param name="ByTime">The attribution by time step.</param>
internal sealed record SeriesPicture(Chart Input, Chart ByTime) : Picture
{
    private const double Width = 560;
    private const double InputHeight = 200;
    private const double TimeHeight = 120;
    private const double Top = 28;

    /// <inheritdoc/>
    public override string Draw(string? id, string title, string description)
    {
        var input = new SvgBox(Input.Left, Top, Width, InputHeight);
        var time = new SvgBox(Input.Left, input.Bottom + Chart.Below + Input.LegendHeight(Width) + Top, Width, TimeHeight);
        var document = new SvgDocument(input.Right + 24, time.Bottom + Chart.Below, title, description, id);
        double[] values = [.. ByTime.Series[0].Points.Select(point => point.Y)];
        var colours = new AttributionColours(values);
        SvgBox behind = Input.Draw(new SvgDocument(0, 0, ""), input);
        SvgHeatMap.Draw(document, behind, values.Length, 1, (column, _) => colours.Index(column), [.. AttributionColours.Palette.Select(paint => paint with { Opacity = 0.7 * paint.Opacity })]);
        Input.Draw(document, input, number: 0);
        ByTime.Draw(document, time, number: 1);
        return document.ToString();
    }

    /// <inheritdoc/>
    public override void WriteNumbers(Utf8JsonWriter json) => json.Objects("charts", [Input, ByTime], chart => ChartPicture.Write(json, chart));
}
