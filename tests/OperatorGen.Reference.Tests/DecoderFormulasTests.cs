using System;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class DecoderFormulasTests
{
    // Values of glibc's erfc, tanh, exp and log1p. The tolerance is ten units in the last place for the roundings of a formula,
    // and the argument's own rounding (relative error eps in z = x^2/2 or 2 sqrt(2/pi) x ... up to 30) in the tail of erfc and sigmoid.
    [Theory]
    [InlineData("gelu-erf", -6, -5.919525870226207e-09)]
    [InlineData("gelu-erf", -1, -0.15865525393145707)]
    [InlineData("gelu-erf", 0.5, 0.34573123063700656)]
    [InlineData("gelu-erf", 3, 2.99595030590511)]
    [InlineData("gelu-tanh", -1, -0.15880800939172324)]
    [InlineData("gelu-tanh", 0.5, 0.34571400982514394)]
    [InlineData("gelu-tanh", 3, 2.996362607918227)]
    [InlineData("silu", -6, -0.014835738939808647)]
    [InlineData("silu", 0.5, 0.3112296656009273)]
    [InlineData("softplus", -6, 0.0024756851377304495)]
    [InlineData("softplus", 0.5, 0.9740769841801067)]
    [InlineData("softplus", 3, 3.048587351573742)]
    [InlineData("relu", -1, 0)]
    [InlineData("relu", 3, 3)]
    [InlineData("identity", -6, -6)]
    public void Decoder_formulas_have_their_known_values(string name, double x, double expected)
    {
        double value = DecoderFormulas.Of(DecoderFunctions.Find(name)!)(x);
        double tolerance = Math.Abs(expected) * (10 + (x * x)) * 2.3e-16;
        Assert.InRange(value, expected - tolerance, expected + tolerance);
    }

    [Theory]
    [InlineData("sigmoid")]
    [InlineData("tanh")]
    [InlineData("gelu-erf")]
    [InlineData("gelu-tanh")]
    [InlineData("silu")]
    [InlineData("softplus")]
    [InlineData("relu")]
    public void Not_a_number_stays_so(string name) =>
        Assert.True(double.IsNaN(DecoderFormulas.Of(DecoderFunctions.Find(name)!)(double.NaN)));

    [Fact]
    public void A_polynomial_is_evaluated_from_its_coefficients_stored_as_the_options_say()
    {
        PolynomialFunction cubic = PolynomialFunction.TryParse("polynomial(1, 0, 1/2, 1/3)")!;
        Assert.Equal(1 + 2 + (8 / 3.0), DecoderFormulas.Of(cubic)(2), 1e-15);
        Assert.Equal(1 + 2 + (8 * (double)(float)(1 / 3.0)), DecoderFormulas.Of(cubic, ReferenceOptions.SingleConstants)(2), 1e-15);
    }

    [Fact]
    public void Every_named_decoder_function_has_a_formula()
    {
        foreach (DecoderFunction function in DecoderFunctions.All)
        {
            Assert.NotNull(DecoderFormulas.Of(function));
        }
    }
}
