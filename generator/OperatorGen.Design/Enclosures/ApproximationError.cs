using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>How far a decoder's polynomial may be from the function that it replaces.</summary>
public static class ApproximationError
{
    /// <summary>
    /// A proven upper bound of |g(x) - p(x)| over an interval: at most 2 % above the true maximum, as long as rounding does not make up the rest and the limit
    /// of the work is not reached; beyond these the bound is larger, never smaller. Positive infinity where the difference is unbounded.
    /// </summary>
    /// <remarks>
    /// p is meant in real arithmetic with exactly the doubles of its recurrence; only where its exact monomials are those of the function is the error 0.
    /// </remarks>
    /// <param name="polynomial">The polynomial p with its function g.</param>
    /// <param name="range">The arguments x; infinite ends are allowed.</param>
    public static double Bound(DecoderPolynomial polynomial, Interval range)
    {
        if (ExactDifference.Of(polynomial) is { } difference)
        {
            return difference.Degree == 0 && difference.Coefficients[0].IsZero ? 0
                : ExactDifference.Bound(difference, range);
        }

        FunctionEnclosure function = FunctionEnclosure.Of(polynomial.Function);
        var finite = range;
        double bound = 0;
        if (!range.IsFinite)
        {
            double tail = function.TailFrom!.Value;
            bound = Math.Max(
                range.Low == double.NegativeInfinity ? TailBound(function, polynomial, new(range.Low, Math.Min(-tail, range.High)), 0) : 0,
                range.High == double.PositiveInfinity ? TailBound(function, polynomial, new(Math.Max(tail, range.Low), range.High), function.RightSlope) : 0);
            if (double.IsInfinity(bound))
            {
                return bound;
            }

            finite = new(
                range.Low == double.NegativeInfinity ? Math.Min(-tail, range.High) : range.Low,
                range.High == double.PositiveInfinity ? Math.Max(tail, range.Low) : range.High);
        }

        var pieces = new ErrorPieces(function, new ShiftedPolynomial(polynomial));
        List<Interval> start = Subdivision.Start(finite, function.Landmarks);
        return Math.Max(bound, Subdivision.Range(pieces.OnPiece, start, Subdivision.PieceLimit, magnitude: true).Magnitude);
    }

    /// <summary>Over an unbounded tail the difference is bounded only where the polynomial is the line that the function approaches, up to a constant.</summary>
    private static double TailBound(FunctionEnclosure function, DecoderPolynomial polynomial, Interval tail, double? slope)
    {
        if (slope is null)
        {
            return double.PositiveInfinity;
        }

        IReadOnlyList<double> a = polynomial.Coefficients;
        for (int k = 2; k < a.Count; k++)
        {
            if (a[k] != 0)
            {
                return double.PositiveInfinity;
            }
        }

        double first = a.Count > 1 ? a[1] : 0;
        if (slope == 0)
        {
            return first == 0 ? (function.Values(tail) - a[0]).Magnitude : double.PositiveInfinity;
        }

        // g(x) = x up to the least positive double, and p(x) = a_0 + x - alpha_0.
        return first != 0 && first == polynomial.Basis.Scale(0)
            ? (new Interval(-double.Epsilon, double.Epsilon) - a[0] + polynomial.Basis.Alpha(0)).Magnitude
            : double.PositiveInfinity;
    }
}
