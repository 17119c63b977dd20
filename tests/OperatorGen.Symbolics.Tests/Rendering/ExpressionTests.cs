using System;
using System.Globalization;
using Xunit;
using Rational = OperatorGen.Symbolics.Polynomial<OperatorGen.Symbolics.BigRational, OperatorGen.Symbolics.RationalRing>;
using Real = OperatorGen.Symbolics.Polynomial<double, OperatorGen.Symbolics.DoubleRing>;

namespace OperatorGen.Symbolics.Tests.Rendering;

public class ExpressionTests
{
    private static readonly VariableNames Waves = VariableNames.Numbered("w");

    private static readonly Real Example = Real.FromTerms(
    [
        new(Monomial.Of(3, 1, 1), 1),
        new(Monomial.One, -0.5),
        new(Monomial.Of(2), -1),
        new(Monomial.Of(0), 1.5e-7),
    ]);

    [Fact]
    public void Doubles_are_written_in_text_and_latex()
    {
        Assert.Equal("-0.5 + 1.5e-7 w_0 - w_2 + w_1^2 w_3", ExpressionText.Render(PolynomialExpressions.Of(Example.Terms, Waves)));
        Assert.Equal(@"-0.5 + 1.5 \cdot 10^{-7}\, w_{0} - w_{2} + w_{1}^{2} w_{3}", ExpressionLatex.Render(PolynomialExpressions.Of(Example.Terms, Waves)));
    }

    [Fact]
    public void Exact_rationals_are_written_as_fractions()
    {
        Rational p = Rational.Constant(new(-2, 3)) + Rational.Single(Monomial.Of(0, 0), new(1, 3)) - Rational.Variable(1);
        VariableNames names = VariableNames.Numbered("alpha", first: 1);
        Assert.Equal("-2/3 - alpha_2 + 1/3 alpha_1^2", ExpressionText.Render(PolynomialExpressions.Of(p.Terms, names)));
        Assert.Equal(@"-\frac{2}{3} - \alpha_{2} + \frac{1}{3}\, \alpha_{1}^{2}", ExpressionLatex.Render(PolynomialExpressions.Of(p.Terms, names)));
    }

    [Fact]
    public void Zero_and_one_are_written()
    {
        Assert.Equal("0", Rational.Zero.ToString());
        Assert.Equal("1", Rational.One.ToString());
        Assert.Equal("1", Monomial.One.ToString());
        Assert.Equal("x_0^2 x_7", Monomial.Of(0, 7, 0).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    public void Rendering_is_the_same_in_every_culture(string culture) => In(culture, () =>
    {
        Doubles_are_written_in_text_and_latex();
        Exact_rationals_are_written_as_fractions();
    });

    private static void In(string culture, Action action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new(culture);
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
