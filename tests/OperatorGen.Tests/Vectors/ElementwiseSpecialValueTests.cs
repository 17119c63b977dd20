using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tests.Vectors;

public class ElementwiseSpecialValueTests
{
    public static TheoryData<string> Names => [.. Elementwise.All.Select(f => f.Name)];

    [Theory]
    [InlineData("identity", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("relu", 0, double.PositiveInfinity)]
    [InlineData("sigmoid", 0, 1)]
    [InlineData("tanh", -1, 1)]
    [InlineData("softplus", 0, double.PositiveInfinity)]
    [InlineData("silu", double.NaN, double.PositiveInfinity)]
    [InlineData("gelu-erf", double.NaN, double.PositiveInfinity)]
    [InlineData("gelu-tanh", double.NaN, double.PositiveInfinity)]
    [InlineData("exp", 0, double.PositiveInfinity)]
    [InlineData("log1p", double.NaN, double.PositiveInfinity)]
    [InlineData("sine", double.NaN, double.NaN)]
    [InlineData("cosine", double.NaN, double.NaN)]
    public void Infinities_give_what_the_formula_evaluates_to(string name, double atMinusInfinity, double atInfinity)
    {
        Elementwise function = Elementwise.Find(name);
        foreach (int width in new[] { 512, 256, 128 })
        {
            Assert.Equal([atMinusInfinity, atInfinity, double.NaN], function.Map(width, [double.NegativeInfinity, double.PositiveInfinity, double.NaN]));
            Assert.Equal([(float)atMinusInfinity, (float)atInfinity, float.NaN], function.Map(width, [float.NegativeInfinity, float.PositiveInfinity, float.NaN]));
        }
    }

    [Theory]
    [InlineData("identity", 0)]
    [InlineData("relu", 0)]
    [InlineData("sigmoid", 0.5)]
    [InlineData("tanh", 0)]
    [InlineData("silu", 0)]
    [InlineData("gelu-erf", 0)]
    [InlineData("gelu-tanh", 0)]
    [InlineData("exp", 1)]
    [InlineData("log1p", 0)]
    [InlineData("sine", 0)]
    [InlineData("cosine", 1)]
    public void Zero_of_either_sign_gives_the_value_exactly(string name, double value)
    {
        Assert.Equal([value, value], Elementwise.Find(name).Map(512, [0.0, -0.0]));
        Assert.Equal([(float)value, (float)value], Elementwise.Find(name).Map(512, [0f, -0f]));
    }

    [Theory]
    [InlineData("silu")]
    [InlineData("log1p")]
    [InlineData("sine")]
    public void A_zero_keeps_its_sign(string name)
    {
        Elementwise function = Elementwise.Find(name);
        foreach (int width in new[] { 512, 256, 128 })
        {
            Assert.Equal([false, true], function.Map(width, [0.0, -0.0]).Select(double.IsNegative));
            Assert.Equal([false, true], function.Map(width, [0f, -0f]).Select(float.IsNegative));
        }
    }

    [Theory]
    [InlineData("silu")]
    [InlineData("gelu-erf")]
    [InlineData("gelu-tanh")]
    public void The_largest_finite_numbers_do_not_overflow_to_something_else(string name)
    {
        Elementwise function = Elementwise.Find(name);
        Assert.Equal([double.MaxValue, 0], function.Map(512, [double.MaxValue, -double.MaxValue]));
        Assert.Equal([float.MaxValue, 0], function.Map(512, [float.MaxValue, -float.MaxValue]));
    }

    [Fact]
    public void The_exponential_underflows_gradually_and_overflows_at_the_end_of_the_range()
    {
        Elementwise exponential = Elementwise.Find("exp");
        Assert.Equal([double.Epsilon, 0, double.PositiveInfinity], exponential.Map(256, [-745.1, -745.2, 709.79]));
        Assert.Equal([float.Epsilon, 0, float.PositiveInfinity], exponential.Map(256, [-103.9f, -103.98f, 88.73f]));
        Assert.InRange(exponential.Map(256, [709.78])[0], 1.79e308, double.MaxValue);
        Assert.InRange(exponential.Map(256, [88.72f])[0], 3.39e38f, float.MaxValue);
    }

    [Fact]
    public void Silu_underflows_gradually()
    {
        // -110 e^-110 is below half the smallest subnormal float, -753 e^-753 below that of double; at -108.5 and -752 it is above it.
        Elementwise silu = Elementwise.Find("silu");
        Assert.Equal([-float.Epsilon, 0, 0], silu.Map(256, [-108.5f, -110f, -1e30f]));
        Assert.Equal([-double.Epsilon, 0, 0], silu.Map(256, [-751, -753, -1e300]));
    }

    [Fact]
    public void The_logarithm_ends_at_minus_one()
    {
        Elementwise logarithm = Elementwise.Find("log1p");
        Assert.Equal([double.NegativeInfinity, double.NaN, double.NaN], logarithm.Map(256, [-1, Math.BitDecrement(-1.0), -1e300]));
        Assert.Equal([float.NegativeInfinity, float.NaN, float.NaN], logarithm.Map(256, [-1f, MathF.BitDecrement(-1f), -1e30f]));
        Assert.InRange(logarithm.Map(256, [double.MaxValue])[0], 709.78, 709.79);
        Assert.InRange(logarithm.Map(256, [float.MaxValue])[0], 88.72f, 88.73f);
    }

    [Theory]
    [InlineData("sine")]
    [InlineData("cosine")]
    public void Sine_and_cosine_of_far_arguments_are_the_scalar_ones(string name)
    {
        Elementwise function = Elementwise.Find(name);
        double[] x = [1_600_001, -1e7, 1e15, -1e22, 1e300, double.MaxValue, 0.5];
        double[] expected = [.. x.Select(v => name == "sine" ? Math.Sin(v) : Math.Cos(v))];
        float[] single = [12_801, -1e6f, 1e10f, -1e22f, 1e38f, float.MaxValue, 0.5f];
        float[] expectedSingle = [.. single.Select(v => (float)(name == "sine" ? Math.Sin(v) : Math.Cos(v)))];
        foreach (int width in new[] { 512, 256, 128 })
        {
            Assert.Equal(expected[..^1], function.Map(width, x)[..^1]);
            Assert.Equal(function.Map(width, [0.5])[0], function.Map(width, x)[^1]);
            Assert.Equal(expectedSingle[..^1], function.Map(width, single)[..^1]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_lane_influences_another(string name)
    {
        Elementwise function = Elementwise.Find(name);
        const double Point = -1.375;
        foreach (int width in new[] { 512, 256, 128 })
        {
            double alone = function.Map(width, [Point])[0];
            float aloneSingle = function.Map(width, [(float)Point])[0];
            foreach (double other in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, -40, double.Epsilon })
            {
                for (int lane = 0; lane < 16; lane++)
                {
                    double[] x = [.. Enumerable.Repeat(other, 16)];
                    x[lane] = Point;
                    Assert.Equal(BitConverter.DoubleToInt64Bits(alone), BitConverter.DoubleToInt64Bits(function.Map(width, x)[lane]));
                    float[] single = [.. x.Select(v => (float)v)];
                    Assert.Equal(BitConverter.SingleToInt32Bits(aloneSingle), BitConverter.SingleToInt32Bits(function.Map(width, single)[lane]));
                }
            }
        }
    }

    [Fact]
    public void Every_decoder_function_of_the_symbolic_side_has_its_vector_form_and_the_reverse()
    {
        Assert.Equal(DecoderFunctions.All.Select(f => f.Name).Order(), Elementwise.Decoders.Select(f => f.Name).Order());
    }

    [Fact]
    public void The_symbolic_and_the_vector_form_of_a_decoder_function_agree_in_value()
    {
        double[] x = [.. Enumerable.Range(-800, 1601).Select(i => i / 100.0)];
        foreach (DecoderFunction function in DecoderFunctions.All)
        {
            double[] y = Elementwise.Find(function.Name).Map(512, x);
            for (int i = 0; i < x.Length; i++)
            {
                // Each side is within its own bound; the symbolic side promises 2 ulp.
                double expected = function.Value(x[i]);
                double ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
                double tolerance = (ElementwiseAccuracyTests.Bound(function.Name, x[i]) + 2) * ulp;
                Assert.True(Math.Abs(expected - y[i]) <= tolerance, $"{function.Name}({x[i]:R}): symbolic {expected:R}, vector {y[i]:R}");
            }
        }
    }
}
