using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Selective;

/// <summary>What is kept of gates on a calibration set.</summary>
public sealed class GateRangeTests
{
    [Fact]
    public void Least_greatest_mean_and_number_are_those_of_the_values()
    {
        var ranges = new GateRanges(2);
        ranges.Add([1, -8, 2, -2, 6, -5]);
        Assert.Equal(new GateRange(1, 6, 3, 3), ranges[0]);
        Assert.Equal(new GateRange(-8, -2, -5, 3), ranges[1]);
        Assert.Equal((3.5, -5.0), (ranges[0].Midrange, ranges[1].Midrange));
        Assert.Equal((5.0 / 7, 6.0 / 10), (ranges[0].Rho, ranges[1].Rho));
        Assert.Equal((3.0, 2.5, 7.0), (ranges[0].Radius(3), ranges[0].Radius(3.5), ranges[0].Radius(-1)));
    }

    [Fact]
    public void Sequences_may_be_added_apart_or_merged()
    {
        double[] values = [.. Enumerable.Range(0, 600).Select(i => Math.Sin(i * i))];
        GateRanges whole = new(3), parts = new(3), other = new(3);
        whole.Add(values);
        parts.Add(values.AsSpan(0, 30));
        parts.Add([]);
        other.Add(values.AsSpan(30));
        parts.Merge(other);
        parts.Merge(new GateRanges(3));
        for (int gate = 0; gate < 3; gate++)
        {
            Assert.Equal(whole[gate] with { Mean = 0 }, parts[gate] with { Mean = 0 });
            Assert.Equal(200, whole[gate].Count);

            // Some roundings of numbers below 1.
            Assert.Equal(whole[gate].Mean, parts[gate].Mean, 1e-15);
        }
    }

    [Fact]
    public void Rho_says_where_an_expansion_converges()
    {
        Assert.Equal(0, new GateRange(0.5, 0.5, 0.5, 9).Rho);
        Assert.Equal(1, new GateRange(0, 0.5, 0.1, 9).Rho);
        Assert.Equal(3, new GateRange(-0.5, 1, 0.1, 9).Rho);
        Assert.Equal(double.PositiveInfinity, new GateRange(-1, 1, 0, 9).Rho);

        // About the midrange the ratio is rho, times |a| / |Re a| of a complex rate; it is infinite of waves that grow.
        var range = new GateRange(0.25, 0.75, 0.3, 9);
        Assert.Equal(0.5, new MeanGate(-4, range.Midrange).Ratio(range));
        Assert.Equal(0.5 * 5 / 4, new MeanGate(new ComplexNumber(-4, 3), range.Midrange).Ratio(range), 1e-15);
        Assert.Equal(double.PositiveInfinity, new MeanGate(4, range.Midrange).Ratio(range));
        Assert.Equal(0.5, MeanGate.OfLogGate(-0.5).Ratio(new GateRange(-0.75, -0.25, -0.3, 9)));
        Assert.Equal(0, MeanGate.OfLogGate(0).Ratio(new GateRange(0, 0, 0, 9)));
    }

    [Fact]
    public void A_gate_that_closes_completely_is_counted_apart_and_has_no_bound()
    {
        var ranges = new GateRanges(2);
        ranges.Add([-3, double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity, -1, double.NegativeInfinity]);
        Assert.Equal(new GateRange(-3, -1, -2, 2) { Closed = 1 }, ranges[0]);
        Assert.Equal(GateRange.Empty with { Closed = 3 }, ranges[1]);
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (ranges[0].Rho, ranges[0].Radius(-2)));
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity], MeanGateBounds.OfRange(MeanGate.OfLogGate(-2), ranges[0], 1, 1, 10));
    }

    [Fact]
    public void What_is_no_row_or_no_number_is_refused()
    {
        var ranges = new GateRanges(2);
        Assert.Equal((2, GateRange.Empty, 0.0), (ranges.Count, ranges[0], ranges[0].Radius(3)));
        Assert.Throws<ArgumentException>(() => ranges.Add([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => ranges.Add([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => ranges.Add([double.PositiveInfinity, 1]));
        Assert.Throws<ArgumentException>(() => ranges.Merge(new GateRanges(1)));
    }
}
