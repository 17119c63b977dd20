using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Functions;

public class DecoderFunctionsTests
{
    [Fact]
    public void Every_function_is_found_by_its_name_and_by_no_other()
    {
        Assert.All(DecoderFunctions.All, f => Assert.Same(f, DecoderFunctions.Find(f.Name)));
        Assert.Equal(
            ["identity", "gelu-erf", "gelu-tanh", "silu", "sigmoid", "tanh", "softplus", "relu", "exp"],
            DecoderFunctions.All.Select(f => f.Name));
        Assert.All(
            new[] { "gelu", "GELU-erf", "swish", "logistic", "linear", "gelu_erf", "", " silu", "silu " },
            name => Assert.Null(DecoderFunctions.Find(name)));
    }

    [Theory]
    [InlineData("polynomial(0, 1, 1/2)", "polynomial(0, 1, 1/2)")]
    [InlineData("polynomial(0,1,0.5,0,0)", "polynomial(0, 1, 1/2)")]
    [InlineData("polynomial(0)", "polynomial(0)")]
    [InlineData("polynomial(0, -1e-2)", "polynomial(0, -1/100)")]
    [InlineData("polynomial()", null)]
    [InlineData("polynomial(1, )", null)]
    [InlineData("polynomial(1", null)]
    [InlineData("polynomial(x)", null)]
    [InlineData("polynomial(1/0)", null)]
    [InlineData("Polynomial(1)", null)]
    [InlineData("polynomial(1) ", null)]
    [InlineData("polynomial(", null)]
    public void A_polynomial_is_read_from_its_text(string text, string? name)
    {
        DecoderFunction? function = DecoderFunctions.Find(text);
        Assert.Equal(name, function?.Name);
        Assert.Equal(function, name is null ? null : DecoderFunctions.Find(name));
    }

    [Fact]
    public void A_polynomial_of_too_high_a_degree_is_refused()
    {
        string text = "polynomial(" + string.Join(",", Enumerable.Repeat("1", PolynomialFunction.GreatestDegree + 2)) + ")";
        Assert.Null(DecoderFunctions.Find(text));
        Assert.Throws<ArgumentException>(() => new PolynomialFunction([.. Enumerable.Repeat(BigRational.One, PolynomialFunction.GreatestDegree + 2)]));
    }

    [Fact]
    public void A_polynomial_is_exact_everywhere()
    {
        var p = new PolynomialFunction([new(1, 3), -2, 0, new(7, 5)]);
        Assert.Equal(3, p.Degree);
        Assert.True(p.IsPolynomial);
        Assert.Equal(double.PositiveInfinity, p.LipschitzBound);

        // 1/3 - 2 x + 7/5 x^3 about 1/2: value -59/120, slope -2 + 21/20, then 21/10 and 7/5.
        Assert.Equal([new(-59, 120), new(-19, 20), new(21, 10), new(7, 5), 0], p.ExactTaylor(new BigRational(1, 2), 4));
        Assert.Equal([-59 / 120.0, -0.95], p.Taylor(0.5, 1));
        Assert.Equal(-59 / 120.0, p.Value(0.5));
        Assert.Equal(double.NegativeInfinity, p.Value(double.NegativeInfinity));
        Assert.True(double.IsNaN(p.Value(double.NaN)));

        // At the root of x^2 - 2 nearest in doubles the rounded Horner scheme would lose half of the digits.
        var q = new PolynomialFunction([-2, 0, 1]);
        double root = Math.Sqrt(2);
        BigRational exact = BigRational.FromDouble(root);
        Assert.Equal(((exact * exact) - 2).ToDouble(), q.Value(root));
    }

