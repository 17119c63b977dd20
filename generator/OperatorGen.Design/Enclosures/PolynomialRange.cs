using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>The values of a polynomial over an interval.</summary>
internal sealed class PolynomialRange
{
    private readonly ShiftedCoefficients _shift;

    /// <summary>Takes a decoder's polynomial.</summary>
    public PolynomialRange(DecoderPolynomial polynomial)
        : this(new ShiftedPolynomial(polynomial).About)
    {
    }

    /// <summary>Takes a polynomial in one variable.</summary>
    /// <param name="shift">Gives its coefficients about any point.</param>
    public PolynomialRange(ShiftedCoefficients shift) => _shift = shift;

    /// <summary>The coefficients of 1, y, y^2, ... of p(centre + y).</summary>
    public delegate ReadOnlySpan<Interval> ShiftedCoefficients(double centre);

    /// <summary>Contains p(x) for all x of the interval.</summary>
    /// <param name="x">The arguments; infinite ends are allowed.</param>
    /// <param name="magnitude">True where only the greatest magnitude of the result counts.</param>
    public Interval Over(Interval x, bool magnitude = false)
    {
        ReadOnlySpan<Interval> powers = _shift(0);
        int degree = powers.Length - 1;
        while (degree > 0 && powers[degree] == 0)
        {
            degree--;
        }

        if (degree == 0)
        {
            return powers[0];
        }

        if (x.IsFinite)
        {
            return Finite(x, magnitude);
        }

        // Beyond all zeros of the derivative the polynomial is monotone and goes to infinity with the sign of its leading term.
        if (powers[degree].Contains(0))
        {
            return Interval.Entire;
        }

        int sign = powers[degree].Low > 0 ? 1 : -1;
        double reach = CriticalRadius(powers.Slice(0, degree + 1));
        if (double.IsInfinity(reach))
        {
            return Interval.Entire;
        }

        Interval range = Finite(new(Math.Min(Math.Max(x.Low, -reach), x.High), Math.Max(Math.Min(x.High, reach), x.Low)), magnitude);
        range = x.High < double.PositiveInfinity ? range : TowardsInfinity(range, sign);
        return x.Low > double.NegativeInfinity ? range : TowardsInfinity(range, degree % 2 == 0 ? sign : -sign);
    }

    private static Interval TowardsInfinity(Interval range, int sign) =>
        sign > 0 ? new(range.Low, double.PositiveInfinity) : new(double.NegativeInfinity, range.High);

    /// <summary>Cauchy's bound of the zeros of p': 1 + max over k &lt; n of |k c_k| / |n c_n|.</summary>
    private static double CriticalRadius(ReadOnlySpan<Interval> c)
    {
        int n = c.Length - 1;
        double leading = Outward.ProductDown(n, c[n].Mignitude);
        double radius = 0;
        for (int k = 1; k < n && leading > 0; k++)
        {
            radius = Math.Max(radius, Outward.QuotientUp(Outward.ProductUp(k, c[k].Magnitude), leading));
        }

        return leading > 0 ? Outward.SumUp(1, radius) : double.PositiveInfinity;
    }

    private Interval Finite(Interval x, bool magnitude)
    {
        List<Interval> start = Subdivision.Start(x, []);
        return Subdivision.Range(OnPiece, start, Subdivision.PieceLimit, magnitude);
    }

    private PieceRange OnPiece(Interval piece)
    {
        double centre = piece.Midpoint;
        ReadOnlySpan<Interval> coefficients = _shift(centre);
        double radius = Math.Max(Outward.SumUp(piece.High, -centre), Outward.SumUp(centre, -piece.Low));
        return new(TaylorForm.Range(coefficients, radius), coefficients[0]);
    }
}
