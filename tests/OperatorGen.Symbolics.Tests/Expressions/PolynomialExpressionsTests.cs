using System;
using System.Linq;
using Xunit;
using Rational = OperatorGen.Symbolics.Polynomial<OperatorGen.Symbolics.BigRational, OperatorGen.Symbolics.RationalRing>;

namespace OperatorGen.Symbolics.Tests.Expressions;

/// <summary>Polynomials as trees and back, and the second way to expand.</summary>
public sealed class PolynomialExpressionsTests
{
    private static readonly VariableNames s_names = VariableNames.Numbered("w");

    private static readonly Expression s_a = new VariableExpression("w_0");
    private static readonly Expression s_b = new VariableExpression("w_1");

    [Fact]
    public void A_polynomial_written_as_a_tree_is_read_back()
    {
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            Rational polynomial = Rational.FromTerms(Enumerable.Range(0, random.Next(0, 12)).Select(_ => new Term<BigRational>(
                Monomial.Of([.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(5))]),
                new BigRational(random.Next(-9, 10), random.Next(1, 7)))));
            Assert.Equal(polynomial, Read(PolynomialExpressions.Of(polynomial.Terms, s_names)));
        }
    }

    [Fact]
    public void Numbers_in_a_product_are_multiplied_and_like_terms_added()
    {
        Expression three = new NumberExpression(3), half = new NumberExpression(new BigRational(1, 2));
        Expression sum = Sum(Product(three, s_a, half, s_b), Sum(Product(s_b, s_a)), new QuotientExpression(Product(s_b, s_a), new NumberExpression(4)));
        Assert.Equal("11/4 x_0 x_1", Read(sum).ToString());
        Assert.Equal("4 x_0^2 x_1^2", Read(new PowerExpression(Product(new NumberExpression(2), s_a, s_b), new NumberExpression(2))).ToString());
        Assert.Equal("0", Read(Sum(s_a, Product(new NumberExpression(-1), s_a))).ToString());
    }

    [Fact]
    public void What_is_not_expanded_is_refused()
    {
        Expression sum = Sum(s_a, s_b);
        foreach (Expression unexpanded in new Expression[]
                 {
                     Product(s_a, sum),
                     new PowerExpression(sum, new NumberExpression(2)),
                     new PowerExpression(s_a, new NumberExpression(new BigRational(1, 2))),
                     new PowerExpression(s_a, s_b),
                     new QuotientExpression(s_a, s_b),
                     new QuotientExpression(s_a, Expression.Zero),
                     new LogarithmExpression(s_a),
                     new ImaginaryUnitExpression(),
                     new VariableExpression("other"),
                 })
        {
            Assert.Throws<FormatException>(() => Read(unexpanded));
        }
    }

    [Fact]
    public void General_products_give_the_multinomial_terms()
    {
        var random = new Random(4);
        for (int i = 0; i < 60; i++)
        {
            int variables = random.Next(1, 6);
            BigRational[] coefficients = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => new BigRational(random.Next(-5, 6), random.Next(1, 4)))];
            Expression expanded = new ProductExpander().Expand(PolynomialExpressions.Unexpanded(coefficients, variables, s_names));
            Assert.Equal(Rational.FromTerms(new MultinomialExpansion<BigRational, RationalRing>(coefficients, variables)), Read(expanded));
        }
    }

    [Fact]
    public void The_other_way_has_its_limits_too()
    {
        Expression power = new PowerExpression(Sum(s_a, s_b), new NumberExpression(9));
        Assert.Throws<TermLimitException>(() => new ProductExpander(new AlgebraLimits(9)).Expand(power));
        Assert.Throws<NotSupportedException>(() => new ProductExpander().Expand(new QuotientExpression(s_a, s_b)));
        Assert.Throws<NotSupportedException>(() => new ProductExpander().Expand(new ExponentialExpression(s_a)));
    }

    [Fact]
    public void Trees_are_written_for_SymPy_and_for_AngouriMath()
    {
        Expression minusHalf = new NumberExpression(new BigRational(-1, 2));
        Check(Sum(s_a, Product(minusHalf, Square(s_a), s_b), new NumberExpression(-3)), "w_0 - Rational(1, 2)*w_0**2*w_1 - Integer(3)", "w_0 - (1/2)*(w_0^2)*w_1 - 3");
        Check(Product(new NumberExpression(2), Sum(s_a, s_b), s_a), "Integer(2)*(w_0 + w_1)*w_0", "2*(w_0 + w_1)*w_0");
        Check(Square(new PowerExpression(s_a, new NumberExpression(3))), "(w_0**3)**2", "(w_0^3)^2");
        Check(Square(Product(s_a, s_b)), "(w_0*w_1)**2", "(w_0*w_1)^2");
        Check(new QuotientExpression(s_a, Product(s_a, s_b)), "w_0/(w_0*w_1)", "w_0/(w_0*w_1)");
        Check(new PowerExpression(s_a, minusHalf), "w_0**(-Rational(1, 2))", "w_0^(-(1/2))");
        Check(Square(minusHalf), "(-Rational(1, 2))**2", "(-(1/2))^2");
        Check(Sum(s_a, Product(new NumberExpression(-1), s_b)), "w_0 - w_1", "w_0 - w_1");
        Check(Product(s_a, minusHalf), "w_0*(-Rational(1, 2))", "w_0*(-(1/2))");
        Check(new ExponentialExpression(new LogarithmExpression(Sum(s_a, s_b))), "exp(log(w_0 + w_1))", "(e^(ln(w_0 + w_1)))");
        Check(Sum(s_a, Product(new ImaginaryUnitExpression(), s_b)), "w_0 + I*w_1", "w_0 + i*w_1");
        Check(new NumberExpression(BigRational.FromDouble(0.1)), "Rational(3602879701896397, 2**55)", "(3602879701896397/36028797018963968)");
        Check(Product(minusHalf, s_a, s_b), "-Rational(1, 2)*w_0*w_1", "-(1/2)*w_0*w_1");
        Check(Square(Product(minusHalf, s_a)), "(-Rational(1, 2)*w_0)**2", "(-(1/2)*w_0)^2");
        Check(Sum(), "Integer(0)", "0");
        Check(Product(), "Integer(1)", "1");
    }

    private static void Check(Expression expression, string python, string angouriMath)
    {
        Assert.Equal(python, ExpressionSymPy.Render(expression));
        Assert.Equal(angouriMath, ExpressionAngouriMath.Render(expression));
    }

    private static SumExpression Sum(params Expression[] summands) => new(new(summands));

    private static ProductExpression Product(params Expression[] factors) => new(new(factors));

    private static PowerExpression Square(Expression expression) => new(expression, new NumberExpression(2));

    private static Rational Read(Expression expression) =>
        PolynomialExpressions.ReadExpanded(expression, name => name.StartsWith("w_", StringComparison.Ordinal) ? int.Parse(name[2..], System.Globalization.CultureInfo.InvariantCulture) : null);
}
