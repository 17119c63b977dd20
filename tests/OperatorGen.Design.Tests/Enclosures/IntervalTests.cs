using System;
using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Design.Tests.Enclosures;

public class IntervalTests
{
    [Fact]
    public void Every_operation_contains_the_exact_results_of_members()
    {
        var random = new Random(1);
        for (int i = 0; i < 20000; i++)
        {
            Interval a = RandomInterval(random);
            Interval b = RandomInterval(random);
            double x = Member(a, random);
            double y = Member(b, random);
            BigRational exactX = BigRational.FromDouble(x);
            BigRational exactY = BigRational.FromDouble(y);
            Assert.True((a + b).ContainsRational(exactX + exactY));
            Assert.True((a - b).ContainsRational(exactX - exactY));
            Assert.True((a * b).ContainsRational(exactX * exactY));
            Assert.True(y == 0 || (a / b).ContainsRational(exactX / exactY));
            Assert.True((-a).ContainsRational(-exactX));
            Assert.True(a.Square().ContainsRational(exactX * exactX));
            int n = random.Next(6);
            Assert.True(a.Power(n).ContainsRational(exactX.Pow(n)));
            Assert.True(x == 0 || a.Power(-n).ContainsRational(exactX.Pow(n).Reciprocal()));
            Assert.True(a.Hull(b).Contains(a) && a.Hull(b).Contains(b));
            Assert.True(Interval.Of(exactX / 3).ContainsRational(exactX / 3));
            Assert.True(a.Mignitude <= Math.Abs(x) && Math.Abs(x) <= a.Magnitude);
            Assert.True(a.Contains(a.Midpoint));
        }
    }

    [Fact]
    public void The_ends_are_the_rounded_result_or_the_doubles_next_to_it()
    {
        var random = new Random(2);
        for (int i = 0; i < 1000; i++)
        {
            double x = random.NextDouble() + 0.1;
            double y = random.NextDouble() + 0.1;
            Assert.Equal(new Interval(Math.BitDecrement(x * y), Math.BitIncrement(x * y)), (Interval)x * y);
            Assert.Equal(Interval.Of(BigRational.FromDouble(x) + BigRational.FromDouble(y)), (Interval)x + y);
            Assert.Equal(Interval.Of(BigRational.FromDouble(x) - BigRational.FromDouble(y)), (Interval)x - y);
            Assert.Equal(new Interval(Math.BitDecrement(x / y), Math.BitIncrement(x / y)), (Interval)x / y);
        }
    }

    [Fact]
    public void Smaller_operands_give_results_inside()
    {
        var random = new Random(3);
        for (int i = 0; i < 20000; i++)
        {
            Interval a = RandomInterval(random);
            Interval b = RandomInterval(random);
            Interval inA = Part(a, random);
            Interval inB = Part(b, random);
            Assert.True((a + b).Contains(inA + inB));
            Assert.True((a - b).Contains(inA - inB));
            Assert.True((a * b).Contains(inA * inB));
            Assert.True((a / b).Contains(inA / inB));
            Assert.True(a.Power(3).Contains(inA.Power(3)) && a.Square().Contains(inA.Square()) && a.Power(-2).Contains(inA.Power(-2)));
        }
    }

    [Fact]
    public void The_sum_of_many_terms_contains_the_exact_sum()
    {
        var random = new Random(4);
        for (int run = 0; run < 20; run++)
        {
            var terms = new double[500];
            BigRational exact = BigRational.Zero;
            for (int i = 0; i < terms.Length; i++)
            {
                terms[i] = Number(random);
                exact += BigRational.FromDouble(terms[i]);
            }

            Assert.True(Interval.Sum(Array.ConvertAll(terms, x => (Interval)x)).ContainsRational(exact));
        }
    }

