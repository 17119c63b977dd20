using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Functions;

public class DecoderFunctionTaylorTests
{
    [Theory]
    [InlineData("gelu-erf")]
    [InlineData("gelu-tanh")]
    [InlineData("silu")]
    public void Taylor_orders_3_5_and_7_about_0_are_empty(string name)
    {
        double[] coefficients = DecoderFunctions.Find(name)!.Taylor(0, 8);
        Assert.Equal([0.0, 0, 0, 0], new[] { coefficients[0], coefficients[3], coefficients[5], coefficients[7] });
        Assert.All(new[] { 1, 2, 4, 6, 8 }, k => Assert.NotEqual(0, coefficients[k]));
        Assert.All(coefficients, c => Assert.False(double.IsNegative(c) && c == 0));
    }

    [Fact]
    public void Even_orders_of_tanh_and_of_sigmoid_and_odd_orders_of_softplus_vanish_about_0()
    {
        double[] tanh = DecoderFunctions.Tanh.Taylor(0, 12);
        double[] sigmoid = DecoderFunctions.Sigmoid.Taylor(0, 12);
        double[] softplus = DecoderFunctions.Softplus.Taylor(0, 13);
        for (int k = 2; k <= 12; k += 2)
        {
            Assert.Equal(0, tanh[k]);
            Assert.Equal(0, sigmoid[k]);
            Assert.Equal(0, softplus[k + 1]);
        }
    }

    [Theory]
    [InlineData("sigmoid")]
    [InlineData("silu")]
    [InlineData("tanh")]
    [InlineData("identity")]
    [InlineData("polynomial(1/3, -2, 0, 7/5)")]
    public void The_doubles_are_the_exact_series_rounded(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        BigRational[] exact = function.ExactTaylor(25)!;
        double[] doubles = function.Taylor(0, 25);
        for (int k = 0; k <= 25; k++)
        {
            // All products in the recurrences about 0 that go into one coefficient have one sign, so each of the k steps
            // adds at most k + 2 roundings: below 400 roundings of 2^-53.
            Assert.True(Math.Abs(doubles[k] - exact[k].ToDouble()) <= 400 * Math.ScaleB(1, -53) * Math.Abs(doubles[k]), $"power {k}");
        }
    }

    // On the disc of the given radius about the centre |g| is at most M, so that by Cauchy's estimate |c_k| <= M / radius^k, and the terms
    // from P + 1 on at a distance of a third of the radius are at most M 3^-P / 2.
    [Theory]
    [InlineData("sigmoid")]
    [InlineData("silu")]
    [InlineData("softplus")]
    [InlineData("tanh")]
    [InlineData("gelu-erf")]
    [InlineData("gelu-tanh")]
    public void Inside_the_disc_the_series_is_the_function_up_to_its_tail(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        foreach (double centre in new[] { -2, -0.5, 0, 0.25, 1.5 })
        {
            (double radius, double bound) = Disc(name, centre);
            Assert.True(radius < function.TaylorRadius(centre));
            for (int order = 2; order <= 30; order += 4)
            {
                double[] series = [.. function.Taylor(centre, order)];
                foreach (double y in new[] { -radius / 3, -0.1 * radius, 0.2 * radius, radius / 3 })
                {
                    double tail = bound * Math.Pow(Math.Abs(y) / radius, order + 1) * 1.5;

                    // 30 coefficients, each wrong by at most 30 roundings of at most M / radius^k: 30 M 2^-53 sum of 3^-k.
                    double rounding = 50 * Math.ScaleB(1, -53) * bound;
                    double error = Math.Abs(series.Reverse().Aggregate((value, coefficient) => (value * y) + coefficient) - function.Value(centre + y));
                    Assert.True(error <= tail + rounding, $"{name} about {centre}, order {order}, at {y}: {error} > {tail}");
                }
            }
        }
    }

