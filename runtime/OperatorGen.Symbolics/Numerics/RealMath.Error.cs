using System;

namespace OperatorGen.Symbolics;

/// <content>The error function.</content>
public static partial class RealMath
{
    /// <summary>The error function erf x = 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.</summary>
    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude == 0 || double.IsNaN(x))
        {
            return x;
        }

        if (magnitude > 6)
        {
            return x < 0 ? -1 : 1;
        }

        double value = magnitude < 0.5
            ? ErrorFunctionNearZero(magnitude)
            : (1.0 - DoubleDoubleErfc(magnitude, out int exponent).Scale(exponent)).High;
        return x < 0 ? -value : value;
    }

    /// <summary>The complementary error function erfc x = 1 - erf x, with small relative error for large x.</summary>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x) || x < -6 || x > 28)
        {
            return double.IsNaN(x) ? x : x < 0 ? 2 : 0;
        }

        DoubleDouble mantissa = DoubleDoubleErfc(Math.Abs(x), out int exponent);
        return x < 0 ? (2.0 - mantissa.Scale(exponent)).High : mantissa.ToDouble(exponent);
    }

    /// <summary>x times a series in x^2; x is scaled so that its product with 2/sqrt(pi) is rounded once where it is subnormal.</summary>
    private static double ErrorFunctionNearZero(double x)
    {
        if (x > 1e-100)
        {
            return (ErrorFunctionTables.NearZero.At(DoubleDouble.Product(x, x)) * x).High;
        }

        return (ErrorFunctionTables.NearZero.At(0.0) * (x * DoubleDouble.PowerOfTwo(800))).ToDouble(-800);
    }

    /// <summary>m of erfc x = m 2^exponent = e^(-x^2) erfcx x, for 0 &lt;= x &lt;= 28.</summary>
    private static DoubleDouble DoubleDoubleErfc(double x, out int exponent)
    {
        DoubleDouble square = x > 1e-100 ? DoubleDouble.Product(x, x) : 0.0;
        return ExponentialMantissa(-square, out exponent) * ErrorFunctionTables.ScaledComplement(x);
    }
}
