using System;
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
        Assert.Equal(45_760, (sum * sum * sum).Count);
    }

    [Fact]
    public void The_limit_itself_is_allowed_and_one_term_more_is_not()
    {
        Rational sum = Polynomials.Sum(4);
        Rational square = sum * sum;
        Assert.Equal(20, square.Multiply(sum, limits: new(20)).Count);
        Assert.Equal(20, Assert.Throws<TermLimitException>(() => square.Multiply(sum, limits: new(19))).Count);
        Assert.Throws<TermLimitException>(() => square.Add(sum, new(13)));
        Assert.Equal(14, square.Add(sum, new(14)).Count);
        Assert.Throws<TermLimitException>(() => Rational.FromTerms(square.Terms, new(9)));
    }

    [Fact]
    public void Every_long_operation_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var limits = new AlgebraLimits(1_000_000, source.Token);
        Rational sum = Polynomials.Sum(40);
        Rational square = sum * sum;
        Assert.Throws<OperationCanceledException>(() => square.Multiply(square, limits: limits));
        Assert.Throws<OperationCanceledException>(() => square.Add(square, limits));
    }

    [Fact]
    public void A_product_under_way_stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var limits = new AlgebraLimits(int.MaxValue / 4, source.Token);
        Rational sum = Polynomials.Sum(40);
        Rational cube = sum * sum * sum;
        source.CancelAfter(TimeSpan.FromMilliseconds(20));
        Assert.Throws<OperationCanceledException>(() => cube.Multiply(cube, limits: limits));
    }
}
