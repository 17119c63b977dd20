using System;
using System.Globalization;

namespace OperatorGen.Symbolics;

/// <summary>Stub: replaced by the numerics work.</summary>
public static class NumberText
{
#pragma warning disable RS0030, CS1591
    /// <summary>Shortest decimal that reads back as the same double.</summary>
    public static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Shortest decimal that reads back as the same float.</summary>
    public static string Format(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>At most the given number of significant digits, for people.</summary>
    public static string Format(double value, int significantDigits) => value.ToString("G" + significantDigits, CultureInfo.InvariantCulture);

    /// <summary>C99 hexadecimal float, exact.</summary>
    public static string FormatHex(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Correctly rounded.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value) => double.TryParse(text.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
#pragma warning restore RS0030, CS1591
}
