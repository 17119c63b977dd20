using System;

namespace OperatorGen.Symbolics;

/// <content>The logarithm.</content>
public static partial class RealMath
{
    private const double SquareRootOfTwo = 1.4142135623730951;

    /// <summary>atanh(s) / s = sum of s^2n / (2n+1) in powers of s^2, for |s| up to (sqrt 2 - 1) / (sqrt 2 + 1) = 0.172.</summary>
    private static readonly DoubleDoublePolynomial InverseHyperbolicTangentSeries = MakeInverseHyperbolicTangentSeries();

    /// <summary>The natural logarithm.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        return DoubleDoubleLog(x).ToDouble(0);
    }

    /// <summary>log x for positive finite x whose low part is not subnormal.</summary>
    private static DoubleDouble DoubleDoubleLog(DoubleDouble x)
    {
        int exponent = 0;
        if (x.High < 1e-200)
        {
            x = x.Scale(600);
            exponent = -600;
        }

        int shift = (int)(BitConverter.DoubleToInt64Bits(x.High) >> 52) - 1023;
        if (x.High * DoubleDouble.PowerOfTwo(-shift / 2) * DoubleDouble.PowerOfTwo(-shift - (-shift / 2)) > SquareRootOfTwo)
        {
            shift++;
        }

        exponent += shift;
        x = x.Scale(-shift / 2).Scale(-shift - (-shift / 2));
        DoubleDouble logarithm = LogarithmOfRatio(x + -1.0, x + 1.0);
        foreach (double piece in LogarithmOfTwoPieces)
        {
            logarithm += DoubleDouble.Product(exponent, piece);
        }

        return logarithm;
    }

    /// <summary>log(1 + x) for x &gt; -1, with small relative error for small x.</summary>
    private static DoubleDouble DoubleDoubleLog1p(DoubleDouble x) =>
        Math.Abs(x.High) < 0.25 ? LogarithmOfRatio(x, x + 2.0) : DoubleDoubleLog(x + 1.0);

    /// <summary>log((1 + s) / (1 - s)) = 2 atanh s, s = numerator / denominator.</summary>
    private static DoubleDouble LogarithmOfRatio(DoubleDouble numerator, DoubleDouble denominator)
    {
        DoubleDouble s = numerator / denominator;
        return s.Scale(1) * InverseHyperbolicTangentSeries.At(s * s);
    }

    private static DoubleDoublePolynomial MakeInverseHyperbolicTangentSeries()
    {
        var coefficients = new DoubleDouble[23];
        for (int n = 0; n < coefficients.Length; n++)
        {
            coefficients[n] = (DoubleDouble)1.0 / ((2.0 * n) + 1);
        }

        return new(coefficients, firstInDouble: 11);
    }
}
