using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OperatorGen.Tool.Drawing;

/// <summary>
/// Colours that are read on white, and on a dark page as the page's style names them. Hues are made in Oklab (Ottosson 2020), where they are equally light; amounts
/// are opacities, so that nothing is as the paper is.
/// </summary>
public static class SvgColours
{
    /// <summary>The colour of text and of axes.</summary>
    public const string Ink = "#222222";

    /// <summary>The colour of grid lines.</summary>
    public const string Grid = "#dddddd";

    private const double Lightness = 0.58;
    private const double Chroma = 0.14;

    /// <summary>Colours of lines, apart for readers with colour-blindness too (Okabe and Ito 2008, without the lightest).</summary>
    public static IReadOnlyList<string> Lines { get; } = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#56b4e9", "#b8860b"];

    /// <summary>What is above 0.</summary>
    public static string Positive => Lines[1];

    /// <summary>What is below 0.</summary>
    public static string Negative => Lines[0];

    /// <summary>Blue for -1, nothing for 0, orange for 1.</summary>
    /// <param name="value">From -1 to 1.</param>
    public static SvgPaint Diverging(double value) => new(value < 0 ? Negative : Positive, Math.Abs(value));

    /// <summary>Nothing for the amplitude 0; more towards 1, in the hue of the phase.</summary>
    /// <param name="amplitude">From 0 to 1.</param>
    /// <param name="phase">In radians; 0 is red, pi green-blue.</param>
    public static SvgPaint Phase(double amplitude, double phase) => new(Oklab(Lightness, Chroma * Math.Cos(phase + 0.45), Chroma * Math.Sin(phase + 0.45)), amplitude);

    /// <summary>How a page names a colour, so that its style can give another one in the dark: a CSS variable; the colour itself where it has no name.</summary>
    /// <param name="colour">The colour.</param>
    public static string OnPage(string colour) => colour switch
    {
        Ink => "var(--ink)",
        Grid => "var(--grid)",
        _ when Lines.Contains(colour) => "var(--line" + Lines.ToList().IndexOf(colour).ToString(CultureInfo.InvariantCulture) + ")",
        _ => colour,
    };

    private static string Oklab(double lightness, double a, double b)
    {
        double l = Cube(lightness + (0.3963377774 * a) + (0.2158037573 * b));
        double m = Cube(lightness - (0.1055613458 * a) - (0.0638541728 * b));
        double s = Cube(lightness - (0.0894841775 * a) - (1.2914855480 * b));
        return "#"
            + Channel((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s))
            + Channel((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s))
            + Channel((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static double Cube(double value) => value * value * value;

    /// <summary>A linear channel, as sRGB encodes it.</summary>
    private static string Channel(double linear)
    {
        double value = linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
        return ((int)Math.Round(255 * Math.Clamp(value, 0, 1))).ToString("x2", CultureInfo.InvariantCulture);
    }
}

/// <summary>A colour and how much of it.</summary>
/// <param name="Colour">The colour.</param>
/// <param name="Opacity">From 0, nothing, to 1, all of it.</param>
public readonly record struct SvgPaint(string Colour, double Opacity = 1);
