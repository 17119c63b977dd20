using System;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OperatorGen.Symbolics.Tests.Algebra;
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
    public void Doubles_are_written_in_text_latex_and_json()
    {
        Assert.Equal("-0.5 + 1.5e-7 w_0 - w_2 + w_1^2 w_3", ExpressionText.Render(PolynomialExpressions.Of(Example.Terms, Waves)));
        Assert.Equal(@"-0.5 + 1.5 \cdot 10^{-7}\, w_{0} - w_{2} + w_{1}^{2} w_{3}", ExpressionLatex.Render(PolynomialExpressions.Of(Example.Terms, Waves)));
        Assert.Equal(
            """{"degree":3,"terms":[{"coefficient":-0.5,"exact":"-0x1p-1","monomial":[]},{"coefficient":1.5e-7,"exact":"0x1.421f5f40d8376p-23","monomial":[[0,1]]},{"coefficient":-1,"exact":"-0x1p+0","monomial":[[2,1]]},{"coefficient":1,"exact":"0x1p+0","monomial":[[1,2],[3,1]]}]}""",
            ExpressionJson.Render(Example));
    }

    [Fact]
    public void Exact_rationals_are_written_as_fractions()
    {
        Rational p = Rational.Constant(new(-2, 3)) + Rational.Single(Monomial.Of(0, 0), new(1, 3)) - Rational.Variable(1);
        VariableNames names = VariableNames.Numbered("alpha", first: 1);
        Assert.Equal("-2/3 - alpha_2 + 1/3 alpha_1^2", ExpressionText.Render(PolynomialExpressions.Of(p.Terms, names)));
        Assert.Equal(@"-\frac{2}{3} - \alpha_{2} + \frac{1}{3}\, \alpha_{1}^{2}", ExpressionLatex.Render(PolynomialExpressions.Of(p.Terms, names)));
        Assert.Equal(
            """{"degree":2,"terms":[{"coefficient":-0.6666666666666666,"exact":"-2/3","monomial":[]},{"coefficient":-1,"exact":"-1","monomial":[[1,1]]},{"coefficient":0.3333333333333333,"exact":"1/3","monomial":[[0,2]]}]}""",
            ExpressionJson.Render(p));
    }

    [Fact]
    public void Zero_and_one_are_written()
    {
        Assert.Equal("0", Rational.Zero.ToString());
        Assert.Equal("1", Rational.One.ToString());
        Assert.Equal("1", Monomial.One.ToString());
        Assert.Equal("x_0^2 x_7", Monomial.Of(0, 7, 0).ToString());
        Assert.Equal("""{"degree":-1,"terms":[]}""", ExpressionJson.Render(Rational.Zero));
        Assert.Equal("""{"coefficient":null,"exact":"NaN","monomial":[]}""", ExpressionJson.Render(new Term<double>(Monomial.One, double.NaN)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    public void Rendering_and_parsing_are_the_same_in_every_culture(string culture) => In(culture, () =>
    {
        Doubles_are_written_in_text_latex_and_json();
        Exact_rationals_are_written_as_fractions();
        Check.QuickThrowOnFailure(Prop.ForAll(Polynomials.Any, p => ParseAsWaves<BigRational, RationalRing>(ExpressionText.Render(PolynomialExpressions.Of(p.Terms, Waves))).Equals(p)));
    });

    [Fact]
    public void What_is_written_reads_back_as_the_same_polynomial()
    {
        var random = new Random(9);
        for (int i = 0; i < 300; i++)
        {
            Real real = Real.FromTerms(Enumerable.Range(0, random.Next(6)).Select(_ => new Term<double>(SomeMonomial(random), SomeDouble(random))));
            Assert.Equal(real, ParseAsWaves<double, DoubleRing>(ExpressionText.Render(PolynomialExpressions.Of(real.Terms, Waves))));
        }
    }

    [Theory]
    [InlineData("2*w_0*3 w_1", "6 w_0 w_1")]
    [InlineData("w_1 + w_0 + w_1", "w_0 + 2 w_1")]
    [InlineData(" - 1/2 w_0 w_0^2 ", "-1/2 w_0^3")]
    [InlineData("w_0^0", "1")]
    [InlineData("0 w_0", "0")]
    public void Other_spellings_are_read_too(string text, string rendered) =>
        Assert.Equal(rendered, ExpressionText.Render(PolynomialExpressions.Of(ParseAsWaves<BigRational, RationalRing>(text).Terms, Waves)));

    [Theory]
    [InlineData("")]
    [InlineData("w_0 +")]
    [InlineData("+ w_0")]
    [InlineData("w_0 - -1")]
    [InlineData("w_0 *")]
    [InlineData("v_0")]
    [InlineData("w_0^")]
    [InlineData("w_0^-1")]
    [InlineData("w_0^1234567")]
    [InlineData("1/0")]
    [InlineData("1/2/3")]
    [InlineData("(w_0 + 1)")]
    [InlineData("(1")]
    [InlineData("1.5.5")]
    [InlineData("w_0 & w_1")]
    public void Text_that_is_not_a_polynomial_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ParseAsWaves<BigRational, RationalRing>(text));

    private static Polynomial<T, TRing> ParseAsWaves<T, TRing>(string text)
        where TRing : struct, IRing<T> => PolynomialText.Parse<T, TRing>(
            text,
            name => name.StartsWith("w_", StringComparison.Ordinal) ? int.Parse(name.AsSpan(2), CultureInfo.InvariantCulture) : null);

    private static Monomial SomeMonomial(Random random) =>
        Monomial.Of([.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(12))]);

    private static double SomeDouble(Random random) => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-300, 300));

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
