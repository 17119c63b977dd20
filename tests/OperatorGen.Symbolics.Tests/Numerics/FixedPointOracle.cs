using System;
using System.Numerics;

namespace OperatorGen.Symbolics.Tests.Numerics;

/// <summary>
/// Elementary functions in fixed point over BigInteger, by other formulas than the library's: Taylor series after many halvings, inverse functions by Newton's
/// step on them. Every function takes and returns units of 2^-bits; a caller asks for 200 bits more than the exponent of the result needs.
/// </summary>
internal static class FixedPointOracle
{
    private const int Guard = 64;

    /// <summary>x in units of 2^-bits, rounded down where x has finer bits.</summary>
    public static BigInteger FromDouble(double x, int bits)
    {
        (long mantissa, int exponent) = Decompose(x);
        int shift = exponent + bits;
        return shift >= 0 ? (BigInteger)mantissa << shift : (BigInteger)mantissa >> -shift;
    }

    /// <summary>x = mantissa 2^exponent.</summary>
    public static (long Mantissa, int Exponent) Decompose(double x)
    {
        long word = BitConverter.DoubleToInt64Bits(x);
        int field = (int)((word >> 52) & 0x7FF);
        long fraction = word & ((1L << 52) - 1);
        long mantissa = field == 0 ? fraction : fraction | (1L << 52);
        return (word < 0 ? -mantissa : mantissa, Math.Max(field, 1) - 1075);
    }

    /// <summary>e^x: Taylor after 40 halvings, then 40 squarings; a reciprocal for negative x.</summary>
    public static BigInteger Exp(BigInteger x, int bits)
    {
        if (x.Sign < 0)
        {
            // The reciprocal of a large number: its bits before the point count.
            int extra = (int)(BigInteger.Abs(x) >> bits) * 3 / 2;
            return (BigInteger.One << ((2 * (bits + extra)) - extra)) / Exp(-x << extra, bits + extra);
        }

        const int Halvings = 40;
        int work = bits + Guard + Halvings + ((int)(x >> bits) * 2);
        BigInteger r = (x << (work - bits)) >> Halvings;
        BigInteger one = BigInteger.One << work;
        BigInteger sum = one;
        BigInteger term = one;
        for (int n = 1; !term.IsZero; n++)
        {
            term = ((term * r) >> work) / n;
            sum += term;
        }

        for (int i = 0; i < Halvings; i++)
        {
            sum = (sum * sum) >> work;
        }

        return sum >> (work - bits);
    }

    /// <summary>log x by y + 2 (x - e^y) / (x + e^y), whose error is the cube of that of y.</summary>
    public static BigInteger Log(BigInteger x, int bits)
    {
        int length = (int)x.GetBitLength();
        double top = (double)(long)(length > 60 ? x >> (length - 60) : x << (60 - length));
        double start = Math.Log(top) + ((length - 60 - bits) * Math.Log(2));
        BigInteger y = FromDouble(start, bits);
        for (int i = 0; i < 5; i++)
        {
            BigInteger e = Exp(y, bits);
            y += ((x - e) << (bits + 1)) / (x + e);
        }

        return y;
    }

    /// <summary>pi by the series of Bailey, Borwein and Plouffe: sum of 16^-k (4/(8k+1) - 2/(8k+4) - 1/(8k+5) - 1/(8k+6)).</summary>
    public static BigInteger Pi(int bits)
    {
        BigInteger power = BigInteger.One << (bits + Guard);
        BigInteger sum = BigInteger.Zero;
        for (int k = 0; !power.IsZero; k++, power >>= 4)
        {
            int n = 8 * k;
            sum += (4 * power / (n + 1)) - (2 * power / (n + 4)) - (power / (n + 5)) - (power / (n + 6));
        }

        return sum >> Guard;
    }

