using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Tests.Vectors;

/// <summary>The functions in float: every exponent, subnormal numbers included, and every length of a row up to 256.</summary>
public class ElementwiseWholeRangeTests(ITestOutputHelper output)
{
    private static readonly int[] Widths = [512, 256, 128];

    public static TheoryData<string> Names => ["exp", "sigmoid", "softplus", "silu", "tanh", "gelu-erf", "gelu-tanh", "log1p", "sine", "cosine"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Float_results_are_within_their_bound_at_every_exponent(string name)
    {
        float[] x = [.. EveryExponent()];
        float[][] results = [.. Widths.Select(width => Elementwise.Find(name).Map(width, x))];
        (double Error, float X) worst = (0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            // The double is within some 2^-50 of the value, so that the error in ulp of a float is right to 2^-26.
            double value = InDouble(name, x[i]);
            float rounded = (float)value;
            double bound = ElementwiseAccuracyTests.Bound(name, x[i]);
            double ulp = value == 0 ? float.Epsilon : Math.Max(Math.ScaleB(1, Math.ILogB(value) - 23), float.Epsilon);
            foreach (float y in results.Select(result => result[i]))
            {
                bool finite = float.IsFinite(rounded) && float.IsFinite(y);
                double error = finite ? Math.Abs(y - value) / ulp : rounded.Equals(y) ? 0 : double.PositiveInfinity;
                Assert.True(error <= bound, $"{name}({x[i]:R}) = {y:R} is {error} ulp from the value {value:R}; {bound} were promised.");
                worst = error > worst.Error ? (error, x[i]) : worst;
            }
        }

        output.WriteLine($"{name}: at most {worst.Error:F3} ulp, at {worst.X:R}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_length_up_to_256_gives_the_bits_of_the_elements_alone(string name)
    {
        // Special values among ordinary ones, so that an unused lane or a neighbour would show.
        Elementwise function = Elementwise.Find(name);
        Random random = new(20260711);
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, -1e-40f, -1f, 88.8f, -103.5f, float.MaxValue];
        float[] x = [.. Enumerable.Range(0, 256).Select(i => i % 7 == 3 ? special[random.Next(special.Length)] : (float)((random.NextDouble() - 0.5) * 30))];
        int[] alone = [.. x.Select(v => Bits(function.Map(128, [v])[0]))];
        foreach (int width in Widths)
        {
            for (int length = 0; length <= 256; length++)
            {
                Assert.Equal(alone[..length], function.Map(width, x[..length]).Select(Bits));
            }
        }
    }

    private static int Bits(float y) => float.IsNaN(y) ? -1 : BitConverter.SingleToInt32Bits(y);

    private static double InDouble(string name, float x) => name switch
    {
        "exp" => x > 100 ? double.PositiveInfinity : RealMath.Exp(Math.Max(x, -700)),
        "log1p" => Logarithm(x),
        "sine" => Math.Sin(x),
        "cosine" => Math.Cos(x),
        "silu" or "gelu-erf" or "gelu-tanh" when float.IsNegativeInfinity(x) => double.NaN,
        _ => DecoderFunctions.All.Single(f => f.Name == name).Value(x),
    };

    /// <summary>log(1 + x) = log(u) x / (u - 1) with u = 1 + x rounded: the errors of u cancel (Kahan).</summary>
    private static double Logarithm(double x)
    {
        double u = 1 + x;
        return u <= 0 || double.IsPositiveInfinity(u) ? Math.Log(u) : u == 1 ? x : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>At each of the 256 exponents of both signs: the ends and 62 significands at random. Then the range where the functions bend, densely.</summary>
    private static IEnumerable<float> EveryExponent()
    {
        Random random = new(20260712);
        for (int exponent = 0; exponent < 512; exponent++)
        {
            for (int i = 0; i < 64; i++)
            {
                int significand = i switch { 0 => 0, 1 => 0x7FFFFF, _ => random.Next(1 << 23) };
                yield return BitConverter.Int32BitsToSingle((exponent << 23) | significand);
            }
        }

        for (int i = 0; i < 50_000; i++)
        {
            yield return (float)((random.NextDouble() - 0.55) * 200 * Math.Pow(random.NextDouble(), 3));
        }
    }
}
