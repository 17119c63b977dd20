using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <content>The way to doubles.</content>
public readonly partial struct BigRational
{
    private const long GreatestExactInteger = 1L << 53;

    /// <summary>
    /// The nearest double, ties to even, for numerators and denominators of any size: infinity beyond the greatest double, subnormal numbers
    /// and 0 where the value is that small.
    /// </summary>
    public double ToDouble()
    {
        if (_wide is null && Math.Abs(_numerator) <= GreatestExactInteger && SmallDenominator <= GreatestExactInteger)
        {
            return (double)_numerator / SmallDenominator;
        }

        double magnitude = Round(BigInteger.Abs(Numerator), Denominator);
        return Sign < 0 ? -magnitude : magnitude;
    }

    // Divides to 55 or 56 bits, keeps what is left as one sticky bit, and rounds once to the place of the last bit of the result.
    private static double Round(BigInteger numerator, BigInteger denominator)
    {
        int shift = 55 - (int)(BitLength(numerator) - BitLength(denominator));
        BigInteger quotient = BigInteger.DivRem(
            shift > 0 ? numerator << shift : numerator,
            shift < 0 ? denominator << -shift : denominator,
            out BigInteger remainder);
        ulong bits = ((ulong)quotient << 1) | (remainder.IsZero ? 0UL : 1UL);
        int lowest = -shift - 1;
        int length = 64;
        while (bits >> (length - 1) == 0)
        {
            length--;
        }

        int drop = Math.Max(length - 53, -1074 - lowest);
        if (drop > length)
        {
            return 0;
        }

        ulong rest = bits & ((1UL << drop) - 1);
        ulong half = 1UL << (drop - 1);
        ulong kept = bits >> drop;
        if (rest > half || (rest == half && (kept & 1) == 1))
        {
            kept++;
        }

        return Scale(kept, lowest + drop);
    }

    // kept 2^exponent, with at most 53 bits in kept and an exponent of at least -1074: exact, or infinite.
    private static double Scale(ulong kept, int exponent)
    {
        if (exponent > 971)
        {
            return double.PositiveInfinity;
        }

        long power = exponent < -1022 ? 1L << (exponent + 1074) : (long)(exponent + 1023) << 52;
        return kept * BitConverter.Int64BitsToDouble(power);
    }

    private static long BitLength(BigInteger value)
    {
        byte[] bytes = value.ToByteArray();
        int last = bytes.Length - 1;
        while (last > 0 && bytes[last] == 0)
        {
            last--;
        }

        int top = bytes[last];
        int bits = 0;
        while (top != 0)
        {
            top >>= 1;
            bits++;
        }

        return (8L * last) + bits;
    }
}
