using System;
using System.Linq;
using System.Runtime.Intrinsics;
using OperatorGen.Vectors;
using Xunit;

namespace OperatorGen.Tests.Vectors;

/// <summary>Every operation of <see cref="ISimd{TVector, T}"/> against the scalar operation, lane by lane, at each width.</summary>
public class SimdTests
{
    [Fact]
    public void Float_operations_of_512_bits_are_the_scalar_ones() => Check<Simd512<float>, Vector512<float>>(16);

    [Fact]
    public void Float_operations_of_256_bits_are_the_scalar_ones() => Check<Simd256<float>, Vector256<float>>(8);

    [Fact]
    public void Float_operations_of_128_bits_are_the_scalar_ones() => Check<Simd128<float>, Vector128<float>>(4);

    [Fact]
    public void Double_operations_of_512_bits_are_the_scalar_ones() => CheckDouble<Simd512<double>, Vector512<double>>(8);

    [Fact]
    public void Double_operations_of_256_bits_are_the_scalar_ones() => CheckDouble<Simd256<double>, Vector256<double>>(4);

    [Fact]
    public void Double_operations_of_128_bits_are_the_scalar_ones() => CheckDouble<Simd128<double>, Vector128<double>>(2);

    [Fact]
    public void Powers_of_two_scale_with_one_rounding()
    {
        Random random = new(7);
        for (int i = 0; i < 3000; i++)
        {
            double x = (random.NextDouble() + 0.5) * (random.Next(2) == 0 ? 1 : -1);
            int n = random.Next(-1200, 1201);

            // Math.ScaleB multiplies by powers of two in steps chosen so that the result is rounded once.
            double expected = Math.ScaleB(x, n);
            Assert.Equal(expected, Simd512<double>.ScaleByPowerOfTwo(Vector512.Create(x), Vector512.Create((double)n)).ToScalar());
            Assert.Equal(expected, Simd256<double>.ScaleByPowerOfTwo(Vector256.Create(x), Vector256.Create((double)n)).ToScalar());
            Assert.Equal(expected, Simd128<double>.ScaleByPowerOfTwo(Vector128.Create(x), Vector128.Create((double)n)).ToScalar());

            float single = (float)x;
            int m = random.Next(-170, 171);
            float expectedSingle = MathF.ScaleB(single, m);
            Assert.Equal(expectedSingle, Simd512<float>.ScaleByPowerOfTwo(Vector512.Create(single), Vector512.Create((float)m)).ToScalar());
            Assert.Equal(expectedSingle, Simd256<float>.ScaleByPowerOfTwo(Vector256.Create(single), Vector256.Create((float)m)).ToScalar());
            Assert.Equal(expectedSingle, Simd128<float>.ScaleByPowerOfTwo(Vector128.Create(single), Vector128.Create((float)m)).ToScalar());
        }
    }

    [Fact]
    public void Sums_add_halves_to_halves()
    {
        // Associativity shows: (1e8 + 1) + (-1e8 + 1) in float is 0 by halves, 2 in exact arithmetic.
        Assert.Equal(((1e8f + 1f) + (-1e8f + 1f)), Simd128<float>.Sum(Vector128.Create(1e8f, -1e8f, 1f, 1f)));
        float[] x = [.. Enumerable.Range(0, 16).Select(i => MathF.Pow(-1.7f, i))];
        float[] level = x;
        while (level.Length > 1)
        {
            int half = level.Length / 2;
            level = [.. Enumerable.Range(0, half).Select(i => level[i] + level[i + half])];
        }

        Assert.Equal(level[0], Simd512<float>.Sum(Vector512.Create(x)));
        double[] d = [.. Enumerable.Range(0, 8).Select(i => Math.Pow(-1.7, i) / 3)];
        double expected = ((d[0] + d[4]) + (d[2] + d[6])) + ((d[1] + d[5]) + (d[3] + d[7]));
        Assert.Equal(expected, Simd512<double>.Sum(Vector512.Create(d)));
    }

