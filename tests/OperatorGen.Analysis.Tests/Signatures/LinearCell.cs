using System;
using System.Linq;

namespace OperatorGen.Analysis.Tests.Signatures;

/// <summary>A linear cell, one matrix per letter, by its recurrence and by sums over words: Z = sum over w of A_wk ... A_w1 Z_0 S^w (arXiv:2402.19047).</summary>
internal sealed class LinearCell(double[][,] matrices, double[] start)
{
    private int Size => start.Length;

    /// <summary>The recurrence that belongs to a kind of path, from the start through all increments.</summary>
    public double[] Run(PathKind kind, double[][] increments)
    {
        double[] z = start;
        foreach (double[] h in increments)
        {
            z = kind switch
            {
                PathKind.PiecewiseLinear => Exponential(Sum(h), z),
                PathKind.Axis => h.Select((_, i) => i).Aggregate(z, (state, i) => Exponential(Scaled(i, h[i]), state)),
                _ => Added(z, Product(Sum(h), z)),
            };
        }

        return z;
    }

    /// <summary>The sum over the words of a signature up to a level; backwards: with the letters of every word in the wrong order.</summary>
    public double[] Project(TensorSeries signature, int level, bool backwards = false)
    {
        double[] z = start;
        for (int index = 0; index < signature.Order.Count && signature.Order[index].Length <= level; index++)
        {
            Word word = signature.Order[index];
            double[] term = [.. start.Select(value => value * signature.Values[index])];
            foreach (int letter in (backwards ? word.Reversed() : word).Letters)
            {
                term = Product(matrices[letter], term);
            }

            z = Added(z, term);
        }

        return z;
    }

    /// <summary>sum_t |sum_i A_i h^i|, in the norm of Frobenius: what is left out after level p is at most |Z_0| sum_(k &gt; p) R^k / k!.</summary>
    public double Radius(double[][] increments) => increments.Sum(h => Math.Sqrt(Sum(h).Cast<double>().Sum(a => a * a)));

    // Terms below 2^-60 of the state are not seen; the norms here are below 1.
    private double[] Exponential(double[,] a, double[] z)
    {
        double[] term = z, sum = z;
        for (int k = 1; k <= 30; k++)
        {
            term = [.. Product(a, term).Select(value => value / k)];
            sum = Added(sum, term);
        }

        return sum;
    }

    private double[,] Sum(double[] h)
    {
        var sum = new double[Size, Size];
        for (int i = 0; i < h.Length; i++)
        {
            for (int row = 0; row < Size; row++)
            {
                for (int column = 0; column < Size; column++)
                {
                    sum[row, column] += matrices[i][row, column] * h[i];
                }
            }
        }

        return sum;
    }

    private double[,] Scaled(int letter, double h)
    {
        var increment = new double[matrices.Length];
        increment[letter] = h;
        return Sum(increment);
    }

    private double[] Product(double[,] a, double[] z) => [.. Enumerable.Range(0, Size).Select(row => Enumerable.Range(0, Size).Sum(column => a[row, column] * z[column]))];

    private static double[] Added(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];
}
