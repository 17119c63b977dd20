using System;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Algebra;

public class ScalarTests
{
    [Theory]
    [InlineData("1/3", ScalarKind.Rational, "1/3", @"\frac{1}{3}")]
    [InlineData("-0.25", ScalarKind.Rational, "-1/4", @"-\frac{1}{4}")]
    [InlineData("2", ScalarKind.Rational, "2", "2")]
    [InlineData("alpha", ScalarKind.Symbol, "alpha", @"\alpha")]
    [InlineData("alpha_1", ScalarKind.Symbol, "alpha_1", @"\alpha_{1}")]
    [InlineData("Lambda_re_2", ScalarKind.Symbol, "Lambda_re_2", @"\Lambda_{\mathrm{re}, 2}")]
    [InlineData("dt_min", ScalarKind.Symbol, "dt_min", @"\mathrm{dt}_{\mathrm{min}}")]
    [InlineData("c", ScalarKind.Symbol, "c", "c")]
    [InlineData("e3", ScalarKind.Symbol, "e3", @"\mathrm{e3}")]
    public void Text_in_a_declaration_is_a_rational_or_a_symbol(string text, ScalarKind kind, string rendered, string latex)
    {
        Assert.True(Scalar.TryParse(text, out Scalar scalar));
        Assert.Equal(kind, scalar.Kind);
        Assert.Equal(rendered, scalar.ToText());
        Assert.Equal(latex, ExpressionLatex.Render(scalar.ToExpression()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1x")]
    [InlineData("_a")]
    [InlineData("a-b")]
    [InlineData("a b")]
    [InlineData("\u03b1")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1/0")]
    [InlineData(null)]
    public void Other_text_is_refused(string? text) => Assert.False(Scalar.TryParse(text, out _));

    [Theory]
    [InlineData(0.1, "0.1", "0.1")]
    [InlineData(-3.0, "-3", "-3")]
    [InlineData(1.5e-7, "1.5e-7", @"1.5 \cdot 10^{-7}")]
    public void A_double_is_rendered_as_its_shortest_decimal(double value, string text, string latex)
    {
        Scalar scalar = value;
        Assert.Equal(text, scalar.ToText());
        Assert.Equal(latex, ExpressionLatex.Render(scalar.ToExpression()));
    }

    [Fact]
    public void The_same_number_as_double_and_as_rational_are_two_scalars()
    {
        Assert.NotEqual((Scalar)0.25, Scalar.FromRational(new(1, 4)));
        Assert.Equal(0.25, Scalar.FromRational(new(1, 4)).ToDouble());
        Assert.Equal(Scalar.FromRational(new(2, 8)), Scalar.FromRational(new(1, 4)));
    }

    [Fact]
    public void A_symbol_has_no_number_and_a_bad_name_is_refused()
    {
        Assert.True(double.IsNaN(Scalar.FromSymbol("a").ToDouble()));
        Assert.Throws<ArgumentException>(() => Scalar.FromSymbol("a b"));
    }
}
