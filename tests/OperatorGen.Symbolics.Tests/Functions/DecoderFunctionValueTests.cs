using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Functions;

public class DecoderFunctionValueTests
{
    public static TheoryData<string> Names => [.. DecoderFunctions.All.Select(f => f.Name)];

    [Fact]
    public void Values_are_within_two_units_in_the_last_place_and_tiny_ones_within_1e_320()
    {
        foreach ((string name, double x, string text) in DecoderFunctionReference.Values)
        {
            Assert.True(BigRational.TryParse(text, out BigRational expected));
            double value = DecoderFunctions.Find(name)!.Value(x);
            BigRational ulp = BigRational.FromDouble(Math.BitIncrement(Math.Abs(value)) - Math.Abs(value));
            BigRational error = (BigRational.FromDouble(value) - expected).Abs();
            BigRational allowed = Math.Abs(value) < 1e-300 ? BigRational.FromDouble(1e-320) : 2 * ulp;
            Assert.True(error <= allowed, $"{name}({NumberText.Format(x)}) = {NumberText.Format(value)}, wrong by {(error / ulp).ToDouble()} ulp");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Not_a_number_stays_one(string name) => Assert.True(double.IsNaN(DecoderFunctions.Find(name)!.Value(double.NaN)));

    [Theory]
    [InlineData("gelu-erf", double.PositiveInfinity, double.NaN)]
    [InlineData("gelu-tanh", double.PositiveInfinity, double.NaN)]
    [InlineData("silu", double.PositiveInfinity, double.NaN)]
    [InlineData("sigmoid", 1, 0)]
    [InlineData("tanh", 1, -1)]
    [InlineData("softplus", double.PositiveInfinity, 0)]
    [InlineData("relu", double.PositiveInfinity, 0)]
    [InlineData("identity", double.PositiveInfinity, double.NegativeInfinity)]
    [InlineData("exp", double.PositiveInfinity, 0)]
    public void At_infinities_the_formulas_decide(string name, double above, double below)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        Assert.Equal(above, function.Value(double.PositiveInfinity));
        Assert.Equal(below, function.Value(double.NegativeInfinity));
    }

    [Theory]
    [InlineData(1e5)]
    [InlineData(1e200)]
    [InlineData(double.MaxValue)]
    public void Far_out_the_gates_are_open_or_shut(double x)
    {
        foreach (DecoderFunction function in new[] { DecoderFunctions.GeluErf, DecoderFunctions.GeluTanh, DecoderFunctions.Silu, DecoderFunctions.Relu })
        {
            Assert.Equal(x, function.Value(x));
            Assert.Equal(0, function.Value(-x));
        }

        foreach (DecoderFunction function in DecoderFunctions.All.Where(f => f.HasTaylorSeries && f is not Exp))
        {
            Assert.All(function.Taylor(x, 3), c => Assert.True(double.IsFinite(c)));
            Assert.All(function.Taylor(-x, 3), c => Assert.True(double.IsFinite(c)));
        }

        Assert.All(DecoderFunctions.Exp.Taylor(x, 3), c => Assert.Equal(double.PositiveInfinity, c));
        Assert.All(DecoderFunctions.Exp.Taylor(-x, 3), c => Assert.Equal(0, c));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_lipschitz_bound_holds_and_is_nearly_reached(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        double steepest = 0;
        for (int i = -10_240; i <= 10_240; i++)
        {
            steepest = Math.Max(steepest, Math.Abs(Slope(function, i / 256.0)));
        }

        // The derivative is computed with a few roundings; at steps of 1/256 the maximum is missed by at most |g'''| / 2 / 512^2 < 8e-6.
        Assert.True(steepest <= function.LipschitzBound * (1 + 1e-15), $"{steepest}");
        Assert.True(steepest > Math.Min(function.LipschitzBound, Math.Exp(39)) - 8e-6, $"{steepest}"); // the slope of e^x has no bound
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_is_the_limit_of_difference_quotients(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        foreach (double x in new[] { -6, -2.5, -0.4, 0.3, 1, 3.5, 7 })
        {
            // Central differences: the error is h^2/6 |g'''| with |g'''| < 4 for all of them, plus two roundings of at most 8 2^-53 over 2h.
            const double Step = 1.0 / 16384;
            double quotient = (function.Value(x + Step) - function.Value(x - Step)) / (2 * Step);
            double size = Math.Max(1, function.Value(x)); // all derivatives of e^x are as large as it is
            Assert.True(Math.Abs(quotient - Slope(function, x)) < ((Step * Step) + 2e-11) * (function is Exp ? size : 1), $"{name} at {x}");
        }
    }

    // ReLU has no series at its corner; 0 there, as torch has it.
    private static double Slope(DecoderFunction function, double x) => function.HasTaylorSeries ? function.Taylor(x, 1)[1] : x > 0 ? 1 : 0;
}
