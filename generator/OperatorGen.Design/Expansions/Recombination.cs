using System;
using System.Buffers;

namespace OperatorGen.Symbolics;

/// <summary>
/// Replaces weighted points by few of them, with other weights, that have the same averages of p_0..p_2P and g p_0..g p_P (Tchakaloff's theorem,
/// by recombination of group averages: Litterer and Lyons 2012; Tchernychova 2016). The averages determine the least-squares polynomials of g of
/// every order up to P. The p are orthogonal under the points' own distribution, so that an average is kept to rounding relative to a function's
/// root mean square, however heavy the tails are.
/// </summary>
internal static class Recombination
{
    // A weight below this part of the total is none.
    private const double Negligible = 1.0 / (1L << 62) / (1L << 20);

    /// <summary>Reduces points.</summary>
    /// <param name="decoder">g.</param>
    /// <param name="order">P.</param>
    /// <param name="points">The points.</param>
    /// <param name="weights">Their weights, positive.</param>
    /// <returns>At most 3P + 2 of the points with weights of the same sum, in the order in which they were given.</returns>
    /// <exception cref="InvalidOperationException">g overflows at a point.</exception>
    public static (double[] Points, double[] Weights) Reduce(DecoderFunction decoder, int order, ReadOnlySpan<double> points, ReadOnlySpan<double> weights)
    {
        int n = points.Length;
        int degree = 2 * order;
        double[] rented = ArrayPool<double>.Shared.Rent((degree + 4) * n);
        try
        {
            Span<double> scaled = rented.AsSpan(0, n);
            Span<double> current = rented.AsSpan(n, n);
            Span<double> values = rented.AsSpan(2 * n, n);
            double total = Normalise(points, weights, scaled, current);
            var polynomials = new SamplePolynomials(scaled, current, degree, rented.AsSpan(3 * n, (degree + 1) * n));
            bool isRedundant = decoder.IsPolynomial && (decoder is not PolynomialFunction g || g.Degree <= order);
            int products = isRedundant ? -1 : Math.Min(order, polynomials.Degree);
            TabulatedFunction table = TabulatedFunction.Of(decoder);
            for (int i = 0; i < n && products >= 0; i++)
            {
                values[i] = table.Value(points[i]);
                if (double.IsNaN(values[i]) || double.IsInfinity(values[i]))
                {
                    throw new InvalidOperationException($"The decoder function '{decoder.Name}' overflows at the sample {NumberText.Format(points[i])}.");
                }
            }

            int[] left = Concentrate(polynomials, values, products, current);
            var nodes = new double[left.Length];
            var masses = new double[left.Length];
            for (int i = 0; i < left.Length; i++)
            {
                nodes[i] = points[left[i]];
                masses[i] = current[left[i]] * total;
            }

            return (nodes, masses);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    // Points into -1..1, weights to sum 1.
    private static double Normalise(ReadOnlySpan<double> points, ReadOnlySpan<double> weights, Span<double> scaled, Span<double> current)
    {
        double low = points[0];
        double high = points[0];
        CompensatedSum sum = default;
        for (int i = 0; i < points.Length; i++)
        {
            low = Math.Min(low, points[i]);
            high = Math.Max(high, points[i]);
            sum.Add(weights[i]);
        }

        double centre = (low / 2) + (high / 2);
        double halfWidth = (high / 2) - (low / 2);
        for (int i = 0; i < points.Length; i++)
        {
            scaled[i] = halfWidth > 0 ? (points[i] - centre) / halfWidth : 0;
            current[i] = weights[i] / sum.Value;
        }

        return sum.Value;
    }

    // Round by round leaves no more groups of points than there are functions, until each group is one point.
    private static int[] Concentrate(SamplePolynomials polynomials, ReadOnlySpan<double> g, int products, Span<double> weights)
    {
        double[] scales = Scales(polynomials, g, products, weights);
        var left = new int[weights.Length];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = i;
        }

        while (true)
        {
            int groups = Math.Min(left.Length, 2 * scales.Length);
            bool isLast = groups == left.Length;
            double[][] table = GroupSums(polynomials, g, products, weights, left, groups, scales);
            var before = new double[groups];
            for (int j = 0; j < groups; j++)
            {
                double mass = 0;
                for (int i = Start(left.Length, groups, j); i < Start(left.Length, groups, j + 1); i++)
                {
                    mass += weights[left[i]];
                }

                before[j] = Math.Sqrt(mass);
                foreach (double[] row in table)
                {
                    row[j] /= before[j];
                }
            }

            var after = (double[])before.Clone();
            PositiveCombination.Concentrate(table, after);
            int count = 0;
            for (int j = 0; j < groups; j++)
            {
                double factor = after[j] / before[j];
                for (int i = Start(left.Length, groups, j); i < Start(left.Length, groups, j + 1); i++)
                {
                    weights[left[i]] *= factor;
                    if (weights[left[i]] > Negligible)
                    {
                        left[count++] = left[i];
                    }
                }
            }

            Array.Resize(ref left, count);
            if (isLast)
            {
                return left;
            }
        }
    }

    // One over the root mean square of each function.
    private static double[] Scales(SamplePolynomials polynomials, ReadOnlySpan<double> g, int products, ReadOnlySpan<double> weights)
    {
        var scales = new double[polynomials.Degree + products + 2];
        for (int k = 0; k <= polynomials.Degree; k++)
        {
            scales[k] = 1 / polynomials.Norm(k);
        }

        for (int k = 0; k <= products; k++)
        {
            ReadOnlySpan<double> p = polynomials.Values(k);
            double square = 0;
            for (int i = 0; i < p.Length; i++)
            {
                double value = g[i] * p[i];
                square += weights[i] * value * value;
            }

            scales[polynomials.Degree + 1 + k] = square > 0 ? 1 / Math.Sqrt(square) : 0;
        }

        return scales;
    }

    private static double[][] GroupSums(SamplePolynomials polynomials, ReadOnlySpan<double> g, int products, ReadOnlySpan<double> weights, int[] left, int groups, double[] scales)
    {
        var table = new double[scales.Length][];
        for (int k = 0; k <= polynomials.Degree; k++)
        {
            ReadOnlySpan<double> p = polynomials.Values(k);
            double[] row = table[k] = new double[groups];
            double[]? productRow = k <= products ? table[polynomials.Degree + 1 + k] = new double[groups] : null;
            for (int j = 0; j < groups; j++)
            {
                double sum = 0;
                double productSum = 0;
                int end = Start(left.Length, groups, j + 1);
                for (int i = Start(left.Length, groups, j); i < end; i++)
                {
                    int at = left[i];
                    double value = weights[at] * p[at];
                    sum += value;
                    if (productRow is not null)
                    {
                        productSum += g[at] * value;
                    }
                }

                row[j] = sum * scales[k];
                if (productRow is not null)
                {
                    productRow[j] = productSum * scales[polynomials.Degree + 1 + k];
                }
            }
        }

        return table;
    }

    private static int Start(int count, int groups, int j) => (int)((long)count * j / groups);
}
