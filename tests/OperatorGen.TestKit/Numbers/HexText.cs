using System;
using System.Globalization;
using System.Numerics;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit.Numbers;

/// <summary>Reads hexadecimal floating-point text, exactly.</summary>
public static class HexText
{
    /// <summary>The number that a text of NumberText.FormatHex or DyadicText says.</summary>
    public static BigRational Value(string text)
    {
        int sign = text[0] == '-' ? -1 : 1, point = text.IndexOf('.', StringComparison.Ordinal), exponentMark = text.IndexOf('p', StringComparison.Ordinal);
        string digits = text[(text.IndexOf('x', StringComparison.Ordinal) + 1)..exponentMark].Replace(".", "", StringComparison.Ordinal);
        int shift = int.Parse(text[(exponentMark + 1)..], CultureInfo.InvariantCulture) - (point < 0 ? 0 : 4 * (exponentMark - point - 1));
        BigInteger significand = 0;
        foreach (char digit in digits)
        {
            significand = (16 * significand) + Convert.ToInt32(digit.ToString(), 16);
        }

        return shift >= 0 ? new BigRational(sign * (significand << shift), 1) : new BigRational(sign * significand, BigInteger.One << -shift);
    }
}
