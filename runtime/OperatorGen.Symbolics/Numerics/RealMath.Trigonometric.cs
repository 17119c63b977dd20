using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <content>Sine and cosine.</content>
public static partial class RealMath
{
    /// <summary>sin(r) / r in powers of r^2, |r| up to pi / 4.</summary>
    private static readonly DoubleDoublePolynomial SineSeries = MakeAlternatingFactorialSeries(1, 16);

    /// <summary>cos(r) in powers of r^2, |r| up to pi / 4.</summary>
    private static readonly DoubleDoublePolynomial CosineSeries = MakeAlternatingFactorialSeries(0, 17);

    /// <summary>sin x, x in radians.</summary>
    public static double Sin(double x)
    {
        if (Math.Abs(x) < Tiny)
        {
            return x;
        }

        return SineOfQuadrant(x, 0);
    }

    /// <summary>cos x, x in radians.</summary>
    public static double Cos(double x)
    {
        if (Math.Abs(x) < Tiny)
        {
            return 1;
        }

        return SineOfQuadrant(x, 1);
    }

    /// <summary>sin(x + turn pi/2).</summary>
    private static double SineOfQuadrant(double x, int turn)
    {
        if (double.IsNaN(x) || double.IsInfinity(x))
        {
            return double.NaN;
        }

        DoubleDouble rest = QuarterTurn.Reduce(x, out int quadrant);
        quadrant = (quadrant + turn) & 3;
        DoubleDouble square = rest * rest;
        DoubleDouble value = (quadrant & 1) == 0 ? rest * SineSeries.At(square) : CosineSeries.At(square);
        return quadrant < 2 ? value.High : -value.High;
    }

    /// <summary>sum of (-1)^n t^n / (2n + offset)!.</summary>
    private static DoubleDoublePolynomial MakeAlternatingFactorialSeries(int offset, int count)
    {
        var coefficients = new DoubleDouble[count];
        BigInteger factorial = BigInteger.One;
        for (int n = 0; n < count; n++)
        {
            if (n > 0)
            {
                factorial *= -((2 * n) + offset) * ((2 * n) + offset - 1);
            }

            coefficients[n] = DoubleDoubleConstants.ToDoubleDouble(DoubleDoubleConstants.One / factorial, DoubleDoubleConstants.Bits);
        }

        return new(coefficients, firstInDouble: 9);
    }
}
