using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests.Numerics;

/// <summary>Eigenvalues and eigenvectors of real matrices.</summary>
public sealed class EigenbasisTests
{
    /// <summary>A V = V Lambda and W' V = 1, each to some N roundings of the matrix, the second times the condition number.</summary>
    [Fact]
    public void Vectors_and_coordinates_belong_to_the_matrix()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int size = 1 + (seed % 20);
            var a = new RealMatrix(size);
            for (int i = 0; i < size * size; i++)
            {
                a[i / size, i % size] = (2 * random.NextDouble()) - 1;
            }

            Eigenbasis basis = Eigenbasis.Of(a)!;
            Assert.Equal(size, Enumerable.Range(0, basis.Eigenvalues.Count).Sum(m => basis.IsPair(m) ? 2 : 1));
            double unit = 64.0 * size / (1L << 53);
            double[] x = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble())];
            var back = new double[size];
            for (int m = 0; m < basis.Eigenvalues.Count; m++)
            {
                Assert.True(basis.Eigenvalues[m].Im >= 0);
                ComplexNumber z = basis.Coordinate(m, x);
                for (int row = 0; row < size; row++)
                {
                    ComplexNumber product = Enumerable.Range(0, size).Aggregate(ComplexNumber.Zero, (sum, k) => sum + (a[row, k] * basis.Vector(m, k)));
                    Assert.InRange((product - (basis.Eigenvalues[m] * basis.Vector(m, row))).Magnitude, 0, unit * a.Frobenius());
                    back[row] += (basis.IsPair(m) ? 2 : 1) * (basis.Vector(m, row) * z).Re;
                }
            }

            Assert.All(x.Zip(back), pair => Assert.Equal(pair.First, pair.Second, unit * basis.Condition));
        }
    }

    [Fact]
    public void Conjugate_pairs_and_real_eigenvalues_are_told_apart()
    {
        // Blocks [[1, -2], [2, 1]] and [3].
        var a = new RealMatrix(3);
        (a[0, 0], a[0, 1], a[1, 0], a[1, 1], a[2, 2]) = (1, -2, 2, 1, 3);
        Eigenbasis basis = Eigenbasis.Of(a)!;
        Assert.Equal([new ComplexNumber(1, 2), new ComplexNumber(3, 0)], basis.Eigenvalues);
        Assert.Equal((true, false), (basis.IsPair(0), basis.IsPair(1)));
        Assert.InRange(basis.Condition, 1, 1.1);
    }

    [Fact]
    public void The_condition_number_is_that_of_a_triangular_matrix()
    {
        // Eigenvectors (1, 0) and (1, d) / root(1 + d^2): the condition number is about 2 / d.
        foreach (double d in new[] { 0.1, 1e-3, 1e-6, 1e-9 })
        {
            var a = new RealMatrix(2);
            (a[0, 0], a[0, 1], a[1, 1]) = (1, 1, 1 + d);
            Assert.InRange(Eigenbasis.Of(a)!.Condition * d, 1.9, 2.2);
        }
    }

    [Fact]
    public void A_Jordan_block_has_no_basis_that_is_worth_its_name()
    {
        var a = new RealMatrix(2);
        (a[0, 0], a[0, 1], a[1, 1]) = (1, 0.5, 1);
        Assert.True(Eigenbasis.Of(a) is not { Condition: < 1e12 });
    }

    [Fact]
    public void Numbers_beyond_all_doubles_have_no_basis()
    {
        var a = new RealMatrix(3);
        (a[0, 1], a[1, 2], a[2, 0]) = (double.PositiveInfinity, double.NaN, 1);
        Assert.Null(Eigenbasis.Of(a));
    }

    [Fact]
    public void The_norm_is_at_least_the_greatest_singular_value_and_little_more()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 50; trial++)
        {
            var a = new RealMatrix(1 + (trial % 12));
            for (int i = 0; i < a.Size * a.Size; i++)
            {
                a[i / a.Size, i % a.Size] = (2 * random.NextDouble()) - 1;
            }

            // Power iteration from below.
            double[] x = [.. Enumerable.Range(0, a.Size).Select(_ => random.NextDouble())];
            double found = 0;
            for (int i = 0; i < 2000; i++)
            {
                double[] y = a.Times(x);
                found = Math.Sqrt(y.Sum(value => value * value) / x.Sum(value => value * value));
                double[] z = a.Transposed().Times(y);
                double size = z.Max(Math.Abs);
                x = Array.ConvertAll(z, value => value / size);
            }

            Assert.InRange(a.Norm(), found * (1 - 1e-12), found * Math.Pow(a.Size, 1.0 / 64) * (1 + 1e-6));
        }
    }

    [Fact]
    public void A_singular_system_has_no_solver()
    {
        Assert.Null(LinearSolver.Of(new RealMatrix(2)));
        var a = new RealMatrix(2);
        (a[0, 1], a[1, 0]) = (2, 4);
        Assert.Equal([0.25, 0.5], LinearSolver.Of(a)!.Solve([1, 1]));
    }
}
