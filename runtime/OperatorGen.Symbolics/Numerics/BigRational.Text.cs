using System;
using System.Globalization;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <content>The text form <c>p/q</c>.</content>
public readonly partial struct BigRational
{
    // A bound on hostile text: 10^1100 is beyond every double and every sensible declaration.
    private const int GreatestExponent = 1100;
    private const int GreatestLength = 4096;

    private const long ChunkScale = 1_000_000_000_000_000_000;

    /// <summary><c>p/q</c> in lowest terms, or <c>p</c> where q is 1.</summary>
    public override string ToString() => IsInteger
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : Numerator.ToString(CultureInfo.InvariantCulture) + "/" + Denominator.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads <c>-7</c>, <c>1/3</c>, or a decimal such as <c>0.25</c> and <c>1e-3</c>, which is taken exactly as a decimal. No white space,
    /// no signs inside a quotient's denominator; at most 4096 characters and an exponent of at most 1100 in magnitude.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number; 0 where the text is not one.</param>
    /// <returns>True where the text is a number with a denominator other than 0.</returns>
    public static bool TryParse(string? text, out BigRational value)
    {
        value = default;
        if (text is null || text.Length is 0 or > GreatestLength)
        {
            return false;
        }

        int at = text[0] is '-' or '+' ? 1 : 0;
        bool read = text.IndexOf('/') < 0 ? TryReadDecimal(text, at, out value) : TryReadQuotient(text, at, out value);
        value = read && text[0] == '-' ? -value : value;
        return read;
    }

    private static bool TryReadQuotient(string text, int start, out BigRational value)
    {
        value = default;
        int slash = text.IndexOf('/');
        if (!TryReadDigits(text, start, slash, out BigInteger numerator)
            || !TryReadDigits(text, slash + 1, text.Length, out BigInteger denominator)
            || denominator.IsZero)
        {
            return false;
        }

        value = new(numerator, denominator);
        return true;
    }

    private static bool TryReadDecimal(string text, int start, out BigRational value)
    {
        value = default;
        int end = text.IndexOfAny(['e', 'E']);
        int exponent = 0;
        if (end < 0)
        {
            end = text.Length;
        }
        else if (!TryReadExponent(text, end + 1, out exponent))
        {
            return false;
        }

        string digits = text.Substring(start, end - start);
        int point = digits.IndexOf('.');
        if (point >= 0)
        {
            if (point == 0 || point == digits.Length - 1)
            {
                return false;
            }

            exponent -= digits.Length - 1 - point;
            digits = digits.Remove(point, 1);
        }

        if (!TryReadDigits(digits, 0, digits.Length, out BigInteger significand))
        {
            return false;
        }

        BigInteger scale = BigInteger.Pow(10, Math.Abs(exponent));
        value = exponent < 0 ? new BigRational(significand, scale) : significand * scale;
        return true;
    }

    private static bool TryReadExponent(string text, int start, out int exponent)
    {
        exponent = 0;
        int first = start < text.Length && text[start] is '-' or '+' ? start + 1 : start;
        if (text.Length - first > 4 || !TryReadDigits(text, first, text.Length, out BigInteger magnitude) || magnitude > GreatestExponent)
        {
            return false;
        }

        exponent = text[start] == '-' ? -(int)magnitude : (int)magnitude;
        return true;
    }

    private static bool TryReadDigits(string text, int start, int end, out BigInteger value)
    {
        value = BigInteger.Zero;
        long chunk = 0;
        long scale = 1;
        for (int i = start; i < end; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return false;
            }

            chunk = (10 * chunk) + (text[i] - '0');
            scale *= 10;
            if (scale == ChunkScale || i == end - 1)
            {
                value = (value * scale) + chunk;
                (chunk, scale) = (0, 1);
            }
        }

        return end > start;
    }
}
