using System;
using System.Numerics;
using System.Threading;
using Xunit;
using Rational = OperatorGen.Symbolics.Polynomial<OperatorGen.Symbolics.BigRational, OperatorGen.Symbolics.RationalRing>;

namespace OperatorGen.Symbolics.Tests.Algebra;

public class PolynomialLimitTests
{
    [Fact]
    public void The_third_power_of_a_sum_of_64_variables_has_45760_terms()
    {
        Rational sum = Polynomials.Sum(64);
        Rational power = sum.Power(3);
        Assert.Equal(45_760, power.Count);

        // The general product takes another way: a hash table of all pairs.
        Assert.Equal(sum * sum * sum, power);

        Polynomial<double, DoubleRing> doubles = sum.Map<double, DoubleRing>(c => c.ToDouble());
        Assert.Equal(45_760, doubles.Power(3).Count);
    }

    [Fact]
    public void A_power_beyond_the_limit_is_refused_before_it_is_expanded()
    {
        // C(1000 + 10 - 1, 10) terms would not fit into any memory.
        TermLimitException fault = Assert.Throws<TermLimitException>(() => Polynomials.Sum(1000).Power(10));
        Assert.Equal(BigInteger.Parse("288216356245328994082600", null), fault.Count);
        Assert.Equal(1_000_000, fault.Limit);
    }

    [Fact]
    public void The_limit_itself_is_allowed_and_one_term_more_is_not()
    {
        Rational sum = Polynomials.Sum(4);
        Assert.Equal(20, sum.Power(3, limits: new(20)).Count);
        Assert.Equal(20, Assert.Throws<TermLimitException>(() => sum.Power(3, limits: new(19))).Count);

        Rational square = sum * sum;
        Assert.Equal(20, square.Multiply(sum, limits: new(20)).Count);
        Assert.Equal(20, Assert.Throws<TermLimitException>(() => square.Multiply(sum, limits: new(19))).Count);
        Assert.Throws<TermLimitException>(() => square.Add(sum, new(13)));
        Assert.Equal(14, square.Add(sum, new(14)).Count);
        Assert.Throws<TermLimitException>(() => Rational.FromTerms(square.Terms, new(9)));
        Assert.Throws<TermLimitException>(() => square.Substitute(0, sum + Rational.One, limits: new(9)));
    }

    [Fact]
    public void An_absurd_exponent_ends_at_once()
    {
        Rational x = Rational.Variable(0);
        Assert.Equal(int.MaxValue, x.Power(int.MaxValue).Degree);
        Assert.Throws<TermLimitException>(() => (x + Rational.One).Power(int.MaxValue));
        Assert.Throws<TermLimitException>(() => (x + Rational.Variable(1)).Power(int.MaxValue));
        Assert.Equal(Rational.One, (x + Rational.One).Power(int.MaxValue, degree: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Power(-1));
    }

    [Fact]
    public void Every_long_operation_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var limits = new AlgebraLimits(1_000_000, source.Token);
        Rational sum = Polynomials.Sum(40);
        Rational square = sum * sum;
        Assert.Throws<OperationCanceledException>(() => sum.Power(3, limits: limits));
        Assert.Throws<OperationCanceledException>(() => square.Power(2, limits: limits));
        Assert.Throws<OperationCanceledException>(() => square.Multiply(square, limits: limits));
        Assert.Throws<OperationCanceledException>(() => square.Add(square, limits));
        Assert.Throws<OperationCanceledException>(() => square.Substitute(0, sum, limits: limits));
        Assert.Throws<OperationCanceledException>(() => new MultinomialExpansion<BigRational, RationalRing>([1, 1, 1], 90).ToPolynomial(limits));
    }

    [Fact]
    public void A_product_under_way_stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var limits = new AlgebraLimits(int.MaxValue / 4, source.Token);
        Rational cube = Polynomials.Sum(40).Power(3);
        source.CancelAfter(TimeSpan.FromMilliseconds(20));
        Assert.Throws<OperationCanceledException>(() => cube.Multiply(cube, limits: limits));
    }
}
