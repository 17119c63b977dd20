using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Integers to binary floating point, rounded half to even.</summary>
internal static class BinaryRounding
{
    /// <summary>The number of bits of |value|; 0 for 0.</summary>
    public static int BitLength(BigInteger value)
    {
#if NET
        return (int)BigInteger.Abs(value).GetBitLength();
#else
        byte[] bytes = BigInteger.Abs(value).ToByteArray();
        int length = (bytes.Length - 1) * 8;
        for (int top = bytes[bytes.Length - 1]; top != 0; top >>= 1)
        {
            length++;
        }

        return length;
#endif
    }

    /// <summary>The nearest integer to value of the form m 2^s with |m| at most 2^bits.</summary>
    public static BigInteger Round(BigInteger value, int bits)
    {
        int shift = BitLength(value) - bits;
        return shift <= 0 ? value : ShiftRight(value, shift) << shift;
    }

    /// <summary>value 2^exponent as the nearest double, rounded once, also where it is subnormal; infinity where it is too large.</summary>
    public static double ToDouble(BigInteger value, int exponent)
    {
        if (value.IsZero)
        {
            return 0;
        }

        int shift = Math.Max(BitLength(value) - 53, -1074 - exponent);
        if (shift > 0)
        {
            value = ShiftRight(value, shift);
            exponent += shift;
        }

        int resultExponent = BitLength(value) - 1 + exponent;
        if (resultExponent > 1023)
        {
            return value.Sign < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        double magnitude = (double)(long)value;
        return magnitude * DoubleDouble.PowerOfTwo(exponent / 2) * DoubleDouble.PowerOfTwo(exponent - (exponent / 2));
    }

    /// <summary>value 2^-shift, rounded half to even; shift at least 1.</summary>
    private static BigInteger ShiftRight(BigInteger value, int shift)
    {
        BigInteger magnitude = BigInteger.Abs(value);
        BigInteger quotient = magnitude >> shift;
        BigInteger twiceRest = (magnitude - (quotient << shift)) << 1;
        int comparison = twiceRest.CompareTo(BigInteger.One << shift);
        if (comparison > 0 || (comparison == 0 && !quotient.IsEven))
        {
            quotient += BigInteger.One;
        }

        return value.Sign < 0 ? -quotient : quotient;
    }
}
