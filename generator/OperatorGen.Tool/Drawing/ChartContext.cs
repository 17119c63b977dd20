using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OxyPlot;

namespace OperatorGen.Tool.Drawing;

/// <summary>What OxyPlot draws a chart with: every shape becomes one of the document.</summary>
/// <param name="document">The document.</param>
/// <param name="chart">The chart.</param>
/// <param name="number">Its number in the document.</param>
/// <param name="plot">Where its plot is, once it is laid out.</param>
internal sealed class ChartContext(SvgDocument document, Chart chart, int number, Func<OxyRect> plot) : RenderContextBase
{
    // In parts of the size. DejaVu Sans is the widest of the common fonts, and what fits with it fits with others.
    private const double LetterWidth = 0.63;
    private const double LineHeight = 1.2;
    private const double Ascent = 0.8;
    private const double HalfCapital = 0.35;

    private readonly Stack<(IDisposable Clip, bool IsPlot)> _clips = [];
    private int? _series;
    private int _dots;

    /// <inheritdoc/>
    public override int ClipCount => _clips.Count;

    /// <summary>The width of a text in a wide font.</summary>
    public static double TextWidth(string text, double size) => LetterWidth * size * text.Length;

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight) =>
        string.IsNullOrEmpty(text) ? OxySize.Empty : new OxySize(TextWidth(text, fontSize), LineHeight * fontSize);

    /// <summary>Called with its number before a series is drawn, and before its entry of the legend.</summary>
    public override void SetToolTip(string? text)
    {
        _series = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int series) ? series : null;
        _dots = 0;
    }

    /// <inheritdoc/>
    public override void PushClip(OxyRect clippingRectangle) => _clips.Push((document.Clipped(Box(clippingRectangle)), IsPlot(clippingRectangle, plot())));

    /// <inheritdoc/>
    public override void PopClip() => _clips.Pop().Clip.Dispose();

    /// <inheritdoc/>
    public override void DrawLine(IList<ScreenPoint> points, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin)
    {
        if (thickness > 0 && stroke.IsVisible())
        {
            string? dash = dashArray is null ? null : string.Join(' ', dashArray.Select(length => length.ToString(CultureInfo.InvariantCulture)));
            document.Polyline(points.Select(point => (point.X, point.Y)), Colour(stroke), thickness, dash, Data);
        }
    }

    /// <inheritdoc/>
    public override void DrawPolygon(IList<ScreenPoint> points, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin)
    {
        if (fill.IsVisible())
        {
            document.Area(points.Select(point => (point.X, point.Y)), Paint(fill), Data);
        }
    }

    /// <inheritdoc/>
    public override void DrawRectangle(OxyRect rectangle, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode)
    {
        if (fill.IsVisible())
        {
            document.Rectangle(Box(rectangle), Paint(fill), Data);
        }
    }

    /// <inheritdoc/>
    public override void DrawEllipse(OxyRect rectangle, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode)
    {
        string tip = Drawn is { } series && chart.Series[series].Tips is { } tips ? tips[_dots++] : "";
        document.Circle(rectangle.Center.X, rectangle.Center.Y, rectangle.Width / 2, Paint(fill), Data, tip);
    }

    /// <inheritdoc/>
    public override void DrawText(ScreenPoint p, string text, OxyColor fill, string fontFamily, double fontSize, double fontWeight, double rotation, HorizontalAlignment horizontalAlignment, VerticalAlignment verticalAlignment, OxySize? maxSize)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        double down = fontSize * verticalAlignment switch
        {
            VerticalAlignment.Top => Ascent,
            VerticalAlignment.Middle => HalfCapital,
            VerticalAlignment.Bottom => Ascent - 1,
            _ => throw new ArgumentOutOfRangeException(nameof(verticalAlignment)),
        };
        SvgAnchor anchor = horizontalAlignment switch
        {
            HorizontalAlignment.Left => SvgAnchor.Start,
            HorizontalAlignment.Center => SvgAnchor.Middle,
            HorizontalAlignment.Right => SvgAnchor.End,
            _ => throw new ArgumentOutOfRangeException(nameof(horizontalAlignment)),
        };
        bool upwards = rotation != 0;
        document.Text(upwards ? p.X + down : p.X, upwards ? p.Y : p.Y + down, text, anchor, fontSize, fontWeight > 500, upwards, Colour(fill));
    }

    /// <summary>The series whose shapes are drawn; null for all that is outside of the plot.</summary>
    private int? Drawn => _clips.TryPeek(out var clip) && clip.IsPlot ? _series : null;

    private string Data => Drawn is { } series ? $" data-series=\"{number.ToString(CultureInfo.InvariantCulture)}.{series.ToString(CultureInfo.InvariantCulture)}\"" : "";

    // The library computes both from other sums.
    private static bool IsPlot(OxyRect clip, OxyRect plot) => Math.Abs(clip.Left - plot.Left) < 0.1 && Math.Abs(clip.Top - plot.Top) < 0.1 && Math.Abs(clip.Bottom - plot.Bottom) < 0.1;

    private static SvgBox Box(OxyRect rectangle) => new(rectangle.Left, rectangle.Top, rectangle.Width, rectangle.Height);

    private static SvgPaint Paint(OxyColor colour) => new(Colour(colour), colour.A / 255.0);

    private static string Colour(OxyColor colour) => string.Create(CultureInfo.InvariantCulture, $"#{colour.R:x2}{colour.G:x2}{colour.B:x2}");
}
