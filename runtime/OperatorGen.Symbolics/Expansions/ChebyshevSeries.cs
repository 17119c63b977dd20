using System;
using System.Threading;

namespace OperatorGen.Symbolics;

/// <summary>
/// The coefficients of the Chebyshev series of a function on an interval, c_k = (2 - [k = 0]) / pi times the integral of
/// g(c + h cos theta) cos(k theta) over theta = 0..pi, by the n-point rule of Gauss and Chebyshev.
/// </summary>
/// <remarks>
/// What the rule gives is c_k plus, for m = 1, 2, ..., (-1)^m (c_(2mn-k) + c_(2mn+k)). Where g' has total variation V on the interval,
/// |c_j| is at most 2 h V / (pi j (j - 1)) (Trefethen, theorem 7.1), so the sum of these is below h V / n^2 for k much less than n. Every decoder
/// function but the polynomials has V at most 2 (tanh), whatever the interval: with n = 8192 a coefficient is wrong by less than 3e-8 h, against an
/// error of the best polynomial of order 16 near 9e-3 h where the function looks like a corner (|x| has 0.28 / P). Where it is smooth at the
/// scale of h / 300 the error is rounding: the coefficients of gelu fall like exp(-(j / h)^2 / 2), those of silu like exp(-pi j / h).
/// </remarks>
internal static class ChebyshevSeries
{
    private const int Nodes = 8192;

    // Exact for products of a polynomial of degree 64 and one of degree 16.
    private const int NodesOfPolynomial = 64;

    // 2^-48: the Chebyshev polynomials of degree 16 come with errors of some 2^-49.
    private const double Rounding = 1.0 / (1L << 48);

    private static readonly Lazy<double[]> s_many = new(() => PositiveCosines(Nodes), LazyThreadSafetyMode.PublicationOnly);
    private static readonly Lazy<double[]> s_few = new(() => PositiveCosines(NodesOfPolynomial), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>c_0 to c_P; those that cannot be told from 0, below 2^-48 of the greatest |g| on the interval, are 0.</summary>
    public static double[] Coefficients(DecoderFunction function, int order, double low, double high)
    {
        var (centre, halfWidth) = PolynomialBasis.Interval(low, high);
        var sums = new CompensatedSum[order + 1];
        double[] cosines = (function.IsPolynomial ? s_few : s_many).Value;
        double greatest = 0;
        foreach (double t in cosines)
        {
            // Pairs of nodes in mirror position, so that symmetry about the middle gives exact zeros.
            double right = function.Value(centre + (halfWidth * t));
            double left = function.Value(centre - (halfWidth * t));
            greatest = Math.Max(greatest, Math.Max(Math.Abs(right), Math.Abs(left)));
            double previous = t;
            double current = 1;
            for (int k = 0; k <= order; k++)
            {
                sums[k].Add((k % 2 == 0 ? right + left : right - left) * current);
                double next = (2 * t * current) - previous;
                previous = current;
                current = next;
            }
        }

        if (double.IsNaN(greatest) || double.IsInfinity(greatest))
        {
            throw new InvalidOperationException($"The decoder function '{function.Name}' overflows between {NumberText.Format(low)} and {NumberText.Format(high)}.");
        }

        var coefficients = new double[order + 1];
        for (int k = 0; k <= order; k++)
        {
            double c = sums[k].Value / (k == 0 ? 2 * cosines.Length : cosines.Length);
            coefficients[k] = Math.Abs(c) <= Rounding * greatest ? 0 : c;
        }

        if (halfWidth == 0)
        {
            Array.Clear(coefficients, 1, order);
            coefficients[0] = function.Value(centre);
        }

        return coefficients;
    }

    // cos((j + 1/2) pi / n) for j = 0..n/2 - 1; the other half are their negatives.
    private static double[] PositiveCosines(int n)
    {
        var cosines = new double[n / 2];
        for (int j = 0; j < cosines.Length; j++)
        {
            cosines[j] = RealMath.Cos(((2 * j) + 1) * Math.PI / (2 * n));
        }

        return cosines;
    }
}
