using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Decimal numbers to the nearest double.</summary>
internal static class DecimalToBinary
{
    /// <summary>
    /// The middle of two neighbouring doubles has at most 767 significant digits: whatever follows these many only says on which side of it a number is.
    /// </summary>
    private const int DigitsThatCount = 780;

    /// <summary>
    /// digits 10^exponent in 128 bits, unless the result is subnormal or so near to the middle of two doubles (or to one) that 128 bits do not tell.
    /// </summary>
    /// <param name="digits">At least 1.</param>
    public static bool TryRoundFast(ulong digits, int exponent, out double value)
    {
        value = 0;
        if (exponent is < PowersOfTen.Smallest or > PowersOfTen.Largest)
        {
            return false;
        }

        int shift = 0;
        while (digits >> 63 == 0)
        {
            digits <<= 1;
            shift++;
        }

        // high:low is the number in units of 2^unit, at most 2 too large: the power of ten is rounded up and the low end cut off.
        (ulong high, ulong low) = PowersOfTen.Multiply(digits, exponent);
        int unit = PowersOfTen.FloorLog2(exponent) - shift - 63;
        int dropped = high >> 63 != 0 ? 11 : 10;
        ulong significand = high >> dropped;
        ulong rest = high & ((1UL << dropped) - 1);
        ulong half = 1UL << (dropped - 1);
        bool nearWhole = (rest == 0 && low <= 2) || (rest == (1UL << dropped) - 1 && low >= ulong.MaxValue - 2);
        bool nearMiddle = (rest == half && low <= 2) || (rest == half - 1 && low >= ulong.MaxValue - 2);
        if (nearWhole || nearMiddle)
        {
            return false;
        }

        significand += rest >= half ? 1UL : 0UL;
        int resultExponent = 64 + unit + dropped;
        if (resultExponent < -1074 || resultExponent > 970)
        {
            return false;
        }

        value = significand * DoubleDouble.PowerOfTwo(resultExponent / 2) * DoubleDouble.PowerOfTwo(resultExponent - (resultExponent / 2));
        return true;
    }

    /// <summary>The number exactly, as a quotient of integers with 66 bits or more, the last one set where the division leaves a rest.</summary>
    public static double Round(ReadOnlySpan<char> text, JsonNumber number)
    {
        BigInteger digits = Digits(text, number, out int taken);
        int exponent = (int)(number.Exponent + (number.SignificantDigits - taken));
        if (taken < number.SignificantDigits)
        {
            // There is a digit that is not zero further on.
            digits = (digits * 10) + 1;
            exponent--;
        }

        if (exponent >= 0)
        {
            return BinaryRounding.ToDouble(digits * BigInteger.Pow(10, exponent), 0);
        }

        BigInteger power = BigInteger.Pow(10, -exponent);
        int shift = Math.Max(0, BinaryRounding.BitLength(power) - BinaryRounding.BitLength(digits) + 66);
        BigInteger quotient = BigInteger.DivRem(digits << shift, power, out BigInteger rest);
        return BinaryRounding.ToDouble((quotient << 1) + (rest.IsZero ? 0 : 1), -shift - 1);
    }

    private static BigInteger Digits(ReadOnlySpan<char> text, JsonNumber number, out int taken)
    {
        BigInteger digits = BigInteger.Zero;
        ulong chunk = 0;
        ulong scale = 1;
        taken = 0;
        for (int at = number.Start; taken < Math.Min(number.SignificantDigits, DigitsThatCount); at++)
        {
            if (text[at] == '.')
            {
                continue;
            }

            chunk = (chunk * 10) + (ulong)(text[at] - '0');
            scale *= 10;
            taken++;
            if (scale == 1_000_000_000_000_000_000)
            {
                digits = (digits * scale) + chunk;
                (chunk, scale) = (0, 1);
            }
        }

        return (digits * scale) + chunk;
    }
}
