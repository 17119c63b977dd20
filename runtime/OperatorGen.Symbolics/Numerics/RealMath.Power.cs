using System;

namespace OperatorGen.Symbolics;

/// <content>Integer powers.</content>
public static partial class RealMath
{
    /// <summary>x^n by repeated squaring; 1 for n = 0, whatever x is.</summary>
    public static double Pow(double x, int n)
    {
        bool negative = (n & 1) != 0 && BitConverter.DoubleToInt64Bits(x) < 0;
        double magnitude = Math.Abs(x);
        if (n == 0 || n == 1 || double.IsNaN(x))
        {
            return n == 0 ? 1 : x;
        }

        if (magnitude == 0 || double.IsInfinity(magnitude))
        {
            magnitude = magnitude == 0 == n > 0 ? 0 : double.PositiveInfinity;
            return negative ? -magnitude : magnitude;
        }

        double power = PositivePower(magnitude, n);
        return negative ? -power : power;
    }

    /// <summary>
    /// x^n for x &gt; 0. The mantissas are kept apart from the exponents, so that nothing overflows before the end.
    /// The relative error is about |n| 2^-103, at most 2^-72.
    /// </summary>
    private static double PositivePower(double x, int n)
    {
        long squareExponent = 0;
        if (x < 1e-300)
        {
            x *= DoubleDouble.PowerOfTwo(200);
            squareExponent = -200;
        }

        DoubleDouble square = Normalize(x, ref squareExponent);
        DoubleDouble product = 1.0;
        long productExponent = 0;
        for (long rest = Math.Abs((long)n); ; rest >>= 1)
        {
            if ((rest & 1) != 0)
            {
                productExponent += squareExponent;
                product = Normalize(product * square, ref productExponent);
            }

            if (rest <= 1)
            {
                break;
            }

            squareExponent *= 2;
            square = Normalize(square * square, ref squareExponent);
        }

        if (n < 0)
        {
            product = 1.0 / product;
            productExponent = -productExponent;
        }

        return product.ToDouble((int)Math.Max(-1500, Math.Min(1500, productExponent)));
    }

    /// <summary>The value with High in [1, 2), the power of two moved to the exponent.</summary>
    private static DoubleDouble Normalize(DoubleDouble value, ref long exponent)
    {
        int shift = (int)(BitConverter.DoubleToInt64Bits(value.High) >> 52) - 1023;
        exponent += shift;
        return value.Scale(-shift / 2).Scale(-shift - (-shift / 2));
    }
}