    /// <summary>sin x and cos x: the remainder modulo 2 pi (or less), Taylor, x exact in units of 2^-exactBits.</summary>
    public static (BigInteger Sine, BigInteger Cosine) SinCos(BigInteger x, int bits)
    {
        int work = bits + Guard + Math.Max(0, (int)x.GetBitLength() - bits);
        BigInteger twoPi = Pi(work) << 1;
        BigInteger r = BigInteger.Remainder(x << (work - bits), twoPi);
        BigInteger sine = BigInteger.Zero;
        BigInteger cosine = BigInteger.Zero;
        BigInteger term = BigInteger.One << work;
        for (int n = 0; !term.IsZero; n++)
        {
            switch (n & 3)
            {
                case 0: cosine += term; break;
                case 1: sine += term; break;
                case 2: cosine -= term; break;
                default: sine -= term; break;
            }

            term = ((term * r) >> work) / (n + 1);
        }

        return (sine >> (work - bits), cosine >> (work - bits));
    }

    /// <summary>The angle of (x, y): from the platform's value t, plus d - d^3/3 with d = tan(angle - t).</summary>
    public static BigInteger Atan2(double y, double x, int bits)
    {
        // Only the ratio counts: scale both exactly to about 1.
        int exponent = -Math.ILogB(Math.Max(Math.Abs(x), Math.Abs(y)));
        BigInteger opposite = Scaled(y, exponent, bits);
        BigInteger adjacent = Scaled(x, exponent, bits);
        BigInteger angle = FromDouble(Math.Atan2(y, x), bits);
        for (int i = 0; i < 2; i++)
        {
            (BigInteger sine, BigInteger cosine) = SinCos(angle, bits);
            BigInteger d = (((opposite * cosine) - (adjacent * sine)) << bits) / ((adjacent * cosine) + (opposite * sine));
            angle += d - (((((d * d) >> bits) * d) >> bits) / 3);
        }

        return angle;
    }

    /// <summary>erf x = 2/sqrt(pi) sum of (-1)^n x^(2n+1) / (n! (2n+1)), with e^(x^2) of cancellation taken care of.</summary>
    public static BigInteger Erf(BigInteger x, int bits)
    {
        int integer = (int)(BigInteger.Abs(x) >> bits) + 1;
        int work = bits + Guard + (2 * integer * integer);
        x <<= work - bits;
        BigInteger square = (x * x) >> work;
        BigInteger power = x;
        BigInteger sum = BigInteger.Zero;
        for (int n = 0; BigInteger.Abs(power) > 1; n++)
        {
            sum += power / ((2 * n) + 1);
            power = -((power * square) >> work) / (n + 1);
        }

        // 1 / sqrt(pi) = sqrt(1 / pi)
        BigInteger rootPi = SquareRoot(Pi(work) << work);
        return ((2 * sum) << work) / rootPi >> (work - bits);
    }

    /// <summary>|actual - expected 2^-bits| in units of the last place of the double nearest to expected.</summary>
    public static double ErrorInUlps(double actual, BigInteger expected, int bits)
    {
        int length = (int)BigInteger.Abs(expected).GetBitLength();
        int ulpExponent = Math.Max(length - 1 - bits - 52, -1074);
        (long mantissa, int exponent) = Decompose(actual);

        // Both in units of 2^-common, common fine enough for either.
        int common = Math.Max(bits, Math.Max(-exponent, -ulpExponent)) + 40;
        BigInteger difference = ((BigInteger)mantissa << (exponent + common)) - (expected << (common - bits));
        BigInteger ratio = (BigInteger.Abs(difference) << 30) / (BigInteger.One << (ulpExponent + common));
        return (double)ratio / (1 << 30);
    }

    private static BigInteger Scaled(double x, int shift, int bits)
    {
        (long mantissa, int exponent) = Decompose(x);
        int total = exponent + shift + bits;
        return total >= 0 ? (BigInteger)mantissa << total : (BigInteger)mantissa >> -total;
    }

    private static BigInteger SquareRoot(BigInteger value)
    {
        BigInteger root = BigInteger.One << ((int)(value.GetBitLength() / 2) + 1);
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