    private static void Check<TSimd, TVector>(int count)
        where TSimd : ISimd<TVector, float>
        where TVector : struct
    {
        Assert.Equal(count, TSimd.Count);
        Random random = new(11);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] a = Draw(), b = Draw(), c = Draw(), r = new float[count + 2];
            a[count] = b[count];
            TVector va = TSimd.Load(in a[0], 1), vb = TSimd.Load(in b[0], 1), vc = TSimd.Load(in c[0], 1);
            Each(TSimd.Add(va, vb), i => a[i] + b[i]);
            Each(TSimd.Subtract(va, vb), i => a[i] - b[i]);
            Each(TSimd.Multiply(va, vb), i => a[i] * b[i]);
            Each(TSimd.Divide(va, vb), i => a[i] / b[i]);
            Either(TSimd.MultiplyAdd(va, vb, vc), i => MathF.FusedMultiplyAdd(a[i], b[i], c[i]), i => (a[i] * b[i]) + c[i]);
            Either(TSimd.NegateMultiplyAdd(va, vb, vc), i => MathF.FusedMultiplyAdd(-a[i], b[i], c[i]), i => c[i] - (a[i] * b[i]));
            Each(TSimd.Negate(va), i => -a[i]);
            Each(TSimd.Abs(va), i => MathF.Abs(a[i]));
            Each(TSimd.CopySign(va, vb), i => MathF.CopySign(a[i], b[i]));
            Each(TSimd.Max(va, vb), i => MathF.Max(a[i], b[i]));
            Each(TSimd.Min(va, vb), i => MathF.Min(a[i], b[i]));
            Each(TSimd.Sqrt(va), i => MathF.Sqrt(a[i]));
            Each(TSimd.Round(TSimd.Multiply(TSimd.Round(va), TSimd.Constant(0.5))), i => MathF.Round(MathF.Round(a[i]) * 0.5f));
            Each(TSimd.Select(TSimd.LessThan(va, vb), va, vc), i => a[i] < b[i] ? a[i] : c[i]);
            Each(TSimd.Pick(TSimd.LessThan(va, vb), TSimd.LessThan(vb, va), 0.1, 0.2, 0.3), i => a[i] < b[i] ? 0.1f : b[i] < a[i] ? 0.2f : 0.3f);
            Each(TSimd.Exponent(va), i => MathF.ILogB(a[i]));
            Assert.Equal(Enumerable.Range(1, count).Any(i => a[i] < b[i] - 6), TSimd.Any(TSimd.LessThan(va, TSimd.Subtract(vb, TSimd.Constant(6)))));
            Each(TSimd.Max(TSimd.Zero, TSimd.Broadcast(float.NaN)), _ => float.NaN);
            Each(TSimd.Min(TSimd.Zero, TSimd.Broadcast(float.NaN)), _ => float.NaN);

            double[] accumulators = [.. Enumerable.Range(0, count + 2).Select(i => i / 3.0)];
            TSimd.AddWidened(va, ref accumulators[0], 1);
            Assert.Equal([.. Enumerable.Range(0, count + 2).Select(i => i == 0 || i > count ? i / 3.0 : (i / 3.0) + a[i])], accumulators);

            void Each(TVector v, Func<int, float> scalar) => Either(v, scalar, scalar);

