using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.TestKit.Numbers;
using Xunit;

namespace OperatorGen.Design.Tests.Enclosures;

public class DecoderEnclosureTests
{
    private static readonly string[] s_smooth = ["gelu-erf", "gelu-tanh", "silu", "sigmoid", "tanh", "softplus"];

    public static TheoryData<string> Smooth => [.. s_smooth];

    public static TheoryData<string> All => [.. s_smooth, "identity", "relu", "exp", "polynomial(0, 1, 1/2)", "polynomial(-1, 1/3, 0, -2, 1/7)"];

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Enclosures_contain_the_values_of_50_digits_and_are_narrow(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        List<ReferenceValue> values = [.. ReferenceValues.Of(name)];
        Assert.True(values.Count >= 40);
        foreach (ReferenceValue value in values)
        {
            Interval enclosure = function.Enclose(value.X);
            Assert.True(value.IsIn(enclosure), $"{value} {enclosure}");
            RealEnclosureTests.AssertNarrow(enclosure, value.X);
        }
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Taylor_enclosures_contain_the_coefficients_of_50_digits(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        int seen = 0;
        for (int k = 0; k <= 8; k++)
        {
            foreach (ReferenceValue value in ReferenceValues.Of(name + "/" + (char)('0' + k)))
            {
                Interval enclosure = function.EncloseTaylor(value.X, 8)[k];
                Assert.True(value.IsIn(enclosure), $"{value} {enclosure}");

                // Recurrences of up to 8 steps with terms that cancel in part: narrow against the greatest of the coefficients.
                double greatest = function.EncloseTaylor(value.X, 8).Max(c => c.Magnitude);
                Assert.True(enclosure.Width <= 1e-12 * Math.Max(greatest, 1e-290), $"{value} {enclosure}");

                // Any interval around the point contains it too.
                Assert.True(value.IsIn(function.EncloseTaylor(new(value.X - 0.3, value.X + 0.1), 8)[k]), value.ToString());
                Assert.True(value.IsIn(function.EncloseTaylor(new(double.NegativeInfinity, value.X), 8)[k]), value.ToString());
                Assert.True(value.IsIn(function.EncloseTaylor(new(value.X, double.PositiveInfinity), 8)[k]), value.ToString());
                seen++;
            }
        }

        Assert.True(seen >= 90);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Enclosures_over_intervals_contain_the_values_at_members(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            Interval x = Around(random);
            Interval whole = function.Enclose(x);
            double member = IntervalTests.Member(x, random);
            Assert.True(whole.Intersects(function.Enclose(member)), $"{x} {member}");

            // Value is within 2 ulp, results below 1e-300 within 1e-320.
            double value = function.Value(member);
            double slack = Math.Max(4e-16 * Math.Abs(value), 1e-300);
            Assert.True(whole.Low - slack <= value && value <= whole.High + slack, $"{x} {member}");
            Interval part = new(Math.Min(member, x.Midpoint), Math.Max(member, x.Midpoint));
            Interval inside = function.Enclose(part);

            // Polynomials by subdivision; below the normal numbers the enclosure of a factor is [0, least double], times x up to 800.
            double margin = function.IsPolynomial ? whole.Width : 1e-320;
            Assert.True(whole.Low - margin <= inside.Low && inside.High <= whole.High + margin, $"{x} {part}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Taylor_enclosures_over_intervals_contain_those_at_members(string name)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        var random = new Random(8);
        for (int i = 0; i < 500; i++)
        {
            Interval x = Around(random);
            double member = IntervalTests.Member(x, random);
            if (name == "relu" && member == 0)
            {
                continue;
            }

            Interval[] whole = function.EncloseTaylor(x, 6);
            Interval[] at = function.EncloseTaylor(member, 6);
            for (int k = 0; k <= 6; k++)
            {
                // Both contain the same number. The one at the member is computed with more steps in common than not, but is no subset bit for bit.
                Assert.True(whole[k].Intersects(at[k]), $"{x} {member} {k}: {whole[k]} {at[k]}");
            }

            // A chord's slope is a value of the derivative, and lies between the enclosure's ends.
            if (x.Width > 1e-3)
            {
                Interval chord = (function.Enclose(x.High) - function.Enclose(x.Low)) / ((Interval)x.High - x.Low);
                Assert.True(whole[1].Intersects(chord), $"{x} {whole[1]} {chord}");
            }
        }
    }

    [Theory]
    [InlineData("gelu-erf", -0.7517915247, -0.7517915246, -0.16997120747990367)]
    [InlineData("gelu-tanh", -0.7524614221, -0.7524614220, -0.17004075057125407)]
    [InlineData("silu", -1.2784645428, -1.2784645427, -0.2784645427610738)]
    public void The_minimum_lies_where_the_derivative_changes_its_sign(string name, double left, double right, double minimum)
    {
        DecoderFunction function = DecoderFunctions.Find(name)!;
        Assert.True(function.EncloseTaylor(left, 1)[1].High < 0);
        Assert.True(function.EncloseTaylor(right, 1)[1].Low > 0);
        Interval over = function.Enclose(new(-3, 0.5));
        Assert.InRange(over.Low, minimum - 1e-14, minimum + 1e-16);
        Assert.Equal(over.Low, function.Enclose(Interval.Entire).Low);
        Assert.True(function.Enclose(new(left, right)) is { Width: < 1e-14 });
        Assert.True(function.Enclose(new(double.NegativeInfinity, -1000)) is { High: 0, Low: >= -double.Epsilon });
    }

    [Fact]
    public void Far_arguments_have_the_line_that_the_function_approaches()
    {
        foreach (DecoderFunction function in s_smooth.Select(name => DecoderFunctions.Find(name)!))
        {
            double slope = function.Name is "tanh" or "sigmoid" ? 0 : 1;
            foreach (double x in new[] { 1000, 1e6, 1e300 })
            {
                Interval[] right = function.EncloseTaylor(new(x, double.PositiveInfinity), 5);
                Interval[] left = function.EncloseTaylor(new(double.NegativeInfinity, -x), 5);
                Assert.True(right[1].Contains(slope) && right[1].Width < 1e-15);
                Assert.All(right.Skip(2).Concat(left.Skip(1)), c => Assert.True(c.Magnitude <= double.Epsilon));
                Assert.True(function.Enclose(x).Width <= 1e-15 * x);
            }
        }
    }

    [Fact]
    public void Polynomials_enclose_exact_values_and_come_near_their_range()
    {
        var random = new Random(9);
        for (int run = 0; run < 20; run++)
        {
            var coefficients = new BigRational[random.Next(1, 8)];
            for (int k = 0; k < coefficients.Length; k++)
            {
                coefficients[k] = new BigRational(random.Next(-9, 10), random.Next(1, 8));
            }

            var function = new PolynomialFunction(coefficients);
            Interval x = new(-random.NextDouble() * 4, random.NextDouble() * 4);
            Interval range = function.Enclose(x);
            double low = double.PositiveInfinity;
            double high = double.NegativeInfinity;
            for (int i = 0; i <= 200; i++)
            {
                double at = Math.Clamp(x.Low + (i * (x.High - x.Low) / 200), x.Low, x.High);
                BigRational value = function.ExactTaylor(BigRational.FromDouble(at), 0)[0];
                Assert.True(range.ContainsRational(value), $"{function} at {at}");
                low = Math.Min(low, value.ToDouble());
                high = Math.Max(high, value.ToDouble());
            }

            // 1 % of the width at either end, and what the samples miss of an extremum between two of them: less than 0.5 %.
            double allowed = (0.015 * (high - low)) + (1e-13 * range.Magnitude);
            Assert.True(range.Low >= low - allowed && range.High <= high + allowed, $"{function} over {x}: {range}");
        }
    }

    [Fact]
    public void Unbounded_arguments_leave_a_polynomial_bounded_on_one_side_where_it_is()
    {
        Interval even = DecoderFunctions.Find("polynomial(0, -1, 1)")!.Enclose(Interval.Entire);
        Assert.True(even is { High: double.PositiveInfinity, Low: <= -0.25 and > -0.3 });
        Interval odd = DecoderFunctions.Find("polynomial(0, 0, 0, 1)")!.Enclose(new(2, double.PositiveInfinity));
        Assert.True(odd is { High: double.PositiveInfinity, Low: <= 8 and > 7.9 });
        Assert.Equal(Interval.Entire, DecoderFunctions.Find("polynomial(5, 0, 0, -1)")!.Enclose(Interval.Entire));
        Assert.Equal(new Interval(2, double.PositiveInfinity), DecoderFunctions.Identity.Enclose(new(2, double.PositiveInfinity)));
        Assert.Equal(new Interval(0, 3), DecoderFunctions.Relu.Enclose(new(double.NegativeInfinity, 3)));
    }

    [Fact]
    public void Relu_has_all_slopes_at_its_corner_and_no_bound_of_higher_coefficients()
    {
        Interval[] corner = DecoderFunctions.Relu.EncloseTaylor(new(-1, 2), 3);
        Assert.Equal([new(0, 2), new(0, 1), Interval.Entire, Interval.Entire], corner);
        Assert.Equal([new(0, 2), 1, 0], DecoderFunctions.Relu.EncloseTaylor(new(0, 2), 2));
        Assert.Equal([0, 0, 0], DecoderFunctions.Relu.EncloseTaylor(new(-2, 0), 2));
        Assert.Equal(new Interval(0, 1), DecoderFunctions.Relu.EncloseTaylor(0.0, 1)[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => DecoderFunctions.Tanh.EncloseTaylor(0.0, -1));
    }

    private static Interval Around(Random random)
    {
        double centre = (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(0, 9));
        double radius = Math.ScaleB(random.NextDouble(), random.Next(-10, 6));
        return new(centre - radius, centre + radius);
    }
}