    [Fact]
    public void Infinite_ends_stand_for_no_bound_and_never_make_a_not_a_number()
    {
        var above = new Interval(2, double.PositiveInfinity);
        var below = new Interval(double.NegativeInfinity, -3);
        Assert.Equal(new Interval(double.NegativeInfinity, Math.BitIncrement(-6.0)), above * below);
        Assert.Equal(Interval.Entire, above + below);
        Assert.Equal(new Interval(5, double.PositiveInfinity), above - below);
        Assert.Equal(default, Interval.Entire * 0.0);
        Assert.Equal(new Interval(0, Math.BitIncrement(0.5)), 1.0 / above);
        Assert.Equal(Interval.Entire, above / new Interval(-1, 1));
        Assert.Equal(Interval.Entire, (Interval)1 / 0.0);
        Assert.Equal(new Interval(0, double.PositiveInfinity), Interval.Entire.Square());
        Assert.Equal(Interval.Entire, Interval.Entire.Power(3));
        Assert.Equal(new Interval(double.MaxValue, double.PositiveInfinity), (Interval)double.MaxValue * 2);
        Assert.Equal(new Interval(double.MaxValue, double.PositiveInfinity), (Interval)double.MaxValue + double.MaxValue);
        Assert.Equal(new Interval(double.NegativeInfinity, -double.MaxValue), (Interval)(-double.MaxValue) - double.MaxValue);
        Assert.Equal(new Interval(0, double.Epsilon), (Interval)double.Epsilon / 2);
        Assert.Equal(new Interval(-double.Epsilon, 0), (Interval)double.Epsilon * -0.25);
        Assert.True(double.IsFinite(above.Midpoint) && double.IsFinite(below.Midpoint) && Interval.Entire.Midpoint == 0);
    }

    [Fact]
    public void Every_operation_on_intervals_gives_an_interval()
    {
        double[] ends = [double.NegativeInfinity, -double.MaxValue, -1, -double.Epsilon, -0.0, 0, double.Epsilon, 1, double.MaxValue, double.PositiveInfinity];
        Interval[] all = [.. from low in ends from high in ends where low <= high && low < double.PositiveInfinity && high > double.NegativeInfinity select new Interval(low, high)];
        foreach (Interval a in all)
        {
            foreach (Interval one in new[] { -a, a.Square(), a.Power(0), a.Power(3), a.Power(4), a.Power(-1), a.Power(-2) })
            {
                Assert.True(one.Low <= one.High, $"{a} gives {one}");
            }

            Assert.True(a.Contains(a.Midpoint) && double.IsFinite(a.Midpoint) && a.Width >= 0, $"{a}");
            foreach (Interval b in all)
            {
                foreach (Interval two in new[] { a + b, a - b, a * b, a / b, a.Hull(b) })
                {
                    Assert.True(two.Low <= two.High, $"{a} and {b} give {two}");
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    public void Ends_that_no_real_number_lies_between_are_refused(double low, double high) =>
        Assert.Contains("ends", Assert.Throws<ArgumentException>(() => new Interval(low, high)).Message);

    [Fact]
    public void Sets_have_their_usual_relations()
    {
        var a = new Interval(-1, 2);
        Assert.True(a.Intersects(new(2, 3)) && !a.Intersects(new(2.5, 3)));
        Assert.Equal(new Interval(0, 2), a.Intersection(new(0, 7)));
        Assert.Null(a.Intersection(new(3, 4)));
        Assert.Equal("[-1, 2]", a.ToString());
        Assert.Equal(3, a.Width, 15);
        Assert.True(a.Contains(2) && !a.Contains(Math.BitIncrement(2.0)) && ((Interval)5).IsPoint);
    }

    internal static Interval RandomInterval(Random random)
    {
        double a = Number(random);
        double b = random.Next(4) == 0 ? a : Number(random);
        return new(Math.Min(a, b), Math.Max(a, b));
    }

    internal static double Member(Interval a, Random random) => random.Next(4) switch
    {
        0 => a.Low,
        1 => a.High,
        _ => Math.Clamp(a.Low + (random.NextDouble() * (a.High - a.Low)), a.Low, a.High),
    };

    private static Interval Part(Interval a, Random random)
    {
        double x = Member(a, random);
        double y = Member(a, random);
        return new(Math.Min(x, y), Math.Max(x, y));
    }

    // All sizes that overflow nothing in five factors, and zeros.
    private static double Number(Random random) => random.Next(8) switch
    {
        0 => 0,
        1 => random.Next(-3, 4),
        2 => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-1070, -900)),
        _ => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-60, 60)),
    };
}
