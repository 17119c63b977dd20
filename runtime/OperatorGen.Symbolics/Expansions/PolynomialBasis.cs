using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// Polynomials p_0, p_1, ... of degree 0, 1, ... by a three-term recurrence,
/// <code>
/// p_0 = 1,   scale_k p_(k+1)(x) = (x - alpha_k) p_k(x) - beta_k p_(k-1)(x),   p_(-1) = 0
/// </code>
/// Powers about a point, Chebyshev polynomials of an interval and the orthonormal polynomials of a measure are all of this form.
/// </summary>
public sealed class PolynomialBasis
{
    private readonly double[] _alpha;
    private readonly double[] _beta;
    private readonly double[] _scale;

    /// <summary>Takes the recurrence.</summary>
    /// <param name="alpha">alpha_0 to alpha_(P-1).</param>
    /// <param name="beta">beta_0 to beta_(P-1); beta_0 has no effect.</param>
    /// <param name="scale">scale_0 to scale_(P-1), none of them 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a scale is 0.</exception>
    public PolynomialBasis(IReadOnlyList<double> alpha, IReadOnlyList<double> beta, IReadOnlyList<double> scale)
    {
        if (alpha.Count != beta.Count || alpha.Count != scale.Count)
        {
            throw new ArgumentException($"A recurrence has as many alpha as beta and scale, but {alpha.Count}, {beta.Count} and {scale.Count} were given.");
        }

        _alpha = [.. alpha];
        _beta = [.. beta];
        _scale = [.. scale];
        if (Array.IndexOf(_scale, 0.0) >= 0)
        {
            throw new ArgumentException("A scale of the recurrence is 0.", nameof(scale));
        }
    }

    /// <summary>P, the highest degree.</summary>
    public int Order => _alpha.Length;

    /// <summary>alpha_k.</summary>
    public double Alpha(int k) => _alpha[k];

    /// <summary>beta_k.</summary>
    public double Beta(int k) => _beta[k];

    /// <summary>scale_k.</summary>
    public double Scale(int k) => _scale[k];

    /// <summary>The powers (x - centre)^k.</summary>
    /// <param name="centre">The point of expansion.</param>
    /// <param name="order">The highest power.</param>
    public static PolynomialBasis Powers(double centre, int order)
    {
        var alpha = new double[order];
        var beta = new double[order];
        var scale = new double[order];
        for (int k = 0; k < order; k++)
        {
            alpha[k] = centre;
            scale[k] = 1;
        }

        return new PolynomialBasis(alpha, beta, scale);
    }

    /// <summary>
    /// The Chebyshev polynomials T_k((x - c) / h) of an interval with the middle c and the half width h. An interval of one point has h = 1.
    /// </summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    /// <param name="order">The highest degree.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, low is above high, or their difference overflows.</exception>
    public static PolynomialBasis Chebyshev(double low, double high, int order)
    {
        var (centre, halfWidth) = Interval(low, high);
        double unit = halfWidth == 0 ? 1 : halfWidth;
        var alpha = new double[order];
        var beta = new double[order];
        var scale = new double[order];
        for (int k = 0; k < order; k++)
        {
            alpha[k] = centre;
            beta[k] = k == 0 ? 0 : unit / 2;
            scale[k] = k == 0 ? unit : unit / 2;
        }

        return new PolynomialBasis(alpha, beta, scale);
    }

    /// <summary>p_0 to a lower degree: the same polynomials, fewer of them.</summary>
    /// <param name="order">The highest degree, at most <see cref="Order"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative or above this basis' order.</exception>
    public PolynomialBasis WithOrder(int order)
    {
        if (order < 0 || order > Order)
        {
            throw new ArgumentOutOfRangeException(nameof(order), $"A basis of order {Order} has none of order {order} in it.");
        }

        return new PolynomialBasis(Leading(_alpha, order), Leading(_beta, order), Leading(_scale, order));
    }

    /// <summary>p_0(x) to p_P(x).</summary>
    /// <param name="x">The argument.</param>
    /// <param name="values">Room for order + 1 numbers.</param>
    public void Values(double x, Span<double> values)
    {
        values[0] = 1;
        double previous = 0;
        for (int k = 0; k < Order; k++)
        {
            double next = (((x - _alpha[k]) * values[k]) - (_beta[k] * previous)) / _scale[k];
            previous = values[k];
            values[k + 1] = next;
        }
    }

    /// <summary>
    /// p_k in powers of x - centre: entry [k][j] is the coefficient of (x - centre)^j, j = 0..k. The recurrence is shifted, not the powers of x,
    /// so that nothing cancels near the centre of the basis.
    /// </summary>
    /// <param name="centre">The point about which the powers are.</param>
    public double[][] Monomials(double centre = 0)
    {
        var rows = new double[Order + 1][];
        rows[0] = [1];
        for (int k = 0; k < Order; k++)
        {
            var next = new double[k + 2];
            for (int j = 0; j <= k; j++)
            {
                next[j + 1] += rows[k][j] / _scale[k];
                next[j] += (centre - _alpha[k]) * rows[k][j] / _scale[k];
            }

            for (int j = 0; k > 0 && j < k; j++)
            {
                next[j] -= _beta[k] * rows[k - 1][j] / _scale[k];
            }

            rows[k + 1] = next;
        }

        return rows;
    }

    /// <summary>True where p_k is (x - centre)^k.</summary>
    internal bool IsPowersAbout(double centre)
    {
        for (int k = 0; k < Order; k++)
        {
            if (_alpha[k] != centre || _scale[k] != 1 || (k > 0 && _beta[k] != 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The middle and the half width of an interval, checked.</summary>
    internal static (double Centre, double HalfWidth) Interval(double low, double high)
    {
        double width = high - low;
        if (!(width >= 0) || double.IsInfinity(width))
        {
            throw new ArgumentOutOfRangeException(nameof(low), $"A range is from a finite number to one that is not less, but it is given as {NumberText.Format(low)} to {NumberText.Format(high)}.");
        }

        // The recurrence halves the half width once more: where that underflows, the range counts as one point.
        return (low + (width / 2), width / 4 == 0 ? 0 : width / 2);
    }

    private static double[] Leading(double[] values, int count)
    {
        var leading = new double[count];
        Array.Copy(values, leading, count);
        return leading;
    }
}
