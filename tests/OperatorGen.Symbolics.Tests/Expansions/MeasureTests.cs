using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Expansions;

public class MeasureTests
{
    public static IEnumerable<object[]> Names => DecoderFunctions.All.Select(f => new object[] { f.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_fit_is_that_of_dense_least_squares(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        var random = new Random(3);
        for (int trial = 0; trial < 20; trial++)
        {
            ReducedMeasure measure = Random(random, random.Next(9, 65));
            double[] nodes = [.. measure.Nodes];
            var dense = new DenseFit(nodes, [.. measure.Weights], 8);
            double[] values = Array.ConvertAll(nodes, function.Value);
            DecoderPolynomial whole = DecoderPolynomial.Measure(function, 8, measure);
            for (int order = 0; order <= 8; order++)
            {
                double[] expected = dense.Fit(values, order);
                double[] difference = [.. nodes.Select((x, i) => whole.WithOrder(order).Value(x) - expected[i])];

                // The polynomials are orthonormal at the nodes within 1e-6 at worst, the solution is refined to rounding, but a prefix of it is as
                // good as the orthonormality. These measures have no node that is far away on the scale of the others: rounding, times 1e3.
                Assert.True(dense.Norm(difference) <= 1e-12 * dense.Norm(values), $"trial {trial}, order {order}: {dense.Norm(difference)}");

                // Normal equations: nothing of the residual lies along p_0..p_P.
                double[] residual = [.. nodes.Select((x, i) => function.Value(x) - whole.WithOrder(order).Value(x))];
                for (int k = 0; k <= order; k++)
                {
                    Assert.True(Math.Abs(dense.Product(residual, dense.Columns[k])) <= 1e-12 * dense.Norm(values));
                }
            }
        }
    }

    [Fact]
    public void The_basis_is_orthonormal_under_the_measure()
    {
        var random = new Random(4);
        ReducedMeasure measure = Random(random, 50);
        PolynomialBasis basis = DecoderPolynomial.Measure(DecoderFunctions.Tanh, 16, measure).Basis;
        var values = new double[17];
        var gram = new double[17, 17];
        for (int i = 0; i < 50; i++)
        {
            basis.Values(measure.Nodes[i], values);
            for (int j = 0; j <= 16; j++)
            {
                for (int k = 0; k <= 16; k++)
                {
                    gram[j, k] += measure.Weights[i] * values[j] * values[k];
                }
            }
        }

        // The recurrence loses about one digit for each few degrees here; 1e-6 is what DecoderPolynomial.Measure demands.
        Assert.All(Enumerable.Range(0, 17 * 17), n => Assert.True(Math.Abs(gram[n / 17, n % 17] - (n / 17 == n % 17 ? 1 : 0)) <= 1e-6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Fewer_nodes_than_coefficients_are_interpolated_and_the_rest_is_0(int count)
    {
        foreach (DecoderFunction function in DecoderFunctions.All)
        {
            ReducedMeasure measure = Random(new Random(count), count);
            DecoderPolynomial polynomial = DecoderPolynomial.Measure(function, 8, measure);
            Assert.Equal(8, polynomial.Order);
            Assert.All(polynomial.Coefficients.Skip(count), c => Assert.Equal(0, c));

            // At most 5 rounded terms of the size of the function.
            Assert.All(measure.Nodes, x => Assert.True(Math.Abs(polynomial.Value(x) - function.Value(x)) <= 1e-13 * Math.Max(1, measure.Nodes.Max(Math.Abs))));
        }
    }

    [Fact]
    public void A_point_far_from_a_narrow_cluster_does_no_harm()
    {
        // The zero of p_4 beside the point 400 cannot be told from it in doubles: higher orders are not determined, and what is there still fits.
        double[] nodes = [.. Enumerable.Range(-10, 21).Select(i => i * 1e-4), 400];
        ReducedMeasure measure = new(nodes, [.. Enumerable.Repeat(1 / 22.0, 22)]);
        DecoderPolynomial polynomial = DecoderPolynomial.Measure(DecoderFunctions.Softplus, 16, measure);
        Assert.All(nodes, x => Assert.True(Math.Abs(polynomial.Value(x) - DecoderFunctions.Softplus.Value(x)) <= 1e-7));
    }

    [Fact]
    public void A_measure_that_is_none_is_refused_with_the_reason()
    {
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => new ReducedMeasure([], [])).Message, StringComparison.Ordinal);
        Assert.Contains("ascending", Assert.Throws<ArgumentException>(() => new ReducedMeasure([1, 1], [0.5, 0.5])).Message, StringComparison.Ordinal);
        Assert.Contains("node 1 is NaN", Assert.Throws<ArgumentException>(() => new ReducedMeasure([1, double.NaN], [0.5, 0.5])).Message, StringComparison.Ordinal);
        Assert.Contains("positive", Assert.Throws<ArgumentException>(() => new ReducedMeasure([1, 2], [1, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("have sum 0.9", Assert.Throws<ArgumentException>(() => new ReducedMeasure([1, 2], [0.4, 0.5])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounded_weights_are_brought_to_sum_1_and_good_ones_keep_their_bits()
    {
        Assert.Equal(1, new ReducedMeasure([1, 2, 3], [0.333333, 0.333333, 0.333334 - 1e-7]).Weights.Sum(), 15);
        double[] weights = [0.1, 0.2, 0.3, 0.4];
        Assert.Equal(weights, new ReducedMeasure([1, 2, 3, 4], weights).Weights);
    }

    // Points on -8..8, in thirds near 0, of weights that differ by a factor of 100.
    private static ReducedMeasure Random(Random random, int count)
    {
        double[] nodes = [.. Enumerable.Range(0, count).Select(i => (random.NextDouble() - 0.5) * (i % 3 == 0 ? 1 : 16)).Order()];
        double[] weights = [.. nodes.Select(_ => 0.01 + random.NextDouble())];
        double sum = weights.Sum();
        return new ReducedMeasure(nodes, [.. weights.Select(w => w / sum)]);
    }
}
