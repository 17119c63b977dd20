using System;
using System.Collections.Generic;

namespace OperatorGen.TestKit.Numbers;

/// <summary>
/// Least squares on all points, the plain way: the orthonormal columns of the powers of x at the points, every column orthogonalised twice
/// against those before. Knows nothing of recurrences and of reduced measures.
/// </summary>
public sealed class DenseFit
{
    private readonly double[] _points;
    private readonly double[] _weights;

    /// <summary>Fits to points with weights, up to an order.</summary>
    public DenseFit(double[] points, double[] weights, int order)
    {
        _points = points;
        _weights = weights;
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double x in points)
        {
            low = Math.Min(low, x);
            high = Math.Max(high, x);
        }

        for (int k = 0; k <= order; k++)
        {
            var column = new double[points.Length];
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = k == 0 ? 1 : (points[i] - ((low + high) / 2)) / (high > low ? (high - low) / 2 : 1) * Columns[k - 1][i];
            }

            double before = Norm(column);
            foreach (double[] other in (double[][])[.. Columns, .. Columns])
            {
                double product = Product(column, other);
                for (int i = 0; i < column.Length; i++)
                {
                    column[i] -= product * other[i];
                }
            }

            double norm = Norm(column);
            if (norm <= 1e-11 * before)
            {
                break;
            }

            Columns.Add(Array.ConvertAll(column, x => x / norm));
        }
    }

    /// <summary>The values at the points of the orthonormal polynomials of degree 0, 1, ..., as far as the points determine them.</summary>
    public List<double[]> Columns { get; } = [];

    /// <summary>The inner product, summed in blocks: a million equal summands one after another would be rounded to one side.</summary>
    public double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int start = 0; start < a.Length; start += 1024)
        {
            double block = 0;
            for (int i = start; i < Math.Min(start + 1024, a.Length); i++)
            {
                block += _weights[i] * a[i] * b[i];
            }

            sum += block;
        }

        return sum;
    }

    /// <summary>The norm under the weights.</summary>
    public double Norm(double[] a) => Math.Sqrt(Product(a, a));

    /// <summary>The values at the points of the fit of an order to values at the points.</summary>
    public double[] Fit(double[] values, int order)
    {
        var fit = new double[_points.Length];
        for (int k = 0; k <= order && k < Columns.Count; k++)
        {
            double coefficient = Product(values, Columns[k]);
            for (int i = 0; i < fit.Length; i++)
            {
                fit[i] += coefficient * Columns[k][i];
            }
        }

        return fit;
    }
}
