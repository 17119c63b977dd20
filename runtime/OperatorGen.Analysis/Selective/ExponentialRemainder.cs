using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What the exponential series leaves out, R_k(z) = e^z - sum_(j &lt;= k) z^j / j! = sum_(j &gt; k) z^j / j!, times a power of e that may be far out of range.
/// With x = |z|, the difference is taken for the orders k + 1 &lt;= x, upward from R_(-1) = e^z, and the series for the others, downward from the highest order.
/// <para>
/// Rounding. Let A_k be the sum of the absolute values of what is added: e^(Re z) + sum_(j &lt;= k) x^j / j! of a difference, sum_(j &gt; k) x^j / j! of a series.
/// A summand z^j / j! is the result of 4 j roundings, and a sum of n of them adds n; the exponentials are wrong by u (|scale| + x) for their arguments and 4 u; and
/// z itself, where it is wrong by d, moves R_k by at most d |R_(k-1)|, where x A_(k-1) &lt;= (x + k + 1) A_k. All together is below 2^-48 (|scale| + x + k + 8) A_k
/// for a d of a few u x, and is added. For real z nothing is lost by that: |R_k| is at least A_k / 3 of z &gt; 0, and A_k / (2 (k + 2)) of a difference with z &lt; 0;
/// of a series with z &lt; 0, |R_k| is at least x^(k+1) / (k+1)! / e, and A_k is at most some sqrt(k) times x^(k+1) / (k+1)!.
/// </para>
/// </summary>
internal static class ExponentialRemainder
{
    private const double Rounding = 1.0 / (1L << 48);
    private const double SeriesEnd = 1.0 / (1L << 60);

    // Somewhat below this exponent e^scale is no normal number any more: the least one takes its place, and the powers then count in full.
    private const double LeastScale = -700;
    private const double LeastNormal = 2.2250738585072014e-308;

    // 2^-1000: above what all underflows together take away.
    private const double Underflow = 9.3326361850321888e-302;

    /// <summary>Upper bounds of e^scale |R_k(z)|, k = 0, 1, ...; infinite where a number on the way is out of range.</summary>
    /// <param name="scale">The exponent of the factor.</param>
    /// <param name="z">The argument.</param>
    /// <param name="doubt">How far z may be from the argument that is meant, apart from a few roundings of z.</param>
    /// <param name="bounds">Room for the bounds, [order].</param>
    public static void Bound(double scale, ComplexNumber z, double doubt, Span<double> bounds)
    {
        double size = z.Magnitude + doubt;
        if (size == 0)
        {
            bounds.Clear();
            return;
        }

        // e^scale z^k / k! and its absolute value.
        Span<ComplexNumber> terms = stackalloc ComplexNumber[bounds.Length + 1];
        Span<double> sizes = stackalloc double[bounds.Length + 1];
        sizes[0] = Math.Max(RealMath.Exp(scale), LeastNormal);
        terms[0] = sizes[0];
        for (int k = 1; k < terms.Length; k++)
        {
            terms[k] = terms[k - 1] * new ComplexNumber(z.Re / k, z.Im / k);
            sizes[k] = sizes[k - 1] * size / k;
        }

        double share = Rounding + (2 * doubt / size);
        double Bounded(ComplexNumber rest, double exponential, double powers, int k)
        {
            double rounding = share * (Math.Abs(scale) + size + k + 8) * (exponential + powers);
            double bound = rest.Magnitude + rounding + (scale < LeastScale ? powers : 0) + Underflow;
            return double.IsNaN(bound) || doubt > 0.5 ? double.PositiveInfinity : bound;
        }

        int differences = (int)Math.Min(bounds.Length, Math.Floor(size));
        if (differences > 0)
        {
            ComplexNumber rest = ComplexNumber.Exp(new ComplexNumber(scale + z.Re, z.Im));
            double exponential = rest.Magnitude, powers = 0;
            for (int k = 0; k < differences; k++)
            {
                rest -= terms[k];
                powers += sizes[k];
                bounds[k] = Bounded(rest, exponential, powers, k);
            }
        }

        if (differences < bounds.Length)
        {
            (ComplexNumber rest, double powers) = Series(z, size, terms[bounds.Length], sizes[bounds.Length], bounds.Length);
            for (int k = bounds.Length - 1; k >= differences; k--)
            {
                bounds[k] = Bounded(rest, 0, powers, k);
                rest += terms[k];
                powers += sizes[k];
            }
        }
    }

    // sum of z^j / j! for j > the highest order, of the first of them, and the sum of the absolute values. The ratio of two terms falls; at the end it is at most 1/2.
    private static (ComplexNumber Sum, double Powers) Series(ComplexNumber z, double size, ComplexNumber term, double termSize, int first)
    {
        (ComplexNumber sum, double powers) = (term, termSize);
        for (int j = first + 1; 2 * size > j || termSize > SeriesEnd * powers; j++)
        {
            term *= new ComplexNumber(z.Re / j, z.Im / j);
            termSize *= size / j;
            sum += term;
            powers += termSize;
        }

        return (sum, powers);
    }
}
