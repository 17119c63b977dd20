using System;

namespace OperatorGen.Symbolics;

/// <content>Decimal text to double.</content>
public static partial class NumberText
{
    private static readonly double[] ExactPowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Reads a number by the grammar of JSON (RFC 8259 section 6): -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?, nothing before or after it.
    /// </summary>
    /// <param name="text">Any number of digits.</param>
    /// <param name="value">The nearest double, half to even; an infinity where the number is too large; 0 where the text is not a number.</param>
    /// <returns>Whether the text is a number by this grammar.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        if (!JsonNumber.TryScan(text, out JsonNumber number))
        {
            return false;
        }

        double magnitude = Magnitude(text, number);
        value = number.Negative ? -magnitude : magnitude;
        return true;
    }

    private static double Magnitude(ReadOnlySpan<char> text, JsonNumber number)
    {
        if (number.SignificantDigits == 0)
        {
            return 0;
        }

        // 0.d1 d2 ... 10^p: below 10^-324 it is under half of the smallest number, from 10^309 on infinite.
        long pointPosition = number.Exponent + number.SignificantDigits;
        if (pointPosition < -323)
        {
            return 0;
        }

        if (pointPosition > 309)
        {
            return double.PositiveInfinity;
        }

        if (number.SignificantDigits <= 19)
        {
            // 53 bits hold the digits and the power exactly: one rounding.
            int exponent = (int)number.Exponent;
            if (number.Leading <= 1UL << 53 && exponent is >= -22 and <= 22)
            {
                return exponent < 0 ? number.Leading / ExactPowersOfTen[-exponent] : number.Leading * ExactPowersOfTen[exponent];
            }

            if (DecimalToBinary.TryRoundFast(number.Leading, exponent, out double value))
            {
                return value;
            }
        }

        return DecimalToBinary.Round(text, number);
    }
}
