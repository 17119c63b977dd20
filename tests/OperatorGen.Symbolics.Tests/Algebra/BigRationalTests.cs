using System;
using System.Numerics;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Algebra;

public class BigRationalTests
{
    [Fact]
    public void The_default_value_is_zero()
    {
        Assert.Equal(BigRational.Zero, default);
        Assert.Equal(new BigRational(0, -7), default);
        Assert.Equal("0", default(BigRational).ToString());
        Assert.Equal(BigInteger.One, default(BigRational).Denominator);
    }

    [Fact]
    public void Small_and_wide_numbers_follow_the_same_arithmetic()
    {
        var random = new Random(20260422);
        for (int i = 0; i < 20_000; i++)
        {
            BigRational a = Some(random);
            BigRational b = Some(random);
            AssertIs(a + b, (a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);
            AssertIs(a - b, (a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);
            AssertIs(a * b, a.Numerator * b.Numerator, a.Denominator * b.Denominator);
            Assert.Equal(Math.Sign(a.CompareTo(b)), (a - b).Sign);
            if (!b.IsZero)
            {
                AssertIs(a / b, a.Numerator * b.Denominator, a.Denominator * b.Numerator);
                Assert.Equal(a, a / b * b);
            }
        }
    }

    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, 1)]
    [InlineData(long.MinValue, long.MinValue)]
    [InlineData(1, long.MinValue)]
    [InlineData(long.MaxValue, long.MaxValue - 1)]
    public void The_border_of_machine_words_is_not_seen(long numerator, long denominator)
    {
        var a = new BigRational(numerator, denominator);
        AssertIs(a + a, 2 * a.Numerator, a.Denominator);
        AssertIs(a * a, a.Numerator * a.Numerator, a.Denominator * a.Denominator);
        Assert.Equal(a, a + a - a);
        Assert.Equal(BigRational.One, a * a.Reciprocal());
        Assert.Equal(a, -(-a));
        Assert.Equal((a + 1).GetHashCode(), (1 + a).GetHashCode());
    }

    [Fact]
    public void Division_by_zero_is_refused()
    {
        Assert.Throws<DivideByZeroException>(() => BigRational.Zero.Reciprocal());
        Assert.Throws<DivideByZeroException>(() => BigRational.One / BigRational.Zero);
        Assert.Throws<DivideByZeroException>(() => new BigRational(1, 0));
    }

    [Fact]
    public void A_double_comes_back_from_its_exact_value()
    {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            double x = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(x))
            {
                Assert.Equal(x, BigRational.FromDouble(x).ToDouble());
            }
        }

        foreach (double x in new[] { 0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 2.2250738585072014E-308, 0.1 })
        {
            Assert.Equal(x, BigRational.FromDouble(x).ToDouble());
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => BigRational.FromDouble(double.NaN));
    }

    [Fact]
    public void Rounding_to_double_is_to_the_nearest_with_ties_to_even()
    {
        var random = new Random(11);
        for (int i = 0; i < 5_000; i++)
        {
            double x = Math.ScaleB(1 + random.NextDouble(), random.Next(-1080, 1000));
            BigRational low = BigRational.FromDouble(x);
            BigRational high = BigRational.FromDouble(Math.BitIncrement(x));
            BigRational half = (low + high) / 2;
            double even = (BitConverter.DoubleToInt64Bits(x) & 1) == 0 ? x : Math.BitIncrement(x);
            BigRational hair = (high - low) / BigInteger.Pow(10, 40);
            Assert.Equal(even, half.ToDouble());
            Assert.Equal(x, (half - hair).ToDouble());
            Assert.Equal(Math.BitIncrement(x), (half + hair).ToDouble());
            Assert.Equal(-even, (-half).ToDouble());
        }
    }

    [Fact]
    public void Huge_quotients_round_and_numbers_beyond_the_doubles_become_infinite_or_zero()
    {
        BigInteger huge = BigInteger.Pow(10, 5000);
        Assert.Equal(1.0 / 3, new BigRational(huge, (3 * huge) + 1).ToDouble());
        Assert.Equal(double.PositiveInfinity, ((BigRational)huge).ToDouble());
        Assert.Equal(double.NegativeInfinity, ((BigRational)(-huge)).ToDouble());
        Assert.Equal(0, new BigRational(1, huge).ToDouble());

        // Half of the least positive double is a tie with 0, which is even.
        BigRational least = BigRational.FromDouble(double.Epsilon);
        Assert.Equal(0, (least / 2).ToDouble());
        Assert.Equal(double.Epsilon, (least * new BigRational(51, 100)).ToDouble());

        // Half an ulp above the greatest double is a tie with 2^1024, which rounds to infinity.
        BigRational greatest = BigRational.FromDouble(double.MaxValue);
        BigRational half = BigRational.FromDouble(Math.ScaleB(1, 970));
        Assert.Equal(double.PositiveInfinity, (greatest + half).ToDouble());
        Assert.Equal(double.MaxValue, (greatest + (half * new BigRational(99, 100))).ToDouble());
    }

    [Theory]
    [InlineData("1/3", "1/3")]
    [InlineData("-7", "-7")]
    [InlineData("+7", "7")]
    [InlineData("0.25", "1/4")]
    [InlineData("-0.10", "-1/10")]
    [InlineData("1e-3", "1/1000")]
    [InlineData("2.5E+1", "25")]
    [InlineData("6/-4", null)]
    [InlineData("-6/4", "-3/2")]
    [InlineData("0/5", "0")]
    [InlineData("123456789012345678901234567890/2", "61728394506172839450617283945")]
    [InlineData("1/0", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("1/", null)]
    [InlineData("/2", null)]
    [InlineData(".5", null)]
    [InlineData("5.", null)]
    [InlineData("1e", null)]
    [InlineData("1e+", null)]
    [InlineData("1e99999", null)]
    [InlineData("1e1101", null)]
    [InlineData(" 1", null)]
    [InlineData("1,5", null)]
    [InlineData("--1", null)]
    [InlineData("0x10", null)]
    [InlineData("\u0661", null)]
    [InlineData("1/2/3", null)]
    [InlineData("0.5/3", null)]
    [InlineData(null, null)]
    public void Text_is_read_exactly_or_refused(string? text, string? expected)
    {
        Assert.Equal(expected is not null, BigRational.TryParse(text, out BigRational value));
        Assert.Equal(expected ?? "0", value.ToString());
    }

    [Fact]
    public void Text_reads_back()
    {
        var random = new Random(3);
        for (int i = 0; i < 2_000; i++)
        {
            BigRational a = Some(random);
            Assert.True(BigRational.TryParse(a.ToString(), out BigRational back));
            Assert.Equal(a, back);
        }
    }

    // Numbers of all sizes around the border of the two representations.
    private static BigRational Some(Random random)
    {
        BigInteger numerator = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
        BigInteger denominator = (random.NextInt64() >> random.Next(63)) + 1;
        return random.Next(8) switch
        {
            0 => new(numerator * random.NextInt64(), denominator),
            1 => new(numerator, denominator * (random.NextInt64() | 1)),
            2 => new(numerator, BigInteger.One << random.Next(200)),
            _ => new(numerator, denominator),
        };
    }

    private static void AssertIs(BigRational value, BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Assert.Equal(numerator / divisor, value.Numerator);
        Assert.Equal(denominator / divisor, value.Denominator);
        Assert.Equal(new BigRational(numerator, denominator), value);
        Assert.Equal(new BigRational(numerator, denominator).GetHashCode(), value.GetHashCode());
    }
}
