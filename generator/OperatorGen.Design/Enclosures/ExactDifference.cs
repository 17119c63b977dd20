using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>g - p where g is a polynomial, in exact arithmetic: nothing of a small difference is lost to rounding.</summary>
internal static class ExactDifference
{
    /// <summary>g - p; null where g is no polynomial.</summary>
    public static PolynomialFunction? Of(DecoderPolynomial polynomial)
    {
        if (!polynomial.Function.IsPolynomial)
        {
            return null;
        }

        int degree = polynomial.Function is PolynomialFunction function ? System.Math.Max(function.Degree, polynomial.Order) : System.Math.Max(1, polynomial.Order);
        BigRational[] difference = polynomial.Function.ExactTaylor(degree)!;
        IReadOnlyList<BigRational> p = polynomial.IsExact && polynomial.ExactMonomials is { } exact ? exact : Monomials(polynomial);
        for (int k = 0; k < p.Count; k++)
        {
            difference[k] -= p[k];
        }

        return new PolynomialFunction(difference);
    }

    /// <summary>
    /// An upper bound of the difference's magnitude. It is written about the middle of the range first, exactly: far from 0 the coefficients about 0 cancel,
    /// and their rounding would be all that is left.
    /// </summary>
    public static double Bound(PolynomialFunction difference, Interval range)
    {
        double centre = range.IsFinite ? range.Midpoint : 0;
        PolynomialFunction about = centre == 0 ? difference
            : new PolynomialFunction(TaylorShift.Apply<BigRational, RationalRing>(difference.Coefficients, BigRational.FromDouble(centre)));
        return new PolynomialEnclosure(about).Range(range - centre, magnitude: true).Magnitude;
    }

    // Clenshaw's scheme as in ShiftedPolynomial, about 0.
    private static BigRational[] Monomials(DecoderPolynomial polynomial)
    {
        int order = polynomial.Order;
        var last = new BigRational[order + 1];
        var beforeLast = new BigRational[order + 1];
        last[0] = BigRational.FromDouble(polynomial.Coefficients[order]);
        for (int k = order - 1; k >= 0; k--)
        {
            BigRational inverse = BigRational.FromDouble(polynomial.Basis.Scale(k)).Reciprocal();
            BigRational at = -BigRational.FromDouble(polynomial.Basis.Alpha(k)) * inverse;
            BigRational ratio = k + 2 <= order
                ? BigRational.FromDouble(polynomial.Basis.Beta(k + 1)) / BigRational.FromDouble(polynomial.Basis.Scale(k + 1))
                : BigRational.Zero;
            for (int j = order - k; j >= 0; j--)
            {
                beforeLast[j] = (at * last[j]) + (j > 0 ? inverse * last[j - 1] : BigRational.Zero) - (ratio * beforeLast[j]);
            }

            beforeLast[0] += BigRational.FromDouble(polynomial.Coefficients[k]);
            (last, beforeLast) = (beforeLast, last);
        }

        return last;
    }
}
