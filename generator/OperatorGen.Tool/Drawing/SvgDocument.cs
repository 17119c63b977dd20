using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace OperatorGen.Tool.Drawing;

/// <summary>A drawing as SVG 1.1: shapes and text on white, without scripts, fonts or images from elsewhere. The same calls give the same bytes.</summary>
public sealed class SvgDocument
{
    /// <summary>The colour of text and of axes.</summary>
    public const string Ink = "#222222";

    /// <summary>The colour of grid lines.</summary>
    public const string Grid = "#dddddd";

    private readonly StringBuilder _body = new();
    private readonly double _width;
    private readonly double _height;
    private readonly string _title;

    /// <summary>Starts an empty drawing.</summary>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="title">What it shows, in a few words: for readers that cannot see it.</param>
    public SvgDocument(double width, double height, string title)
    {
        _width = width;
        _height = height;
        _title = title;
    }

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 1, string? dash = null) =>
        Element($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" {Stroke(colour, width, dash)}/>");

    /// <summary>A line through points; what lies between two points that are not finite is left out.</summary>
    public void Polyline(IEnumerable<(double X, double Y)> points, string colour, double width = 1.5, string? dash = null)
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
                Element($"<polyline points=\"{string.Join(' ', run)}\" fill=\"none\" stroke-linejoin=\"round\" {Stroke(colour, width, dash)}/>");
            }

            run.Clear();
        }
    }

    /// <summary>A filled rectangle; <paramref name="outline"/> null: without a border.</summary>
    public void Rectangle(SvgBox box, string fill, string? outline = null) => Element(
        $"<rect x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(box.Width)}\" height=\"{N(box.Height)}\" fill=\"{fill}\"{(outline is null ? "" : $" stroke=\"{outline}\"")}/>");

    /// <summary>A filled circle.</summary>
    public void Circle(double x, double y, double radius, string fill) => Element($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" fill=\"{fill}\"/>");

    /// <summary>A path of SVG's path language, only stroked.</summary>
    public void Path(string data, string colour, double width = 1) => Element($"<path d=\"{data}\" fill=\"none\" {Stroke(colour, width, null)}/>");

    /// <summary>A line of text.</summary>
    /// <param name="x">Where it is anchored.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">The text, any characters.</param>
    /// <param name="anchor">What is at x: start, middle or end of the text.</param>
    /// <param name="size">The size in pixels.</param>
    /// <param name="bold">Whether it is bold.</param>
    /// <param name="upwards">Whether it is turned to be read from below.</param>
    /// <param name="colour">Its colour.</param>
    public void Text(double x, double y, string text, SvgAnchor anchor = SvgAnchor.Start, double size = 12, bool bold = false, bool upwards = false, string colour = Ink)
    {
        string place = upwards ? $"transform=\"translate({N(x)} {N(y)}) rotate(-90)\"" : $"x=\"{N(x)}\" y=\"{N(y)}\"";
        string at = anchor == SvgAnchor.Start ? "" : $" text-anchor=\"{(anchor == SvgAnchor.Middle ? "middle" : "end")}\"";
        Element($"<text {place}{at} font-size=\"{N(size)}\"{(bold ? " font-weight=\"bold\"" : "")} fill=\"{colour}\">{Escaped(text)}</text>");
    }

    /// <summary>Draws in other units until the result is disposed: a unit is so many pixels, counted from a point, and edges are not blurred.</summary>
    public IDisposable Scaled(double x, double y, double unitWidth, double unitHeight)
    {
        Element($"<g transform=\"translate({Exact(x)} {Exact(y)}) scale({Exact(unitWidth)} {Exact(unitHeight)})\" shape-rendering=\"crispEdges\">");
        return new Group(this);
    }

    /// <summary>The drawing as a file's text.</summary>
    public override string ToString() =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(_width)}\" height=\"{N(_height)}\" viewBox=\"0 0 {N(_width)} {N(_height)}\" role=\"img\" font-family=\"Helvetica, Arial, sans-serif\">\n"
        + $"<title>{Escaped(_title)}</title>\n<rect width=\"{N(_width)}\" height=\"{N(_height)}\" fill=\"#ffffff\"/>\n{_body}</svg>\n";

    private void Element(string text) => _body.Append(text).Append('\n');

    private static string Stroke(string colour, double width, string? dash) =>
        $"stroke=\"{colour}\" stroke-width=\"{N(width)}\"{(dash is null ? "" : $" stroke-dasharray=\"{dash}\"")}";

    /// <summary>A hundredth of a pixel is enough.</summary>
    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Exact(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text with XML's special characters replaced, and characters that XML cannot hold as question marks.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                < ' ' or 0xFFFE or 0xFFFF => "?",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }

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
