using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace OperatorGen.Tool.Drawing;

/// <summary>
/// A drawing as SVG: shapes and text, without scripts, fonts or images from elsewhere. A file of its own is on white; a part of a page (with an id) has the page's
/// colours. The same calls give the same bytes.
/// </summary>
public sealed class SvgDocument
{
    private const double LeastScale = 0.85; // in a page; smaller text could not be read
    private readonly StringBuilder _body = new();
    private readonly double _width;
    private readonly double _height;
    private readonly string _title;
    private readonly string _description;
    private readonly string? _id;
    private int _clips;

    /// <summary>Starts an empty drawing.</summary>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="title">What it shows, in a few words: for readers that cannot see it.</param>
    /// <param name="description">What is to be seen, for the same readers; empty: nothing.</param>
    /// <param name="id">In a page, what tells the drawing from others; null: a file of its own.</param>
    public SvgDocument(double width, double height, string title, string description = "", string? id = null)
    {
        _width = width;
        _height = height;
        _title = title;
        _description = description;
        _id = id;
    }

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 1, string? dash = null) =>
        Element($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" {Stroke(colour, width, dash)}/>");

    /// <summary>A line through points; what lies between two points that are not finite is left out.</summary>
    /// <param name="points">The points.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="width">Its width.</param>
    /// <param name="dash">SVG's dash pattern; null: solid.</param>
    /// <param name="data">Attributes <c>data-...</c> that tell programs what it is; empty: none.</param>
    public void Polyline(IEnumerable<(double X, double Y)> points, string colour, double width = 1.5, string? dash = null, string data = "")
    {
        var run = new List<string>();
        foreach ((double x, double y) in points.Append((double.NaN, double.NaN)))
        {
            if (double.IsFinite(x) && double.IsFinite(y))
            {
                run.Add($"{N(x)},{N(y)}");
                continue;
            }

            if (run.Count > 1)
            {
                Element($"<polyline points=\"{string.Join(' ', run)}\" fill=\"none\" stroke-linejoin=\"round\" {Stroke(colour, width, dash)}{data}/>");
            }

            run.Clear();
        }
    }

    /// <summary>A filled rectangle.</summary>
    /// <param name="box">Where.</param>
    /// <param name="fill">What with.</param>
    /// <param name="data">Attributes <c>data-...</c> that tell programs what it is; empty: none.</param>
    /// <param name="tip">What a pointer is told; empty: nothing.</param>
    public void Rectangle(SvgBox box, SvgPaint fill, string data = "", string tip = "") =>
        Shape($"rect {Place(box)} fill=\"{Colour(fill.Colour)}\"{Opacity("fill", fill.Opacity)}{data}", tip);

    /// <summary>The border of a rectangle.</summary>
    /// <param name="box">Where.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="data">Attributes <c>data-...</c> that tell programs what it is; empty: none.</param>
    public void Outline(SvgBox box, string colour = SvgColours.Ink, string data = "") => Element($"<rect {Place(box)} fill=\"none\" stroke=\"{Colour(colour)}\"{data}/>");

    /// <summary>A filled circle.</summary>
    /// <param name="x">The middle.</param>
    /// <param name="y">The middle.</param>
    /// <param name="radius">The radius.</param>
    /// <param name="fill">What with.</param>
    /// <param name="data">Attributes <c>data-...</c> that tell programs what it is; empty: none.</param>
    /// <param name="tip">What a pointer is told; empty: nothing.</param>
    public void Circle(double x, double y, double radius, SvgPaint fill, string data = "", string tip = "") =>
        Shape($"circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" fill=\"{Colour(fill.Colour)}\"{Opacity("fill", fill.Opacity)}{data}", tip);

    /// <summary>A path of SVG's path language, only stroked.</summary>
    public void Path(string data, SvgPaint paint, double width = 1) => Element($"<path d=\"{data}\" fill=\"none\" {Stroke(paint.Colour, width, null)}{Opacity("stroke", paint.Opacity)}/>");

    /// <summary>A filled area between points.</summary>
    public void Area(IEnumerable<(double X, double Y)> points, SvgPaint fill, string data = "") =>
        Element($"<polygon points=\"{string.Join(' ', points.Select(point => $"{N(point.X)},{N(point.Y)}"))}\" fill=\"{Colour(fill.Colour)}\"{Opacity("fill", fill.Opacity)}{data}/>");

    /// <summary>A line of text.</summary>
    /// <param name="x">Where it is anchored.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">The text, any characters.</param>
    /// <param name="anchor">What is at x: start, middle or end of the text.</param>
    /// <param name="size">The size in pixels.</param>
    /// <param name="bold">Whether it is bold.</param>
    /// <param name="upwards">Whether it is turned to be read from below.</param>
    /// <param name="colour">Its colour.</param>
    public void Text(double x, double y, string text, SvgAnchor anchor = SvgAnchor.Start, double size = 12, bool bold = false, bool upwards = false, string colour = SvgColours.Ink)
    {
        string place = upwards ? $"transform=\"translate({N(x)} {N(y)}) rotate(-90)\"" : $"x=\"{N(x)}\" y=\"{N(y)}\"";
        string at = anchor == SvgAnchor.Start ? "" : $" text-anchor=\"{(anchor == SvgAnchor.Middle ? "middle" : "end")}\"";
        Element($"<text {place}{at} font-size=\"{N(size)}\"{(bold ? " font-weight=\"bold\"" : "")} fill=\"{Colour(colour)}\">{MarkupText.Of(text)}</text>");
    }

    /// <summary>Draws in other units until the result is disposed: a unit is so many pixels, counted from a point, and edges are not blurred.</summary>
    public IDisposable Scaled(double x, double y, double unitWidth, double unitHeight)
    {
        Element($"<g transform=\"translate({Exact(x)} {Exact(y)}) scale({Exact(unitWidth)} {Exact(unitHeight)})\" shape-rendering=\"crispEdges\">");
        return new Group(this);
    }

    /// <summary>Draws within a rectangle only, until the result is disposed.</summary>
    public IDisposable Clipped(SvgBox box)
    {
        string id = $"{_id ?? "d"}-clip{_clips++.ToString(CultureInfo.InvariantCulture)}";
        Element($"<clipPath id=\"{id}\"><rect {Place(box)}/></clipPath><g clip-path=\"url(#{id})\">");
        return new Group(this);
    }

    /// <summary>The drawing as a file's text, or as an element of a page.</summary>
    public override string ToString()
    {
        string box = $"viewBox=\"0 0 {N(_width)} {N(_height)}\" role=\"img\"";
        string title = $"<title{Id("title")}>{MarkupText.Of(_title)}</title>\n{(_description.Length == 0 ? "" : $"<desc{Id("desc")}>{MarkupText.Of(_description)}</desc>\n")}";
        return _id is null
            ? $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(_width)}\" height=\"{N(_height)}\" {box} font-family=\"Helvetica, Arial, sans-serif\">\n"
                + $"{title}<rect width=\"{N(_width)}\" height=\"{N(_height)}\" fill=\"#ffffff\"/>\n{_body}</svg>\n"
            : $"<svg {box} aria-labelledby=\"{_id}-title{(_description.Length == 0 ? "" : $" {_id}-desc")}\" style=\"width:{N(_width)}px;min-width:{N(LeastScale * _width)}px\">\n{title}{_body}</svg>\n";
    }

    private string Id(string part) => _id is null ? "" : $" id=\"{_id}-{part}\"";

    private string Colour(string colour) => _id is null ? colour : SvgColours.OnPage(colour);

    private static string Place(SvgBox box) => $"x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(box.Width)}\" height=\"{N(box.Height)}\"";

    private static string Opacity(string what, double opacity) => opacity == 1 ? "" : $" {what}-opacity=\"{N(opacity)}\"";

    private void Shape(string start, string tip) => Element(tip.Length == 0 ? $"<{start}/>" : $"<{start}><title>{MarkupText.Of(tip)}</title></{start[..start.IndexOf(' ', StringComparison.Ordinal)]}>");

    private void Element(string text) => _body.Append(text).Append('\n');

    private string Stroke(string colour, double width, string? dash) =>
        $"stroke=\"{Colour(colour)}\" stroke-width=\"{N(width)}\"{(dash is null ? "" : $" stroke-dasharray=\"{dash}\"")}";

    /// <summary>A hundredth of a pixel is enough.</summary>
    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Exact(double value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Group(SvgDocument document) : IDisposable
    {
        public void Dispose() => document.Element("</g>");
    }
}

/// <summary>What of a text is at its place.</summary>
public enum SvgAnchor
{
    /// <summary>Its start.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its end.</summary>
    End,
}
