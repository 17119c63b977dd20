using System;

namespace OperatorGen.Symbolics;

/// <content>Values: in double-double where that is provably enough, else exactly.</content>
public sealed partial class PolynomialFunction
{
    // Within these bounds no product of the quick way overflows, and what underflows is below 2^-60 of any result it accepts.
    private const double GreatestQuickArgument = 16;
    private const double GreatestQuickCoefficient = 1e100;
    private const double LeastQuickSum = 1e-100;

    private DoubleDouble[]? _quickCoefficients;

    // Horner's scheme in double-double. Each of the n steps and the rounding of each coefficient is wrong by at most 2^-100 of the sum of |c_k x^k|;
    // where that sum is too large against the value, because terms cancelled, the quick way gives up.
    private bool TryQuickValue(double x, out double value)
    {
        value = 0;
        if (!(Math.Abs(x) <= GreatestQuickArgument))
        {
            return false;
        }

        DoubleDouble[] c = _quickCoefficients ??= Array.ConvertAll(_coefficients, Split);
        DoubleDouble sum = c[Degree];
        double magnitudes = Math.Abs(c[Degree].High);
        for (int k = Degree - 1; k >= 0; k--)
        {
            sum = (sum * x) + c[k];
            magnitudes = (magnitudes * Math.Abs(x)) + Math.Abs(c[k].High);
        }

        value = sum.High;
        return Math.Abs(value) > LeastQuickSum && magnitudes * (Degree + 1) < Math.Abs(value) * (1L << 40);
    }

    private double ExactValue(double x)
    {
        BigRational point = Degree == 0 ? BigRational.Zero : BigRational.FromDouble(x);
        BigRational value = _coefficients[Degree];
        for (int k = Degree - 1; k >= 0; k--)
        {
            value = (value * point) + _coefficients[k];
        }

        return value.ToDouble();
    }

    // Not a number where a coefficient is out of bounds: the quick way then gives up every time.
    private static DoubleDouble Split(BigRational coefficient)
    {
        double high = coefficient.ToDouble();
        return Math.Abs(high) <= GreatestQuickCoefficient
            ? new DoubleDouble(high, (coefficient - BigRational.FromDouble(high)).ToDouble())
            : double.NaN;
    }
}
