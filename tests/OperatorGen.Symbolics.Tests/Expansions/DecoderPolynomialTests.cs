using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Expansions;

public class DecoderPolynomialTests
{
    private static readonly ReducedMeasure s_measure = new([-3, -1.5, -1, -0.25, 0, 0.5, 1, 2, 4, 5], [0.05, 0.1, 0.1, 0.15, 0.2, 0.15, 0.1, 0.05, 0.05, 0.05]);

    public static IEnumerable<object[]> Names => DecoderFunctions.All.Select(f => new object[] { f.Name });

    public static IEnumerable<DecoderPolynomial> Expansions(DecoderFunction function, int order)
    {
        yield return DecoderPolynomial.Chebyshev(function, order, -3, 5);
        yield return DecoderPolynomial.Measure(function, order, s_measure);
        if (function.HasTaylorSeries)
        {
            yield return DecoderPolynomial.Taylor(function, order);
            yield return DecoderPolynomial.Taylor(function, order, -0.75);
        }

        if (function.IsPolynomial)
        {
            yield return DecoderPolynomial.Exact(function, order);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lower_order_is_a_prefix_and_the_same_as_made_anew(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        foreach (DecoderPolynomial whole in Expansions(function, 8))
        {
            for (int order = 0; order <= 8; order++)
            {
                DecoderPolynomial lower = whole.WithOrder(order);
                DecoderPolynomial anew = Expansions(function, order).First(p => p.Kind == lower.Kind && (order == 0 || p.Basis.Alpha(0) == lower.Basis.Alpha(0)));
                Assert.Equal(order, lower.Order);
                for (int k = 0; k <= order; k++)
                {
                    // Chebyshev and Measure: sums in the same order, rounded alike up to the departure of the basis from orthonormal, some eps.
                    // A Taylor polynomial of order 0 has no centre in its basis, so the one about 0 is found: its value is compared below order 1 only.
                    Assert.True(
                        Math.Abs(lower.Coefficients[k] - anew.Coefficients[k]) <= 1e-13 || (order == 0 && whole.Kind == ExpansionKind.Taylor),
                        $"{whole.Kind} {order} {k}: {lower.Coefficients[k]} {anew.Coefficients[k]}");
                }
            }

            Assert.Throws<ArgumentOutOfRangeException>(() => whole.WithOrder(9));
            Assert.Throws<ArgumentOutOfRangeException>(() => whole.WithOrder(-1));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Powers_about_any_point_have_the_value_of_the_basis(string name)
    {
        var random = new Random(5);
        foreach (DecoderPolynomial polynomial in Expansions(DecoderFunctions.Find(name)!, 8))
        {
            foreach (double centre in new[] { 0, 1.25, -2.5, 100.0 / 3 })
            {
                double[] powers = polynomial.Shifted(centre);
                for (int trial = 0; trial < 20; trial++)
                {
                    double x = (random.NextDouble() * 8) - 3;
                    double sum = 0;
                    double size = 0;
                    for (int k = powers.Length - 1; k >= 0; k--)
                    {
                        sum = (sum * (x - centre)) + powers[k];
                        size = (size * Math.Abs(x - centre)) + Math.Abs(powers[k]);
                    }

                    // Each coefficient comes from at most 9 rounded products per degree, so from 100 roundings of terms of the size of the sum of
                    // absolute values; cancellation among rows of the basis adds a factor, bounded by the ratio of the two sums here: 16.
                    Assert.True(Math.Abs(sum - polynomial.Value(x)) <= 16 * 100 * Math.ScaleB(1, -53) * size, $"{polynomial.Kind} {centre} {x}: {sum} {polynomial.Value(x)}");
                }
            }
        }
    }

    [Fact]
    public void Exact_is_the_polynomial_of_its_degree()
    {
        DecoderFunction function = DecoderFunctions.Find("polynomial(1/3, -2, 0, 7/5)")!;
        DecoderPolynomial polynomial = DecoderPolynomial.Exact(function);
        Assert.Equal((3, ExpansionKind.Exact, true), (polynomial.Order, polynomial.Kind, polynomial.IsExact));
        Assert.Equal(["1/3", "-2", "0", "7/5"], polynomial.ExactMonomials!.Select(c => c.ToString()));
        Assert.Equal([0.0, 1], DecoderPolynomial.Exact(DecoderFunctions.Identity).Coefficients);
    }

    [Fact]
    public void Exact_of_a_higher_order_has_zeros_and_of_a_lower_order_is_taylor()
    {
        DecoderFunction function = DecoderFunctions.Find("polynomial(1, 2, 3)")!;
        DecoderPolynomial padded = DecoderPolynomial.Exact(function, 4);
        Assert.Equal([1.0, 2, 3, 0, 0], padded.Coefficients);
        Assert.True(padded.IsExact);
        foreach (DecoderPolynomial cut in new[] { DecoderPolynomial.Exact(function, 1), padded.WithOrder(1) })
        {
            Assert.Equal([1.0, 2], cut.Coefficients);
            Assert.Equal((ExpansionKind.Taylor, false), (cut.Kind, cut.IsExact));
        }

        Assert.Equal((ExpansionKind.Exact, true), (padded.WithOrder(2).Kind, padded.WithOrder(2).IsExact));
    }

    [Fact]
    public void Exact_of_no_polynomial_says_what_to_use()
    {
        Assert.Contains("'gelu-erf' is no polynomial", Assert.Throws<InvalidOperationException>(() => DecoderPolynomial.Exact(DecoderFunctions.GeluErf)).Message, StringComparison.Ordinal);
        DecoderFunction steep = DecoderFunctions.Find("polynomial(" + string.Concat(Enumerable.Repeat("0, ", 17)) + "1)")!;
        Assert.Contains("degree 17", Assert.Throws<InvalidOperationException>(() => DecoderPolynomial.Exact(steep)).Message, StringComparison.Ordinal);
        Assert.False(DecoderPolynomial.Exact(steep, 16).IsExact);
    }

    [Fact]
    public void Taylor_of_a_polynomial_is_exact_about_any_double()
    {
        DecoderFunction function = DecoderFunctions.Find("polynomial(1/3, -2, 0, 7/5)")!;
        DecoderPolynomial whole = DecoderPolynomial.Taylor(function, 3, 0.1);
        Assert.Equal(["1/3", "-2", "0", "7/5"], whole.ExactMonomials!.Select(c => c.ToString()));

        // About c = 1/2 to order 1: g(c) + g'(c) (x - c) = 1/3 - 1 + 7/40 + (-2 + 21/20) (x - 1/2).
        DecoderPolynomial tangent = DecoderPolynomial.Taylor(function, 1, 0.5);
        Assert.Equal(["-1/60", "-19/20"], tangent.ExactMonomials!.Select(c => c.ToString()));
        Assert.Equal(tangent.ExactMonomials, DecoderPolynomial.Taylor(function, 3, 0.5).WithOrder(1).ExactMonomials);
        Assert.False(tangent.IsExact);
        Assert.Null(DecoderPolynomial.Taylor(DecoderFunctions.Tanh, 3, 0.5).ExactMonomials);
    }

    [Fact]
    public void Orders_out_of_range_and_centres_that_are_no_numbers_are_refused()
    {
        foreach (int order in new[] { -1, 17 })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => DecoderPolynomial.Taylor(DecoderFunctions.Tanh, order));
            Assert.Throws<ArgumentOutOfRangeException>(() => DecoderPolynomial.Chebyshev(DecoderFunctions.Tanh, order, 0, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => DecoderPolynomial.Measure(DecoderFunctions.Tanh, order, s_measure));
            Assert.Throws<ArgumentOutOfRangeException>(() => DecoderPolynomial.Exact(DecoderFunctions.Identity, order));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => DecoderPolynomial.Taylor(DecoderFunctions.Tanh, 2, double.NaN));
        Assert.Throws<InvalidOperationException>(() => DecoderPolynomial.Taylor(DecoderFunctions.Relu, 2));
    }

    [Fact]
    public void A_fit_never_claims_to_be_exact()
    {
        var point = new ReducedMeasure([2], [1]);
        DecoderPolynomial fit = DecoderPolynomial.Measure(DecoderFunctions.Identity, 2, point);
        Assert.Equal([2.0, 0, 0], fit.Coefficients);
        Assert.False(fit.IsExact);
        Assert.True(DecoderPolynomial.Taylor(DecoderFunctions.Identity, 1, 3).IsExact);
    }
}