    [Theory]
    [InlineData("sigmoid", 0.0)]
    [InlineData("sigmoid", 1.5)]
    [InlineData("silu", -2.0)]
    [InlineData("softplus", 0.5)]
    [InlineData("tanh", 0.0)]
    [InlineData("tanh", 0.75)]
    [InlineData("gelu-tanh", 0.0)]
    [InlineData("gelu-tanh", 1.25)]
    [InlineData("gelu-tanh", -3.0)]
    public void The_radius_of_convergence_is_the_one_that_the_coefficients_show(string name, double centre)
    {
        // Simple poles (for softplus: a logarithm) at distance r: |c_k| r^k stays between k^-1 / 10 and 10 for the greatest of any four in
        // sequence, so that the greatest |c_k|^(1/k) near k = 400 is 1/r within a factor of (4000)^(1/400) = 1.021.
        DecoderFunction function = DecoderFunctions.Find(name)!;
        double[] c = function.Taylor(centre, 400);
        double inverse = Enumerable.Range(390, 10).Max(k => Math.Pow(Math.Abs(c[k]), 1.0 / k));
        Assert.InRange(inverse * function.TaylorRadius(centre), 1 / 1.021, 1.021);
    }

    [Fact]
    public void Entire_functions_have_an_infinite_radius_and_relu_has_no_series()
    {
        Assert.Equal(double.PositiveInfinity, DecoderFunctions.GeluErf.TaylorRadius(1));
        Assert.Equal(double.PositiveInfinity, DecoderFunctions.Identity.TaylorRadius(1));
        Assert.Equal(Math.PI, DecoderFunctions.Silu.TaylorRadius(0));
        Assert.Equal(Math.PI / 2, DecoderFunctions.Tanh.TaylorRadius(0));

        // The nearest pole solves 0.044715 z^3 - z + 1.96870 = 0, x = i z; computed with mpmath.
        Assert.Equal(2.82686827927287843, DecoderFunctions.GeluTanh.TaylorRadius(0), 1e-14);
        Assert.Equal(2.8875732414801835, DecoderFunctions.GeluTanh.TaylorRadius(1.5), 1e-14);
        Assert.Equal(3.72951279322852946, DecoderFunctions.GeluTanh.TaylorRadius(-5), 1e-14);
        Assert.Equal(12.7947201742136422, DecoderFunctions.GeluTanh.TaylorRadius(25), 1e-13);
        Assert.False(DecoderFunctions.Relu.HasTaylorSeries);
        Assert.Throws<InvalidOperationException>(() => DecoderFunctions.Relu.Taylor(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => DecoderFunctions.Tanh.Taylor(0, -1));
    }

    [Fact]
    public void Every_series_has_order_plus_one_coefficients_and_starts_with_the_value()
    {
        foreach (DecoderFunction function in DecoderFunctions.All.Where(f => f.HasTaylorSeries))
        {
            for (int order = 0; order < 4; order++)
            {
                double[] c = function.Taylor(0.5, order);
                Assert.Equal(order + 1, c.Length);
                Assert.Equal(function.Value(0.5), c[0], 1e-15);
                Assert.Equal(order + 1, function.ExactTaylor(order)?.Length ?? order + 1);
            }
        }
    }

    private static (double Radius, double Bound) Disc(string name, double centre)
    {
        double c = Math.Abs(centre);
        return name switch
        {
            // |Im| <= pi/2: the real part of 1 + e^-z is at least 1, so |sigma| <= 1.
            "sigmoid" => (Math.PI / 2, 1),
            "silu" => (Math.PI / 2, c + (Math.PI / 2)),

            // The integral of sigma from the centre.
            "softplus" => (Math.PI / 2, DecoderFunctions.Softplus.Value(centre) + (Math.PI / 2)),

            // tanh z = 2 sigma(2z) - 1.
            "tanh" => (Math.PI / 4, 3),

            // Phi(z) = Phi(centre) + integral of phi, |phi(p + iq)| <= e^(q^2/2) / sqrt(2 pi) = 2.95 for q = 2.
            "gelu-erf" => (2, (c + 2) * (1 + (2 * 2.95))),

            // |Im v| <= radius |v'| <= pi/2 keeps |sigma(v)| <= 1.
            _ => (0.4, c + 0.4),
        };
    }
}
