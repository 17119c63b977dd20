using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// The shortest decimal within the interval of real numbers that round to a given binary number (half to even); the closest of the shortest.
/// The method is Schubfach (R. Giulietti, The Schubfach way to render doubles, 2020): with 10^k the largest power of ten not above the width of the interval, the
/// interval holds a multiple of 10^k, and at most one of 10^(k+1).
/// </summary>
internal static class ShortestDecimal
{
    /// <summary>For a positive finite double.</summary>
    public static DecimalNumber Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int field = (int)(bits >> 52);
        ulong fraction = (ulong)bits & ((1UL << 52) - 1);
        return field == 0 ? Of(fraction, -1074, false) : Of(fraction | (1UL << 52), field - 1075, fraction == 0 && field > 1);
    }

    /// <summary>For a positive finite float.</summary>
    public static DecimalNumber Of(float value)
    {
        // Every float is a normal double: its 24 (or, subnormal, fewer) bits are the high bits of the 53.
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52) - 1023;
        ulong significand = ((ulong)bits & ((1UL << 52) - 1)) | (1UL << 52);
        if (exponent < -126)
        {
            return Of(significand >> (52 - exponent - 149), -149, false);
        }

        significand >>= 29;
        return Of(significand, exponent - 23, significand == 1UL << 23 && exponent > -126);
    }

    /// <summary>For c 2^q, where the number below is at distance 2^q, or 2^(q-1) if c is the smallest of its binade.</summary>
    private static DecimalNumber Of(ulong c, int q, bool halfDistanceBelow)
    {
        // k = floor(log10(2^q)), or floor(log10(3/4 2^q)): the factors are log10(2) 2^22 and -log10(3/4) 2^22.
        int k = ((q * 1262611) - (halfDistanceBelow ? 524031 : 0)) >> 22;
        int shift = q + PowersOfTen.FloorLog2(-k) + 1;

        // Four times the number and the ends of its interval in units of 10^k.
        ulong lower = ScaleToOdd(((4 * c) - (halfDistanceBelow ? 1UL : 2UL)) << shift, -k);
        ulong scaled = ScaleToOdd((4 * c) << shift, -k);
        ulong upper = ScaleToOdd(((4 * c) + 2) << shift, -k);

        // The ends belong to the interval for even c only.
        lower += c & 1;
        upper -= c & 1;

        ulong floor = scaled >> 2;
        if (floor >= 10)
        {
            ulong tenth = floor / 10;
            bool below = lower <= 40 * tenth;
            bool above = (40 * tenth) + 40 <= upper;
            if (below != above)
            {
                return new(above ? tenth + 1 : tenth, k + 1);
            }
        }

        bool floorInside = lower <= 4 * floor;
        bool ceilingInside = (4 * floor) + 4 <= upper;
        if (floorInside != ceilingInside)
        {
            return new(ceilingInside ? floor + 1 : floor, k);
        }

        ulong middle = (4 * floor) + 2;
        bool up = scaled > middle || (scaled == middle && (floor & 1) != 0);
        return new(up ? floor + 1 : floor, k);
    }

    /// <summary>
    /// factor 10^n over the power of two that <see cref="PowersOfTen.Multiply(ulong, int)"/> carries: the integer part, its last bit set if there is a fraction.
    /// The table is rounded up in its 128th bit, which adds less than 2^-63 to the fraction; a fraction that is not zero is larger.
    /// </summary>
    private static ulong ScaleToOdd(ulong factor, int n)
    {
        (ulong high, ulong low) = PowersOfTen.Multiply(factor, n);
        return high | (low > 1 ? 1UL : 0UL);
    }
}
