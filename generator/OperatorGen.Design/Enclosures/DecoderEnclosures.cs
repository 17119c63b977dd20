using System;

namespace OperatorGen.Symbolics;

/// <summary>Proven ranges of decoder functions, of their Taylor coefficients and of the polynomials that replace them.</summary>
public static class DecoderEnclosures
{
    /// <summary>
    /// An interval that contains g(x) for every x of an interval. The ends are those of the true range, rounded outward; for polynomials of degree 2 and
    /// more they may lie 1 % of the range's width further out.
    /// </summary>
    /// <param name="function">The function g.</param>
    /// <param name="x">The arguments; infinite ends are allowed.</param>
    public static Interval Enclose(this DecoderFunction function, Interval x) => FunctionEnclosure.Of(function).Values(x);

    /// <summary>
    /// Intervals that contain g^(k)(x) / k!, k = 0 to the order, for every x of an interval: narrow for a single number, and wider than the true range over an
    /// interval. Where g has a corner inside (relu at 0), entry 1 holds all slopes of chords and the entries from 2 on are the real line.
    /// </summary>
    /// <param name="function">The function g.</param>
    /// <param name="x">The arguments; infinite ends are allowed.</param>
    /// <param name="order">The highest k, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
    public static Interval[] EncloseTaylor(this DecoderFunction function, Interval x, int order)
    {
        if (order < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(order), "The order of a Taylor series is at least 0.");
        }

        var coefficients = new Interval[order + 1];
        FunctionEnclosure.Of(function).Jet(x, coefficients);
        return coefficients;
    }

    /// <summary>
    /// An interval that contains p(x) for every x of an interval, the polynomial taken as exactly its doubles in its recurrence. By subdivision, until the ends are
    /// within 1 % of the range's width, or the work is at its limit.
    /// </summary>
    /// <param name="polynomial">The polynomial p.</param>
    /// <param name="x">The arguments; infinite ends are allowed.</param>
    public static Interval Enclose(this DecoderPolynomial polynomial, Interval x) => new PolynomialRange(polynomial).Over(x);
}
