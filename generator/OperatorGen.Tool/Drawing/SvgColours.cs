using System;
using System.Collections.Generic;
using System.Globalization;

namespace OperatorGen.Tool.Drawing;

/// <summary>
/// Colours that are read on white. Scales are made in Oklab (Ottosson 2020), where equal numbers look equally different, so that lightness means
/// amount at every hue.
/// </summary>
public static class SvgColours
{
    private const double White = 0.985;
    private const double Dark = 0.52;

    /// <summary>Colours of lines, apart for readers with colour-blindness too (Okabe and Ito 2008, without the lightest).</summary>
    public static IReadOnlyList<string> Lines { get; } = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#56b4e9", "#b8860b"];

    /// <summary>Blue for -1, white for 0, red for 1.</summary>
    /// <param name="value">From -1 to 1.</param>
    public static string Diverging(double value) => Polar(Math.Abs(value), value < 0 ? 4.45 : 0.45, 0.17);

    /// <summary>White for the amplitude 0; darker towards 1, in the hue of the phase.</summary>
    /// <param name="amplitude">From 0 to 1.</param>
    /// <param name="phase">In radians; 0 is red, pi green-blue.</param>
    public static string Phase(double amplitude, double phase) => Polar(amplitude, phase + 0.45, 0.14);

    private static string Polar(double amount, double hue, double chroma) =>
        Oklab(White - ((White - Dark) * amount), chroma * amount * Math.Cos(hue), chroma * amount * Math.Sin(hue));

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
