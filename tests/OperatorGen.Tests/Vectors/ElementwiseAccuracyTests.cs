using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Tests.Vectors;

/// <summary>
/// Every function at thousands of points against integer arithmetic. The bounds are the sum of the roundings on the path,
/// in ulp: a polynomial or quotient of polynomials about 1, each further operation 1/2, and what a later operation amplifies.
/// </summary>
public class ElementwiseAccuracyTests(ITestOutputHelper output)
{
    private static readonly bool Fused = Fma.IsSupported || AdvSimd.IsSupported;

    public static TheoryData<string> Names => [.. Elementwise.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Double_results_are_within_their_bound(string name)
    {
        double[] x = [.. Points(name, single: false)];
        double[] y = Elementwise.Find(name).Map(512, x);
        Check(name, x, y, single: false);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Float_results_are_within_their_bound(string name)
    {
        float[] x = [.. Points(name, single: true).Select(v => (float)v)];
        float[] y = Elementwise.Find(name).Map(512, x);
        Check(name, [.. x.Select(v => (double)v)], [.. y.Select(v => (double)v)], single: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_widths_give_the_same_bits(string name)
    {
        Elementwise function = Elementwise.Find(name);
        double[] x = [.. Points(name, single: false), double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        long[] wide = Bits(function.Map(512, x));
        Assert.Equal(wide, Bits(function.Map(256, x)));
        Assert.Equal(wide, Bits(function.Map(128, x)));

        float[] xs = [.. Points(name, single: true).Select(v => (float)v), float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        int[] wideSingle = Bits(function.Map(512, xs));
        Assert.Equal(wideSingle, Bits(function.Map(256, xs)));
        Assert.Equal(wideSingle, Bits(function.Map(128, xs)));
    }

    private static long[] Bits(double[] y) => [.. y.Select(v => double.IsNaN(v) ? -1 : BitConverter.DoubleToInt64Bits(v))];

    private static int[] Bits(float[] y) => [.. y.Select(v => float.IsNaN(v) ? -1 : BitConverter.SingleToInt32Bits(v))];

    internal static double Bound(string name, double x) => name switch
    {
        "identity" or "relu" => 0,
        "exp" => Fused ? 1 : 2,

        // The tail: what is added to the large part of W counts 0.43, its own roundings are known, and then one rounding. Without a fused multiply-add the rounding of x^2/2 (half an
        // ulp of it) is amplified by the exponential.
        "gelu-erf" when !Fused => x < 0 ? 6 + (x * x) : 4,

        // As silu, since 2u is known to twice the precision. Without a fused multiply-add it is rounded three times; where x < 0 the exponential turns that into a relative error of |2u| times as much.
        "gelu-tanh" when !Fused => x < 0 ? 4 + (3 * ((1.6 * -x) + (0.0714 * -x * x * x))) : 6,

        // e^-|x| is within 1 ulp. What is added to it is half as large at most, so that its roundings count half; then one rounding, in silu two.
        _ => Fused ? 2 : 3,
    };

    private void Check(string name, double[] x, double[] y, bool single)
    {
        (double Ratio, double Error, double X) worst = (-1, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            double error = Oracle.Of(name, x[i]).UlpsTo(y[i], single);
            double bound = Bound(name, x[i]);
            Assert.True(error <= bound, $"{name}({x[i]:R}) = {y[i]:R} is {error} ulp from the value; {bound} were promised.");
            double ratio = bound == 0 ? 0 : error / bound;
            if (ratio > worst.Ratio)
            {
                worst = (ratio, error, x[i]);
            }
        }

        output.WriteLine($"{name} {(single ? "float" : "double")}: at most {worst.Error:F3} ulp of {Bound(name, worst.X):F1}, at {worst.X:R}");
    }

    /// <summary>A grid and random points where the function bends, random magnitudes, and the ends of the range.</summary>
    private static IEnumerable<double> Points(string name, bool single) => name switch
    {
        // Beyond the limits the functions are the scalar ones, at -1 the logarithm is infinite.
        "sine" or "cosine" => Candidates(name, single).Where(x => Math.Abs(x) <= 1_600_000),
        "log1p" => Candidates(name, single).Where(x => x > -1),
        _ => Candidates(name, single),
    };

    private static IEnumerable<double> Candidates(string name, bool single)
    {
        Random random = new(20260503);
        double end = (name, single) switch
        {
            ("gelu-erf", true) => 15,
            ("gelu-erf", false) => 39,
            ("gelu-tanh", true) => 12,
            ("gelu-tanh", false) => 23,
            ("sine" or "cosine", true) => 12_800,
            ("sine" or "cosine", false) => 1_600_000,
            (_, true) => 112,
            _ => 755,
        };
        for (int i = -400; i <= 400; i++)
        {
            yield return i * end / 400;
        }

        for (int i = -1200; i <= 1200; i++)
        {
            yield return i / 150.0;
        }

        for (int i = 0; i < 1500; i++)
        {
            yield return (random.NextDouble() - 0.5) * 12;
        }

        for (int i = 0; i < 300; i++)
        {
            double magnitude = Math.ScaleB(1 + random.NextDouble(), random.Next(single ? -40 : -80, 1));
            yield return random.Next(2) == 0 ? magnitude : -magnitude;
        }

        // Near multiples of pi/2 sine or cosine is small; only a fused reduction is promised to be right there.
        for (int i = 0; i < (name is "sine" or "cosine" && Fused ? 600 : 0); i++)
        {
            double x = Math.Floor(end / Math.PI * 2 * random.NextDouble() * random.NextDouble()) * (Math.PI / 2);
            yield return single ? (float)x : x;
            yield return single ? -MathF.BitIncrement((float)x) : -Math.BitIncrement(x);
        }

        foreach (double x in new[] { 0, single ? float.Epsilon : double.Epsilon, single ? 1e-38 : 1e-308, single ? 88.7 : 709.7, single ? 1e30 : 1e300 })
        {
            yield return x;
            yield return -x;
        }
    }
}
