using System;
using System.Numerics;

namespace OperatorGen.Tests.Vectors;

/// <summary>An oracle's answer: Mantissa * 2^-Bits, right to far more bits than a double has.</summary>
internal readonly record struct FixedPoint(BigInteger Mantissa, int Bits)
{
    /// <summary>The double, exactly where Bits holds its last bit, else cut below 2^-Bits.</summary>
    public static FixedPoint Of(double x, int bits)
    {
        long pattern = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((pattern >> 52) & 0x7FF);
        BigInteger significand = (pattern & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        int shift = Math.Max(exponent, 1) - 1075 + bits;
        significand = shift >= 0 ? significand << shift : significand >> -shift;
        return new FixedPoint(pattern < 0 ? -significand : significand, bits);
    }

    /// <summary>How far the double is from this value, in units of the last place of this value in float or double.</summary>
    public double UlpsTo(double computed, bool single)
    {
        if (double.IsInfinity(computed))
        {
            // Right when the value rounds beyond the largest finite number.
            BigInteger limit = Of(single ? float.MaxValue : double.MaxValue, Bits).Mantissa;
            return BigInteger.Abs(Mantissa) >= limit && (Mantissa.Sign > 0) == (computed > 0) ? 0 : double.PositiveInfinity;
        }

        if (double.IsNaN(computed))
        {
            return double.PositiveInfinity;
        }

        int top = Mantissa.IsZero ? int.MinValue / 2 : (int)BigInteger.Abs(Mantissa).GetBitLength() - 1 - Bits;
        int last = Math.Max(top - (single ? 23 : 52), single ? -149 : -1074);
        BigInteger difference = BigInteger.Abs(Mantissa - Of(computed, Bits).Mantissa);
        int scale = last + Bits;

        // Keep 30 fractional bits of the quotient.
        BigInteger quotient = scale >= 0 ? (difference << 30) >> scale : difference << (30 - scale);
        return (double)quotient / (1 << 30);
    }
}
