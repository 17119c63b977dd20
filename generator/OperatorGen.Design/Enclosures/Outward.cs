using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// Arithmetic whose result lies on a known side of the real one. An IEEE operation rounds to the nearest double, so the real result lies between the doubles
/// next to the rounded one, and one step through the bit pattern is enough. A sum is stepped only where its rounding error, which Knuth's two-sum
/// gives exactly, says that it lies on the wrong side. A product with the factor 0 is exactly 0, also against an infinite end, because an interval is a
/// set of real numbers. All operations are monotone as the real ones are, so that smaller operands give smaller results.
/// </summary>
internal static class Outward
{
    /// <summary>The least double above x; infinity stays.</summary>
    public static double Up(double x)
    {
        if (x == double.PositiveInfinity)
        {
            return x;
        }

        // Adding 0 turns -0 into 0. The magnitude is the pattern without the sign: it grows for positive numbers and shrinks for negative ones.
        long bits = BitConverter.DoubleToInt64Bits(x + 0.0);
        return BitConverter.Int64BitsToDouble(bits + ((bits >> 63) | 1));
    }

    /// <summary>The greatest double below x; minus infinity stays.</summary>
    public static double Down(double x) => -Up(-x);

    /// <summary>a + b, rounded up.</summary>
    public static double SumUp(double a, double b)
    {
        double sum = a + b;
        double partOfB = sum - a;
        double error = (a - (sum - partOfB)) + (b - partOfB);

        // The error is not a number where the sum overflows.
        return error <= 0 ? sum : Up(sum);
    }

    /// <summary>a + b, rounded down.</summary>
    public static double SumDown(double a, double b) => -SumUp(-a, -b);

    /// <summary>At least a b.</summary>
    public static double ProductUp(double a, double b)
    {
        if (a == 0 || b == 0)
        {
            return 0;
        }

        double product = a * b;

        // An underflow: the product has the sign of its factors.
        return product == 0 && a > 0 != b > 0 ? 0 : Up(product);
    }

    /// <summary>At most a b.</summary>
    public static double ProductDown(double a, double b) => -ProductUp(-a, b);

    /// <summary>At least a / b, b not 0.</summary>
    public static double QuotientUp(double a, double b)
    {
        if (a == 0)
        {
            return 0;
        }

        double quotient = a / b;
        return quotient == 0 && a > 0 != b > 0 ? 0 : Up(quotient);
    }

    /// <summary>At most a / b, b not 0.</summary>
    public static double QuotientDown(double a, double b) => -QuotientUp(-a, b);

    /// <summary>At least x^n for x at least 0.</summary>
    public static double PowerUp(double x, int n)
    {
        double power = 1;
        for (int i = 0; i < n; i++)
        {
            power = i == 0 ? x : ProductUp(power, x);
        }

        return power;
    }

    /// <summary>At most x^n for x at least 0.</summary>
    public static double PowerDown(double x, int n)
    {
        double power = 1;
        for (int i = 0; i < n; i++)
        {
            power = i == 0 ? x : ProductDown(power, x);
        }

        return power;
    }

    /// <summary>The greatest double that is at most value 2^-bits, for results in the range of normal numbers.</summary>
    public static double FixedDown(BigInteger value, int bits)
    {
        // The shift of BigInteger rounds towards minus infinity, and what is left has 53 bits, or is -2^53: a double either way.
        int shift = Math.Max(0, BinaryRounding.BitLength(value) - 53);
        return (long)(value >> shift) * DoubleDouble.PowerOfTwo(shift - bits);
    }

    /// <summary>The least double that is at least value 2^-bits, for results in the range of normal numbers.</summary>
    public static double FixedUp(BigInteger value, int bits) => -FixedDown(-value, bits);
}
