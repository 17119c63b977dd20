using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Expansions;

public class DecoderExpansionTests
{
    public static IEnumerable<object[]> Names => DecoderFunctions.All.Select(f => new object[] { f.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Terms_of_every_expansion_sum_to_the_value_of_its_polynomial(string name)
    {
        var random = new Random(2);
        foreach (DecoderPolynomial polynomial in DecoderPolynomialTests.Expansions(DecoderFunctions.Find(name)!, 5))
        {
            var expansion = new DecoderExpansion(polynomial);
            Assert.Equal(polynomial.ExactMonomials is null, expansion.ExactCoefficients is null);
            for (int trial = 0; trial < 10; trial++)
            {
                double[] waves = [.. Enumerable.Range(0, 4).Select(_ => (2 * random.NextDouble()) - 1)];
                double sum = 0;
                double size = 0;
                foreach (DecoderTerm term in expansion.Terms(4))
                {
                    double product = term.Coefficient;
                    foreach (Factor factor in term.Monomial)
                    {
                        product *= Math.Pow(waves[factor.Variable], factor.Power);
                    }

                    sum += product;
                    size += Math.Abs(product);
                }

                // 126 terms, each of at most 20 roundings; the conversion to powers on -3..5 loses no more than the factor 16 again.
                Assert.True(Math.Abs(sum - polynomial.Value(waves.Sum())) <= 16 * 150 * Math.ScaleB(1, -53) * Math.Max(size, 1), $"{polynomial.Kind}: {sum} {polynomial.Value(waves.Sum())}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_and_an_order_alone_mean_taylor_about_0(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        var expansion = new DecoderExpansion(function, 6);
        Assert.Equal(function.HasTaylorSeries, expansion.IsAvailable);
        Assert.Equal(function.HasTaylorSeries ? function.Taylor(0, 6) : [], expansion.Coefficients);
        Assert.Equal(function.HasTaylorSeries ? function.ExactTaylor(6) : null, expansion.ExactCoefficients);
        Assert.Equal(function.HasTaylorSeries ? function.TaylorRadius(0) : 0, expansion.Radius);
        Assert.Equal(function.IsPolynomial, expansion.IsExact);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecoderExpansion(function, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecoderExpansion(function, 17));
    }

    [Fact]
    public void Relu_has_terms_where_it_is_fitted_and_a_fit_has_no_radius()
    {
        Assert.Equal(0, new DecoderExpansion(DecoderFunctions.Relu, 3).TermCount(10));
        var fit = new DecoderExpansion(DecoderPolynomial.Chebyshev(DecoderFunctions.Relu, 2, -1, 1));
        Assert.Equal(1 + 10 + 55, fit.TermCount(10));
        Assert.True(double.IsNaN(fit.Radius));
    }

    [Fact]
    public void The_radius_of_a_taylor_polynomial_is_that_about_its_centre()
    {
        // The poles of tanh are at i pi (k + 1/2).
        Assert.Equal(Math.Sqrt((0.5 * 0.5) + (Math.PI * Math.PI / 4)), new DecoderExpansion(DecoderPolynomial.Taylor(DecoderFunctions.Tanh, 2, 0.5)).Radius, 12);
        Assert.Equal(double.PositiveInfinity, new DecoderExpansion(DecoderPolynomial.Exact(DecoderFunctions.Identity)).Radius);
    }

    [Fact]
    public void Rationals_of_a_polynomial_about_another_point_reach_the_terms()
    {
        var tangent = new DecoderExpansion(DecoderPolynomial.Taylor(DecoderFunctions.Find("polynomial(1/3, -2, 0, 7/5)")!, 1, 0.5));
        Assert.Equal(["-1/60", "-19/20 x_0", "-19/20 x_1"], tangent.Terms(2).Select(t => ExpressionText.Render(t.Tree(VariableNames.Default))));
    }
}
