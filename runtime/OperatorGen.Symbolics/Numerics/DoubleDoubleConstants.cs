using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Constants as integers in units of 2^-bits, by series in integer arithmetic, and their way into double-double.</summary>
internal static class DoubleDoubleConstants
{
    /// <summary>Bits behind the binary point where nothing else is said: double-double takes 106 of them.</summary>
    public const int Bits = 256;

    /// <summary>1.</summary>
    public static readonly BigInteger One = BigInteger.One << Bits;

    /// <summary>atan(p/q) = sum of (-1)^n (p/q)^(2n+1) / (2n+1), for 0 &lt; p &lt; q.</summary>
    public static BigInteger ArcTangent(int p, int q, int bits)
    {
        BigInteger power = (BigInteger.One << bits) * p / q;
        BigInteger sum = BigInteger.Zero;
        for (int n = 0; !power.IsZero; n++)
        {
            BigInteger term = power / ((2 * n) + 1);
            sum += n % 2 == 0 ? term : -term;
            power = power * p * p / q / q;
        }

        return sum;
    }

    /// <summary>pi = 16 atan(1/5) - 4 atan(1/239) (Machin 1706).</summary>
    public static BigInteger Pi(int bits) => ((16 * ArcTangent(1, 5, bits + 16)) - (4 * ArcTangent(1, 239, bits + 16))) >> 16;

    /// <summary>log 2 = 2 atanh(1/3).</summary>
    public static BigInteger LogarithmOfTwo(int bits)
    {
        BigInteger power = (BigInteger.One << (bits + 16)) / 3;
        BigInteger sum = BigInteger.Zero;
        for (int n = 1; !power.IsZero; n += 2)
        {
            sum += power / n;
            power /= 9;
        }

        return (2 * sum) >> 16;
    }

    /// <summary>The square root of a number in units of 2^-bits, in the same units, by Newton's iteration from above.</summary>
    public static BigInteger SquareRoot(BigInteger value, int bits)
    {
        BigInteger radicand = value << bits;
        BigInteger root = BigInteger.One << ((BinaryRounding.BitLength(radicand) / 2) + 1);
        while (true)
        {
            BigInteger next = (root + (radicand / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    /// <summary>value 2^-bits as a double-double, cut off below the 106th bit.</summary>
    public static DoubleDouble ToDoubleDouble(BigInteger value, int bits)
    {
        double high = LeadingBits(ref value, bits);
        return DoubleDouble.Sum(high, LeadingBits(ref value, bits));
    }

    /// <summary>The 53 leading bits of value 2^-bits; value keeps the others.</summary>
    private static double LeadingBits(ref BigInteger value, int bits)
    {
        int shift = Math.Max(0, BinaryRounding.BitLength(value) - 53);
        BigInteger leading = value >> shift;
        value -= leading << shift;
        return (long)leading * DoubleDouble.PowerOfTwo(shift - bits);
    }

    /// <summary>
    /// value 2^-bits in pieces of so many bits each, so that a product with a small integer is exact; the last piece takes 53 bits of what is left.
    /// </summary>
    public static double[] Split(BigInteger value, int bits, int pieceBits, int count)
    {
        var pieces = new double[count];
        for (int i = 0; i < count; i++)
        {
            BigInteger piece = BinaryRounding.Round(value, i == count - 1 ? 53 : pieceBits);
            pieces[i] = BinaryRounding.ToDouble(piece, -bits);
            value -= piece;
        }

        return pieces;
    }
}
