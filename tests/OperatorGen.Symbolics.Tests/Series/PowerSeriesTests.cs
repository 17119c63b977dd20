using System;
using System.Linq;
using Xunit;
using DoubleSeries = OperatorGen.Symbolics.PowerSeries<double, OperatorGen.Symbolics.DoubleRing>;
using ExactSeries = OperatorGen.Symbolics.PowerSeries<OperatorGen.Symbolics.BigRational, OperatorGen.Symbolics.RationalRing>;

namespace OperatorGen.Symbolics.Tests.Series;

public class PowerSeriesTests
{
    private const int Order = 9;

    private static readonly ExactSeries Exponential = new(Factorials(1));

    [Fact]
    public void Quotient_and_product_are_inverse()
    {
        var random = new Random(2);
        for (int i = 0; i < 50; i++)
        {
            ExactSeries a = Some(random, random.Next(-3, 4));
            ExactSeries b = Some(random, random.Next(1, 4));
            Assert.Equal(a, a / b * b);
            Assert.Equal(a / b, a * b.Reciprocal());
            Assert.Equal(a * (b + a), (a * b) + (a * a));
            Assert.Equal(ExactSeries.Constant(0, Order), a - a);
        }
    }

    [Fact]
    public void Exponential_and_logarithm_are_inverse_and_turn_products_into_sums()
    {
        var random = new Random(3);
        for (int i = 0; i < 50; i++)
        {
            ExactSeries a = Some(random, 0);
            ExactSeries b = Some(random, 0);
            Assert.Equal(a, a.Exp().Log());
            Assert.Equal((a + b).Exp(), a.Exp() * b.Exp());
        }
    }

    [Fact]
    public void The_exponential_of_y_has_the_reciprocal_factorials() => Assert.Equal(
        Exponential,
        ExactSeries.Variable(0, Order).Exp());

    [Fact]
    public void Derivative_undoes_integral_and_follows_the_product_rule()
    {
        var random = new Random(4);
        for (int i = 0; i < 50; i++)
        {
            ExactSeries a = Some(random, 2);
            ExactSeries b = Some(random, -1);
            Assert.Equal(a, a.Integrate(7).Differentiate());
            Assert.Equal((a * b).Differentiate(), (a.Differentiate() * b) + (a * b.Differentiate()));
            Assert.Equal(a, a.Differentiate().Integrate(a[0]));
        }
    }

    [Fact]
    public void Composition_is_substitution_and_follows_the_chain_rule()
    {
        var random = new Random(5);
        for (int i = 0; i < 30; i++)
        {
            ExactSeries a = Some(random, 1);
            ExactSeries inner = Some(random, 0);
            ExactSeries chain = a.Differentiate().Compose(inner) * inner.Differentiate();
            Assert.Equal(a.Compose(inner).Differentiate(), chain);
            Assert.Equal(inner.Exp(), Exponential.Compose(inner));
            Assert.Equal(a, a.Compose(ExactSeries.Variable(0, Order)));
        }
    }

    [Fact]
    public void What_no_power_series_has_is_refused()
    {
        ExactSeries a = ExactSeries.Variable(2, 3);
        Assert.Throws<ArgumentException>(() => a.Exp());
        Assert.Throws<ArgumentException>(() => a.Log());
        Assert.Throws<ArgumentException>(() => a.Compose(a));
        Assert.Throws<DivideByZeroException>(() => a / (a - ExactSeries.Constant(2, 3)));
        Assert.Throws<ArgumentException>(() => new ExactSeries([]));
    }

    [Fact]
    public void A_series_is_as_long_as_both_operands_are_known()
    {
        DoubleSeries a = new([1.0, 2, 3, 4]);
        DoubleSeries b = new([1.0, 1]);
        Assert.Equal([1, 3], (a * b).Coefficients);
        Assert.Equal(1, (a / b).Order);
        Assert.Equal(0, b.Differentiate().Differentiate().Order);
        Assert.Equal(1 + 0.5 * (2 + 0.5 * (3 + 0.5 * 4)), a.Evaluate(0.5));
    }

    [Fact]
    public void The_functions_of_the_field_come_out_of_the_operations()
    {
        // sigma = 1 / (1 + e^-y), tanh = 2 sigma(2y) - 1, SiLU = y sigma, all exactly.
        ExactSeries y = ExactSeries.Variable(0, Order);
        ExactSeries one = ExactSeries.Constant(1, Order);
        ExactSeries sigmoid = (one + (-y).Exp()).Reciprocal();
        Assert.Equal(sigmoid, DecoderSeries.ExactAboutZero(DecoderFunctions.Sigmoid, Order));
        Assert.Equal(y * sigmoid, DecoderSeries.ExactAboutZero(DecoderFunctions.Silu, Order));
        Assert.Equal(sigmoid.Compose(y + y) + sigmoid.Compose(y + y) - one, DecoderSeries.ExactAboutZero(DecoderFunctions.Tanh, Order));
        Assert.Null(DecoderSeries.ExactAboutZero(DecoderFunctions.GeluErf, Order));
        Assert.Null(DecoderSeries.ExactAboutZero(DecoderFunctions.Softplus, Order));
    }

    [Fact]
    public void The_series_of_softplus_is_the_logarithm_of_one_plus_the_exponential()
    {
        const double Centre = 0.75;
        DoubleSeries y = DoubleSeries.Variable(Centre, Order);
        DoubleSeries inner = DoubleSeries.Constant(1, Order) + y.Exp(Math.Exp(Centre));
        DoubleSeries expected = inner.Log(Math.Log(1 + Math.Exp(Centre)));
        DoubleSeries series = DecoderSeries.About(DecoderFunctions.Softplus, Centre, Order);
        for (int k = 0; k <= Order; k++)
        {
            // Some ten sums of at most ten products of numbers below 2.2 each: 100 roundings of 2^-53 of at most 5.
            Assert.True(Math.Abs(expected[k] - series[k]) < 1e-13, $"power {k}");
        }
    }

    private static BigRational[] Factorials(BigRational first)
    {
        var coefficients = new BigRational[Order + 1];
        coefficients[0] = first;
        for (int k = 1; k <= Order; k++)
        {
            coefficients[k] = coefficients[k - 1] / k;
        }

        return coefficients;
    }

    private static ExactSeries Some(Random random, BigRational constant) =>
        new([constant, .. Enumerable.Range(0, Order).Select(_ => new BigRational(random.Next(-5, 6), random.Next(1, 6)))]);
}