    [Theory]
    [InlineData("polynomial(1/3, -2, 0, 7/5)")]
    [InlineData("polynomial(-1, 5, -10, 10, -5, 1)")]
    [InlineData("polynomial(1e-150, 3e-160, 1e150)")]
    [InlineData("polynomial(1e300, 1, 1e-300)")]
    [InlineData("polynomial(0, 0, 0, 0, 0, 0, 0, 1e-30)")]
    public void Values_of_polynomials_are_within_one_unit_in_the_last_place_where_terms_cancel_too(string name)
    {
        var p = (PolynomialFunction)DecoderFunctions.Find(name)!;
        var random = new Random(13);
        for (int i = 0; i < 400; i++)
        {
            // Around 1, where (x - 1)^5 loses everything, around 0, and far out.
            double x = i % 3 == 0 ? 1 + Math.ScaleB(random.NextDouble() - 0.5, -random.Next(20)) : Math.ScaleB(random.NextDouble() - 0.5, random.Next(-60, 40));
            BigRational exact = BigRational.Zero;
            for (int k = p.Degree; k >= 0; k--)
            {
                exact = (exact * BigRational.FromDouble(x)) + p.Coefficients[k];
            }

            double value = p.Value(x);
            BigRational ulp = BigRational.FromDouble(Math.BitIncrement(Math.Abs(value)) - Math.Abs(value));
            Assert.True((BigRational.FromDouble(value) - exact).Abs() <= ulp, $"{name} at {x}");
        }
    }

    [Fact]
    public void A_linear_polynomial_is_bounded_by_its_slope_rounded_up()
    {
        var p = new PolynomialFunction([5, new(-1, 3)]);
        Assert.True(BigRational.FromDouble(p.LipschitzBound) >= new BigRational(1, 3));
        Assert.True(BigRational.FromDouble(Math.BitDecrement(p.LipschitzBound)) < new BigRational(1, 3));
        Assert.Equal(0, new PolynomialFunction([4]).LipschitzBound);
    }

    [Theory]
    [InlineData("gelu-erf", "y/2 (1 + erf(y/sqrt(2)))", @"\frac{y}{2} \left(1 + \operatorname{erf} \frac{y}{\sqrt{2}}\right)")]
    [InlineData("silu", "y/(1 + exp(-y))", @"\frac{y}{1 + e^{-y}}")]
    [InlineData("tanh", "tanh(y)", @"\tanh\left(y\right)")]
    [InlineData("gelu-tanh", "y/2 (1 + tanh(sqrt(2/pi) (y + 0.044715 y^3)))", @"\frac{y}{2} \left(1 + \tanh\left(\sqrt{\tfrac{2}{\pi}} \left(y + 0.044715\, y^{3}\right)\right)\right)")]
    [InlineData("sigmoid", "1/(1 + exp(-y))", @"\frac{1}{1 + e^{-y}}")]
    [InlineData("softplus", "log(1 + exp(y))", @"\log\left(1 + e^{y}\right)")]
    [InlineData("identity", "y", "y")]
    [InlineData("relu", "max(y, 0)", @"\max\left(y, 0\right)")]
    [InlineData("polynomial(-1/3, 0, -1, 5/2)", "-1/3 - y^2 + 5/2 y^3", @"-\frac{1}{3} - y^{2} + \frac{5}{2}\, y^{3}")]
    [InlineData("polynomial(0)", "0", "0")]
    public void Formulas_are_readable(string name, string text, string latex)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        Assert.Equal(text, ExpressionText.Render(function.Formula(Eq.Symbol("y"))));
        Assert.Equal(latex, ExpressionLatex.Render(function.Formula(Eq.Symbol("y"))));
    }

    [Fact]
    public void An_argument_that_is_a_sum_is_put_in_parentheses()
    {
        Expression silu = DecoderFunctions.Silu.Formula(Eq.Symbol("a") + Eq.Symbol("b"));
        Assert.Equal("(a + b) / (1 + exp(-(a + b)))", ExpressionText.Render(silu));
        Assert.Equal(@"\frac{a + b}{1 + e^{-\left(a + b\right)}}", ExpressionLatex.Render(silu));
    }

    [Fact]
    public void Functions_are_equal_by_name()
    {
        Assert.Equal(DecoderFunctions.Find("polynomial(0, 1)"), new PolynomialFunction([0, 1]));
        Assert.Equal(DecoderFunctions.Find("polynomial(0, 1)")!.GetHashCode(), new PolynomialFunction([0, 1]).GetHashCode());
        Assert.NotEqual(DecoderFunctions.Silu, DecoderFunctions.Sigmoid);
    }
}