            void Either(TVector v, Func<int, float> one, Func<int, float> other)
            {
                r[0] = r[count + 1] = 77;
                TSimd.Store(v, ref r[0], 1);
                for (int i = 1; i <= count; i++)
                {
                    Assert.True(r[i].Equals(one(i)) || r[i].Equals(other(i)), $"lane {i - 1}: {r[i]:R}, not {one(i):R}");
                }

                Assert.Equal((77f, 77f), (r[0], r[count + 1]));
            }
        }

        float[] Draw() => [.. Enumerable.Range(0, count + 2).Select(_ => (float)((random.NextDouble() - 0.5) * 8))];
    }

    private static void CheckDouble<TSimd, TVector>(int count)
        where TSimd : ISimd<TVector, double>
        where TVector : struct
    {
        Assert.Equal(count, TSimd.Count);
        Random random = new(13);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] a = Draw(), b = Draw(), c = Draw(), r = new double[count + 2];
            a[count] = b[count];
            TVector va = TSimd.Load(in a[0], 1), vb = TSimd.Load(in b[0], 1), vc = TSimd.Load(in c[0], 1);
            Each(TSimd.Add(va, vb), i => a[i] + b[i]);
            Each(TSimd.Subtract(va, vb), i => a[i] - b[i]);
            Each(TSimd.Multiply(va, vb), i => a[i] * b[i]);
            Each(TSimd.Divide(va, vb), i => a[i] / b[i]);
            Either(TSimd.MultiplyAdd(va, vb, vc), i => Math.FusedMultiplyAdd(a[i], b[i], c[i]), i => (a[i] * b[i]) + c[i]);
            Either(TSimd.NegateMultiplyAdd(va, vb, vc), i => Math.FusedMultiplyAdd(-a[i], b[i], c[i]), i => c[i] - (a[i] * b[i]));
            Each(TSimd.Negate(va), i => -a[i]);
            Each(TSimd.Abs(va), i => Math.Abs(a[i]));
            Each(TSimd.CopySign(va, vb), i => Math.CopySign(a[i], b[i]));
            Each(TSimd.Max(va, vb), i => Math.Max(a[i], b[i]));
            Each(TSimd.Min(va, vb), i => Math.Min(a[i], b[i]));
            Each(TSimd.Sqrt(va), i => Math.Sqrt(a[i]));
            Each(TSimd.Round(TSimd.Multiply(TSimd.Round(va), TSimd.Constant(0.5))), i => Math.Round(Math.Round(a[i]) * 0.5));
            Each(TSimd.Select(TSimd.LessThan(va, vb), va, vc), i => a[i] < b[i] ? a[i] : c[i]);
            Each(TSimd.Pick(TSimd.LessThan(va, vb), TSimd.LessThan(vb, va), 0.1, 0.2, 0.3), i => a[i] < b[i] ? 0.1 : b[i] < a[i] ? 0.2 : 0.3);
            Each(TSimd.Exponent(va), i => Math.ILogB(a[i]));
            Assert.Equal(Enumerable.Range(1, count).Any(i => a[i] < b[i] - 6), TSimd.Any(TSimd.LessThan(va, TSimd.Subtract(vb, TSimd.Constant(6)))));
            Each(TSimd.Max(TSimd.Zero, TSimd.Broadcast(double.NaN)), _ => double.NaN);
            Each(TSimd.Min(TSimd.Zero, TSimd.Broadcast(double.NaN)), _ => double.NaN);

            double[] accumulators = [.. Enumerable.Range(0, count + 2).Select(i => i / 3.0)];
            TSimd.AddWidened(va, ref accumulators[0], 1);
            Assert.Equal([.. Enumerable.Range(0, count + 2).Select(i => i == 0 || i > count ? i / 3.0 : (i / 3.0) + a[i])], accumulators);

            void Each(TVector v, Func<int, double> scalar) => Either(v, scalar, scalar);

            void Either(TVector v, Func<int, double> one, Func<int, double> other)
            {
                r[0] = r[count + 1] = 77;
                TSimd.Store(v, ref r[0], 1);
                for (int i = 1; i <= count; i++)
                {
                    Assert.True(r[i].Equals(one(i)) || r[i].Equals(other(i)), $"lane {i - 1}: {r[i]:R}, not {one(i):R}");
                }

                Assert.Equal((77.0, 77.0), (r[0], r[count + 1]));
            }
        }

        double[] Draw() => [.. Enumerable.Range(0, count + 2).Select(_ => (random.NextDouble() - 0.5) * 8)];
    }
}
