using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Design.Tests.Enclosures;

public class RealEnclosureTests
{
    // The documented width, counted operation by operation in docs/bounds.md, and the least value for which it holds: below it numbers on the way leave the
    // range of normal ones.
    private const double GreatestWidth = 48 / 9007199254740992.0;
    private const double LeastValue = 1e-290;

    private static readonly Dictionary<string, (Func<double, Interval> At, Func<Interval, Interval> Over, bool Even)> s_functions = new()
    {
        ["exp"] = Increasing(RealEnclosure.Exp),
        ["sigmoid"] = Increasing(RealEnclosure.Sigmoid),
        ["tanh"] = Increasing(RealEnclosure.Tanh),
        ["softplus"] = Increasing(RealEnclosure.Softplus),
        ["normal-density"] = (RealEnclosure.NormalDensity, RealEnclosure.NormalDensity, true),
        ["normal-cumulative"] = (RealEnclosure.NormalCumulative, RealEnclosure.NormalCumulative, false),
    };

    public static TheoryData<string> Names => [.. s_functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Enclosures_contain_the_values_of_50_digits(string name)
    {
        List<ReferenceValue> values = [.. ReferenceValues.Of(name)];
        Assert.True(values.Count >= 40);
        Assert.All(values, value => Assert.True(value.IsIn(s_functions[name].At(value.X)), value.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Enclosures_of_numbers_are_at_most_48_units_of_rounding_wide(string name)
    {
        var random = new Random(5);
        IEnumerable<double> points = ReferenceValues.Of(name).Select(value => value.X)
            .Concat(Enumerable.Range(0, 5000).Select(_ => Math.ScaleB((random.NextDouble() * 2) - 1, random.Next(-20, 10))));
        foreach (double x in points)
        {
            AssertNarrow(s_functions[name].At(x), x);
        }
    }

    [Fact]
    public void Log1p_contains_the_values_of_50_digits_and_is_narrow()
    {
        List<ReferenceValue> values = [.. ReferenceValues.Of("log1p")];
        Assert.True(values.Count >= 40);
        foreach (ReferenceValue value in values)
        {
            Interval enclosure = RealEnclosure.Log1p(value.X);
            Assert.True(value.IsIn(enclosure), value.ToString());
            AssertNarrow(enclosure, value.X);
        }

        Assert.Equal(default, RealEnclosure.Log1p(0));
        Assert.All(new[] { -1e-9, 1.0001, double.NaN }, x => Assert.Throws<ArgumentOutOfRangeException>(() => RealEnclosure.Log1p(x)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Enclosures_over_intervals_contain_those_of_their_parts(string name)
    {
        var random = new Random(6);
        var (at, over, even) = s_functions[name];
        for (int i = 0; i < 3000; i++)
        {
            double scale = Math.ScaleB(1, random.Next(-12, 10));
            double a = (random.NextDouble() - 0.5) * scale;
            double b = a + (random.NextDouble() * scale);
            Interval whole = over(new(a, b));
            double x = IntervalTests.Member(new(a, b), random);
            Assert.True(even || whole.Low <= at(x).Low, $"{name} {x}");
            Assert.True(whole.Intersects(at(x)), $"{name} {x}");

            // The range of a monotone function is reached at the ends.
            Assert.True(even || (whole.Low == at(a).Low && whole.High == at(b).High));
        }
    }

    [Fact]
    public void Far_tails_have_their_limits()
    {
        double most = double.PositiveInfinity;
        double nearOne = 1 - (4 * (1 - Math.BitDecrement(1.0)));
        Assert.Equal(new Interval(0, double.Epsilon), RealEnclosure.Exp(-746.0));
        Assert.Equal(default, RealEnclosure.Exp(double.NegativeInfinity));
        Assert.Equal(new Interval(double.MaxValue, most), RealEnclosure.Exp(1e6));
        Assert.True(RealEnclosure.Exp(-700.0) is { Low: > 9e-305, High: < 1e-304 });
        Assert.True(RealEnclosure.Sigmoid(-1e6) is { Low: 0, High: <= 2 * double.Epsilon });
        Assert.All(new[] { 1e3, 1e6, 1e300, most }, x =>
        {
            Assert.True(RealEnclosure.Sigmoid(x) is { High: 1 } s && s.Low >= nearOne);
            Assert.True(RealEnclosure.Tanh(x) is { High: 1 } t && t.Low >= nearOne);
            Assert.True(RealEnclosure.NormalCumulative(x) is { High: 1 } n && n.Low >= nearOne);
            Assert.Equal(-RealEnclosure.Tanh(x), RealEnclosure.Tanh(-x));
            Assert.True(RealEnclosure.NormalCumulative(-x) is { Low: 0, High: <= double.Epsilon });
            Assert.True(RealEnclosure.Softplus(-x) is { Low: 0, High: <= 16 * double.Epsilon });
        });
        Assert.True(RealEnclosure.Softplus(1e6) is { Low: 1e6 } p && p.High <= Math.BitIncrement(Math.BitIncrement(1e6)));
        Assert.Equal(new Interval(double.MaxValue, most), RealEnclosure.Softplus(most));
        Assert.True(RealEnclosure.NormalDensity(Interval.Entire) is { Low: 0, High: < 0.39894228040144 });
    }

    [Fact]
    public void Values_that_are_exact_stay_so()
    {
        Assert.Equal(1, RealEnclosure.Exp(0.0));
        Assert.Equal(0, RealEnclosure.Tanh(0.0));
    }

    // Over an interval by its ends.
    private static (Func<double, Interval> At, Func<Interval, Interval> Over, bool Even) Increasing(Func<double, Interval> at) => (at, x => new(at(x.Low).Low, at(x.High).High), false);

    internal static void AssertNarrow(Interval enclosure, double x)
    {
        if (enclosure.IsFinite && enclosure.Mignitude > LeastValue)
        {
            double width = (enclosure.High - enclosure.Low) / enclosure.Mignitude;
            Assert.True(width <= GreatestWidth, $"at {x}: {width * 9007199254740992.0}");
        }
    }
}
