using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <content>The exponential function and what is made of it.</content>
public static partial class RealMath
{
    private const double InverseLogarithmOfTwo = 1.4426950408889634;

    /// <summary>Halvings of the argument before the Taylor series of e^r - 1: |r| below log(2) / 2 / 2^3 = 0.0434.</summary>
    private const int ExponentialHalvings = 3;

    /// <summary>(e^r - 1) / r = sum of r^n / (n+1)!, up to r^15.</summary>
    private static readonly DoubleDoublePolynomial ExponentialSeries = MakeExponentialSeries();

    /// <summary>e^x.</summary>
    public static double Exp(double x)
    {
        if (!(Math.Abs(x) < 750))
        {
            return double.IsNaN(x) ? x : x > 0 ? double.PositiveInfinity : 0;
        }

        DoubleDouble mantissa = ExponentialMantissa(x, out int exponent);
        return mantissa.ToDouble(exponent);
    }

    /// <summary>e^x - 1, without cancellation for small x.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) < 1e-20)
        {
            return x;
        }

        if (!(Math.Abs(x) < 750))
        {
            return double.IsNaN(x) ? x : x > 0 ? double.PositiveInfinity : -1;
        }

        if (x < -80)
        {
            return -1;
        }

        DoubleDouble excess = ReducedExpm1(x, out int exponent);
        if (exponent == 0)
        {
            return excess.ToDouble(0);
        }

        // 2^k (1 + excess) - 1 = 2^k (1 + excess - 2^-k); beyond k = 200 the subtraction is nothing.
        DoubleDouble mantissa = excess + 1.0;
        return (exponent < 200 ? mantissa + -DoubleDouble.PowerOfTwo(-exponent) : mantissa).ToDouble(exponent);
    }

    /// <summary>tanh x = (e^2x - 1) / (e^2x + 1).</summary>
    public static double Tanh(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude < Tiny || double.IsNaN(x))
        {
            return x;
        }

        if (magnitude > 20)
        {
            return x < 0 ? -1 : 1;
        }

        DoubleDouble excess = DoubleDoubleExpm1(2 * magnitude);
        double value = (excess / (excess + 2.0)).High;
        return x < 0 ? -value : value;
    }

    /// <summary>The logistic function 1 / (1 + e^-x).</summary>
    public static double Sigmoid(double x)
    {
        // Below -100, 1 + e^x is 1 to 144 bits; above 100 the value is 1.
        if (!(Math.Abs(x) < 100))
        {
            return double.IsNaN(x) || x > 0 ? Math.Min(x, 1) : Exp(x);
        }

        DoubleDouble small = DoubleDoubleExp(-Math.Abs(x));
        return (x < 0 ? small / (small + 1.0) : 1.0 / (small + 1.0)).ToDouble(0);
    }

    /// <summary>log(1 + e^x), without overflow for large x and without cancellation for very negative x.</summary>
    public static double Softplus(double x)
    {
        // Beyond 100 the exponential is below the last place, x > 0, or is the value to 144 bits, x < 0.
        if (!(Math.Abs(x) < 100))
        {
            return double.IsNaN(x) || x > 0 ? x : Exp(x);
        }

        DoubleDouble logarithm = DoubleDoubleLog1p(DoubleDoubleExp(-Math.Abs(x)));
        return (x > 0 ? logarithm + x : logarithm).ToDouble(0);
    }

    /// <summary>e^x for |x| below 300, where nothing leaves the range of normal numbers.</summary>
    private static DoubleDouble DoubleDoubleExp(DoubleDouble x)
    {
        DoubleDouble mantissa = ExponentialMantissa(x, out int exponent);
        return mantissa.Scale(exponent);
    }

    /// <summary>e^x - 1 for 0 &lt;= x &lt; 300.</summary>
    private static DoubleDouble DoubleDoubleExpm1(DoubleDouble x)
    {
        DoubleDouble excess = ReducedExpm1(x, out int exponent);
        return exponent == 0 ? excess : (excess + 1.0).Scale(exponent) + -1.0;
    }

    /// <summary>m of e^x = m 2^exponent, between 0.7 and 1.5.</summary>
    private static DoubleDouble ExponentialMantissa(DoubleDouble x, out int exponent) => ReducedExpm1(x, out exponent) + 1.0;

    /// <summary>p of e^x = (1 + p) 2^exponent, for |x| below 800, with |p| below 0.42 and small relative error.</summary>
    private static DoubleDouble ReducedExpm1(DoubleDouble x, out int exponent)
    {
        double multiple = Math.Floor((x.High * InverseLogarithmOfTwo) + 0.5);
        exponent = (int)multiple;
        DoubleDouble rest = x;
        foreach (double piece in LogarithmOfTwoPieces)
        {
            rest += DoubleDouble.Product(-multiple, piece);
        }

        rest = rest.Scale(-ExponentialHalvings);
        DoubleDouble excess = rest * ExponentialSeries.At(rest);
        for (int i = 0; i < ExponentialHalvings; i++)
        {
            // (1 + p)^2 - 1
            excess = excess.Scale(1) + (excess * excess);
        }

        return excess;
    }

    private static DoubleDoublePolynomial MakeExponentialSeries()
    {
        var coefficients = new DoubleDouble[16];
        BigInteger factorial = BigInteger.One;
        for (int n = 0; n < coefficients.Length; n++)
        {
            factorial *= n + 1;
            coefficients[n] = DoubleDoubleConstants.ToDoubleDouble(DoubleDoubleConstants.One / factorial, DoubleDoubleConstants.Bits);
        }

        return new(coefficients, firstInDouble: 9);
    }
}
