using System;
using System.Linq;
using OperatorGen.Analysis;

namespace Signatures;

/// <summary>The group whose matrices a cell has, one per token: its products, and the points of the orbit of the first state.</summary>
internal sealed class Group
{
    private readonly int[,] _products;
    private readonly double[][] _orbit;

    private Group(int[,] products, double[][] orbit) => (_products, _orbit) = (products, orbit);

    /// <summary>The number of elements, which is that of tokens.</summary>
    public int Size => _orbit.Length;

    /// <summary>The element that a product of two is: the later token on the left.</summary>
    public int Product(int later, int earlier) => _products[later, earlier];

    /// <summary>Reads it off a cell. Products are found among the matrices within 1e-9.</summary>
    /// <exception cref="ArgumentException">The matrices are no group.</exception>
    public static Group Of(ControlledRecurrence recurrence)
    {
        int n = recurrence.States, size = recurrence.Inputs;
        double[][] matrices = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, n * n).Select(k => recurrence.A[(i * n * n) + k]).ToArray())];
        var products = new int[size, size];
        for (int later = 0; later < size; later++)
        {
            for (int earlier = 0; earlier < size; earlier++)
            {
                double[] product = [.. Enumerable.Range(0, n * n).Select(k => Enumerable.Range(0, n).Sum(j => matrices[later][((k / n) * n) + j] * matrices[earlier][(j * n) + (k % n)]))];
                products[later, earlier] = Array.FindIndex(matrices, matrix => matrix.Zip(product, (a, b) => Math.Abs(a - b)).Max() < 1e-9);
                if (products[later, earlier] < 0)
                {
                    throw new ArgumentException($"The product of the matrices {later} and {earlier} is none of the {size}.", nameof(recurrence));
                }
            }
        }

        return new Group(products, [.. matrices.Select(matrix => Enumerable.Range(0, n).Select(row => Enumerable.Range(0, n).Sum(k => matrix[(row * n) + k] * recurrence.Start[k])).ToArray())]);
    }

    /// <summary>The element whose point of the orbit is nearest to a state.</summary>
    public int Nearest(ReadOnlySpan<double> state)
    {
        (int best, double greatest) = (-1, double.NegativeInfinity);
        for (int g = 0; g < Size; g++)
        {
            double product = 0;
            for (int k = 0; k < state.Length; k++)
            {
                product += state[k] * _orbit[g][k];
            }

            (best, greatest) = product > greatest ? (g, product) : (best, greatest);
        }

        return best;
    }

    /// <summary>How far a state is from an element's point of the orbit.</summary>
    public double Distance(ReadOnlySpan<double> state, int element)
    {
        double sum = 0;
        for (int k = 0; k < state.Length; k++)
        {
            sum += (state[k] - _orbit[element][k]) * (state[k] - _orbit[element][k]);
        }

        return Math.Sqrt(sum);
    }
}
