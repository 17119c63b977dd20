using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// Least squares under a discrete measure. The measure's orthonormal polynomials come from the Lanczos process on the diagonal matrix of its
/// nodes, started with the roots of its weights (Gragg and Harrod 1984; Gautschi, Orthogonal Polynomials, 2.2.3), with every vector orthogonalised
/// twice against all before it.
/// </summary>
internal static class OrthonormalFit
{
    // A recurrence ends where the next polynomial, on the nodes, is this much smaller than their spread: it vanishes there but for rounding.
    private const double Vanishing = 1.0 / (1L << 40);

    // Polynomials whose values, by the recurrence in doubles, are further from orthonormal are not determined by the nodes.
    private const double Orthonormality = 1e-6;

    public static (PolynomialBasis Basis, double[] Coefficients) Of(DecoderFunction function, int order, ReducedMeasure measure)
    {
        int count = measure.Nodes.Count;
        double centre = measure.Nodes[0] + ((measure.Nodes[count - 1] - measure.Nodes[0]) / 2);
        double spread = (measure.Nodes[count - 1] - measure.Nodes[0]) / 2;
        var roots = new double[count];
        for (int i = 0; i < count; i++)
        {
            roots[i] = Math.Sqrt(measure.Weights[i]);
        }

        PolynomialBasis basis = Recurrence(measure, roots, centre, spread, order, out int determined);

        // values[i]: roots[i] times p_0 to p_P at node i.
        var values = new double[count][];
        for (int i = 0; i < count; i++)
        {
            values[i] = new double[order + 1];
            basis.Values(measure.Nodes[i], values[i]);
            for (int k = 0; k <= order; k++)
            {
                values[i][k] *= roots[i];
            }
        }

        determined = Math.Min(determined, OrthonormalOrder(values, determined));
        return (basis, Project(function, measure, roots, values, determined, order));
    }

    private static PolynomialBasis Recurrence(ReducedMeasure measure, double[] roots, double centre, double spread, int order, out int determined)
    {
        int count = roots.Length;
        var alpha = new double[order];
        var beta = new double[order];
        var scale = new double[order];
        var vectors = new double[order + 1][];
        vectors[0] = (double[])roots.Clone();
        Normalise(vectors[0]);
        determined = order;
        for (int k = 0; k < order; k++)
        {
            double[] q = vectors[k < determined ? k : determined];
            double shift = 0;
            for (int i = 0; i < count; i++)
            {
                shift += (measure.Nodes[i] - centre) * q[i] * q[i];
            }

            alpha[k] = centre + shift;
            if (k > determined)
            {
                scale[k] = spread > 0 ? spread : 1;
                continue;
            }

            beta[k] = k == 0 ? 0 : scale[k - 1];
            var next = new double[count];
            for (int i = 0; i < count; i++)
            {
                next[i] = ((measure.Nodes[i] - alpha[k]) * q[i]) - (k == 0 ? 0 : beta[k] * vectors[k - 1][i]);
            }

            Orthogonalise(next, vectors, k);
            Orthogonalise(next, vectors, k);
            scale[k] = Normalise(next);
            vectors[k + 1] = next;
            if (!(scale[k] > spread * Vanishing))
            {
                determined = k;
                scale[k] = spread > 0 ? spread : 1;
            }
        }

        return new PolynomialBasis(alpha, beta, scale);
    }

    // The greatest K so that the columns 0..K are orthonormal.
    private static int OrthonormalOrder(double[][] values, int order)
    {
        for (int k = 1; k <= order; k++)
        {
            for (int j = 0; j <= k; j++)
            {
                double product = j == k ? -1 : 0;
                foreach (double[] row in values)
                {
                    product += row[j] * row[k];
                }

                if (!(Math.Abs(product) <= Orthonormality))
                {
                    return k - 1;
                }
            }
        }

        return order;
    }

    // Projection, and twice that of what is left: the departure from orthonormality, E, leaves E^3 of the coefficients, below rounding.
    private static double[] Project(DecoderFunction function, ReducedMeasure measure, double[] roots, double[][] values, int determined, int order)
    {
        var coefficients = new double[order + 1];
        var left = new double[roots.Length];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = roots[i] * function.Value(measure.Nodes[i]);
            if (double.IsNaN(left[i]) || double.IsInfinity(left[i]))
            {
                throw new InvalidOperationException($"The decoder function '{function.Name}' overflows at the node {NumberText.Format(measure.Nodes[i])}.");
            }
        }

        for (int round = 0; round < 3; round++)
        {
            var steps = new double[determined + 1];
            for (int k = 0; k <= determined; k++)
            {
                CompensatedSum sum = default;
                for (int i = 0; i < left.Length; i++)
                {
                    sum.Add(values[i][k] * left[i]);
                }

                steps[k] = sum.Value;
                coefficients[k] += steps[k];
            }

            for (int i = 0; i < left.Length; i++)
            {
                for (int k = 0; k <= determined; k++)
                {
                    left[i] -= steps[k] * values[i][k];
                }
            }
        }

        return coefficients;
    }

    private static void Orthogonalise(double[] vector, double[][] against, int last)
    {
        for (int j = last; j >= 0; j--)
        {
            double product = 0;
            for (int i = 0; i < vector.Length; i++)
            {
                product += vector[i] * against[j][i];
            }

            for (int i = 0; i < vector.Length; i++)
            {
                vector[i] -= product * against[j][i];
            }
        }
    }

    private static double Normalise(double[] vector)
    {
        double squares = 0;
        foreach (double x in vector)
        {
            squares += x * x;
        }

        double norm = Math.Sqrt(squares);
        for (int i = 0; norm > 0 && i < vector.Length; i++)
        {
            vector[i] /= norm;
        }

        return norm;
    }
}
