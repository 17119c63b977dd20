using System;
using System.Numerics;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Selective;

/// <summary>Bounds of what the exponential series leaves out, against integers of many digits.</summary>
public sealed class ExponentialRemainderTests
{
    private const int Bits = 1200;

    public static TheoryData<double, double> Arguments() => new()
    {
        { 1e-30, 0 }, { -1e-30, 1e-31 }, { 1e-5, 0 }, { -1e-5, 0 }, { 0.3, 0 }, { -0.3, 0 }, { 1, 0 }, { -1, 0 }, { 3.7, 0 }, { -3.7, 0 }, { 15.99, 0 }, { -15.99, 0 },
        { -17, 0 }, { 25, 0 }, { -25, 0 }, { -64, 0 }, { 150, 0 }, { -150, 0 }, { 0, 1 }, { 0, -20 }, { -3, 4 }, { 5, 12 }, { -30, 40 }, { 20, -70 },
    };

    [Theory]
    [MemberData(nameof(Arguments))]
    public void A_bound_is_above_the_remainder_and_near_it(double re, double im)
    {
        double[] bounds = Bounds(0, new(re, im), 65);
        foreach (int k in new[] { 0, 1, 2, 3, 5, 8, 14, 15, 16, 17, 24, 25, 34, 63, 64 })
        {
            (double exact, double total) = Exact(re, im, k);

            // The documented part of what is summed; of real arguments that is below 2^-48 (150 + 65 + 8) * 2 * 66 of the result.
            double part = (Math.Abs(re) + Math.Abs(im) + k + 8) / (1L << 48);
            double excess = Math.Min(2 * part * total, im == 0 ? 1.1e-10 * exact : double.MaxValue);
            Assert.InRange(bounds[k], exact, (exact * (1 + 1e-15)) + excess + 1e-301);
        }
    }

    [Fact]
    public void Factors_far_out_of_range_meet_powers_far_out_of_range()
    {
        // e^(-800 + 790) (1 - Pr[Poisson(790) <= k]): the tail is 1.
        double[] bounds = Bounds(-800, 790, 9);
        Assert.All(bounds, bound => Assert.InRange(bound, Math.Exp(-10), Math.Exp(-10) * (1 + 1e-10)));
        Assert.All(Bounds(-5000, 4990, 9), bound => Assert.InRange(bound, Math.Exp(-10), Math.Exp(-10) * (1 + 1e-9)));

        // e^-800 times 1000^8 / 8! = 2.5e19 is below all doubles, and no bound is 0.
        Assert.All(Bounds(-800, -1000, 9), bound => Assert.InRange(bound, double.Epsilon, 1e-280));
        Assert.All(Bounds(-10, 1e-200, 9), bound => Assert.InRange(bound, double.Epsilon, 1e-199));
        Assert.All(Bounds(800, 1, 9), bound => Assert.Equal(double.PositiveInfinity, bound));
        Assert.All(Bounds(5, 800, 9), bound => Assert.Equal(double.PositiveInfinity, bound));
        Assert.All(Bounds(800, 0, 9), bound => Assert.Equal(0, bound));
    }

    [Fact]
    public void What_an_argument_may_be_wrong_by_is_in_the_bound()
    {
        foreach (double z in new[] { -30, -2, -1e-9, 0, 1e-9, 2, 30 })
        {
            foreach (double doubt in new[] { 1e-12, 1e-6, 0.25 })
            {
                var bounds = new double[9];
                ExponentialRemainder.Bound(0, z, doubt, bounds);
                for (int k = 0; k < bounds.Length; k++)
                {
                    Assert.InRange(bounds[k], Math.Max(Exact(z + doubt, 0, k).Value, Exact(z - doubt, 0, k).Value), double.MaxValue);
                }
            }
        }

        var without = new double[2];
        ExponentialRemainder.Bound(0, 1, 0.75, without);
        Assert.All(without, bound => Assert.Equal(double.PositiveInfinity, bound));
    }

    private static double[] Bounds(double scale, ComplexNumber z, int count)
    {
        var bounds = new double[count];
        ExponentialRemainder.Bound(scale, z, 0, bounds);
        return bounds;
    }

    // |sum_(j > k) z^j / j!| in fixed point, and the sum of absolute values that the rounding is measured by.
    private static (double Value, double Total) Exact(double re, double im, int k)
    {
        BigInteger x = Fixed(re), y = Fixed(im), termRe = BigInteger.One << Bits, termIm = 0, sumRe = 0, sumIm = 0;
        double size = Math.Sqrt((re * re) + (im * im)), power = 1, powers = 1, series = 0;
        for (int j = 1; j <= 1200; j++)
        {
            (termRe, termIm) = ((((termRe * x) - (termIm * y)) >> Bits) / j, (((termRe * y) + (termIm * x)) >> Bits) / j);
            power *= size / j;
            powers += j <= k ? power : 0;
            series += j <= k ? 0 : power;
            (sumRe, sumIm) = j <= k ? (0, 0) : (sumRe + termRe, sumIm + termIm);
        }

        return (Root((sumRe * sumRe) + (sumIm * sumIm)), k + 1 <= size ? powers + Math.Exp(re) : series);
    }

    private static BigInteger Fixed(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        int exponent = (int)(bits >> 52);
        BigInteger magnitude = exponent == 0 ? 0 : (((bits & ((1L << 52) - 1)) | (1L << 52)) * (BigInteger.One << (Bits - 52 - 1023 + exponent)));
        return value < 0 ? -magnitude : magnitude;
    }

    // The root of a number in fixed point with twice the bits, to double.
    private static double Root(BigInteger square)
    {
        int shift = (int)Math.Max(0, (long)square.GetBitLength() - 120) & ~1;
        return Math.ScaleB(Math.Sqrt((double)(square >> shift)), (shift / 2) - Bits);
    }
}
