using System;
using OperatorGen.Tool.Conformance;
using Xunit;

namespace OperatorGen.Tool.Tests;

public class DeviationTests
{
    [Fact]
    public void The_relative_deviation_is_of_the_largest_expected_number() =>
        Assert.Equal(new Deviation(0.5, 0.125), Deviation.Between([4, 1], [4, 1.5]));

    [Fact]
    public void Equal_numbers_do_not_deviate_even_where_all_are_zero() =>
        Assert.Equal(new Deviation(0, 0), Deviation.Between([0, 0], [0, -0.0]));

    [Fact]
    public void Anything_beside_zeros_only_deviates_infinitely() =>
        Assert.Equal(double.PositiveInfinity, Deviation.Between([0], [1e-300]).MaxRel);

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    [InlineData(double.NaN, double.PositiveInfinity)]
    public void Not_finite_on_one_side_deviates_infinitely(double expected, double computed) =>
        Assert.Equal(double.PositiveInfinity, Deviation.Between([1, expected], [1, computed]).MaxRel);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Not_finite_alike_on_both_sides_agrees_and_hides_nothing(double value)
    {
        Assert.Equal(0, Deviation.Between([value, 2], [value, 2]).MaxRel);
        Assert.Equal(0.5, Deviation.Between([value, 2], [value, 3]).MaxRel);
    }

    [Fact]
    public void Nothing_is_not_compared()
    {
        Assert.Throws<ArgumentException>(() => Deviation.Between([], []));
        Assert.Throws<ArgumentException>(() => Deviation.Between([1], [1, 2]));
    }

    [Fact]
    public void A_leading_axis_is_moved_and_the_others_keep_their_order()
    {
        // b[i, j, k] = 100 i + 10 j + k of shape [2, 3, 2]; [j, i, k] afterwards.
        var block = new NumberBlock([2, 3, 2], [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]);
        NumberBlock moved = block.WithLeadingAxis(1);
        Assert.Equal([3, 2, 2], moved.Shape);
        Assert.Equal([0, 1, 100, 101, 10, 11, 110, 111, 20, 21, 120, 121], moved.Values);
    }
}
