using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace OperatorGen.Tool.Tests.Reports;

/// <summary>A plot of a picture, as it is drawn: where its axes put a number, and what shapes a series has.</summary>
internal sealed class ReadPlot
{
    private const double Edge = 0.1;
    private readonly XElement _picture;
    private readonly int _number;
    private readonly double _left;
    private readonly double _top;
    private readonly double _width;
    private readonly double _height;
    private readonly string[] _x;
    private readonly string[] _y;

    public ReadPlot(XElement picture, int number)
    {
        _picture = picture;
        _number = number;
        XElement plot = picture.Descendants().Single(element => element.Attribute("data-plot")?.Value == number.ToString(CultureInfo.InvariantCulture));
        (_left, _top, _width, _height) = (Number(plot, "x"), Number(plot, "y"), Number(plot, "width"), Number(plot, "height"));
        _x = plot.Attribute("data-x")!.Value.Split(' ');
        _y = plot.Attribute("data-y")!.Value.Split(' ');
    }

    public IEnumerable<XElement> Shapes(int series) => _picture.Descendants().Where(element => element.Attribute("data-series")?.Value == string.Create(CultureInfo.InvariantCulture, $"{_number}.{series}"));

    public (double X, double Y) Place(double x, double y) => (_left + (_width * Part(_x, x)), _top + (_height * (_y.Contains("names") ? Part(_y, y) : 1 - Part(_y, y))));

    /// <summary>Whether a place is within the plot, and not at its edge where rounding decides.</summary>
    public bool IsInside((double X, double Y) place) => place.X > _left + Edge && place.X < _left + _width - Edge && place.Y > _top + Edge && place.Y < _top + _height - Edge;

    public static IEnumerable<(double X, double Y)> Corners(XElement shape) => shape.Name.LocalName switch
    {
        "circle" => [(Number(shape, "cx"), Number(shape, "cy"))],
        "polyline" or "polygon" => shape.Attribute("points")!.Value.Split(' ').Select(pair => pair.Split(',').Select(Number).ToArray()).Select(pair => (pair[0], pair[1])),
        _ => throw new InvalidOperationException($"A {shape.Name.LocalName} of a series."),
    };

    public static double Number(XElement element, string name, double? missing = null) => element.Attribute(name) is { } attribute ? Number(attribute.Value) : missing!.Value;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Part(string[] axis, double value)
    {
        (double low, double high) = (Number(axis[0]), Number(axis[1]));
        return axis.Contains("log") ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low);
    }
}
