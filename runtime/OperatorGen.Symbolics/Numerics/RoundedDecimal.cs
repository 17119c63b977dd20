using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>A binary number rounded to a given number of significant decimal digits, exactly.</summary>
internal static class RoundedDecimal
{
    /// <summary>For a positive finite double and 1 to 17 digits; half to even.</summary>
    public static DecimalNumber Of(double value, int significantDigits)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int field = (int)(bits >> 52);
        long fraction = bits & ((1L << 52) - 1);
        BigInteger significand = field == 0 ? fraction : fraction | (1L << 52);
        int exponent = Math.Max(field, 1) - 1075;

        // 2^(length - 1 + exponent) <= value: the estimate of the decimal exponent is right or one too small.
        int decimalExponent = ((BinaryRounding.BitLength(significand) - 1 + exponent) * 1262611) >> 22;
        BigInteger limit = BigInteger.Pow(10, significantDigits);
        while (true)
        {
            int scale = decimalExponent - significantDigits + 1;
            BigInteger rounded = Divide(significand, exponent, scale);
            if (rounded < limit)
            {
                return new((ulong)rounded, scale);
            }

            // Too small an estimate, or rounded up to a power of ten: with one digit less left of the point both are right.
            decimalExponent++;
        }
    }

    /// <summary>significand 2^exponent / 10^scale as the nearest integer, half to even.</summary>
    private static BigInteger Divide(BigInteger significand, int exponent, int scale)
    {
        BigInteger numerator = significand << Math.Max(exponent, 0);
        BigInteger denominator = BigInteger.One << Math.Max(-exponent, 0);
        if (scale < 0)
        {
            numerator *= BigInteger.Pow(10, -scale);
        }
        else
        {
            denominator *= BigInteger.Pow(10, scale);
        }

        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        int comparison = (2 * rest).CompareTo(denominator);
        return comparison > 0 || (comparison == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
