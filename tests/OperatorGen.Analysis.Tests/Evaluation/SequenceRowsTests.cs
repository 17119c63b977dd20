using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Evaluation;

/// <summary>Sequences row by row.</summary>
public sealed class SequenceRowsTests
{
    private static readonly double[] s_rows = [1, 2, 3, 4, 5, 6]; // three steps of two channels

    [Fact]
    public void A_norm_of_groups_has_a_scale_per_group_and_a_weight_per_channel()
    {
        var norm = new RmsNormDescription([1, 2, 3, 4], epsilon: 0, groupWidth: 2);
        double[] x = [3, 4, 6, 8, 5, 12, 0, 1];
        (double[] means, double[] scales) = SequenceRows.Statistics(norm, x);
        double[] lengths = [5, 10, 13, 1]; // of the groups; the mean square of two numbers is half of the square of their length
        Assert.Equal([0.0, 0, 0, 0], means);
        Assert.All(scales.Zip(lengths), pair => Assert.Equal(Math.Sqrt(2) / pair.Second, pair.First, 1e-15));
        double[] expected = [.. x.Select((value, i) => value * scales[i / 2] * (1 + (i % 4)))];
        Assert.Equal(expected, SequenceRows.Normed(norm, x, means, scales));
    }

    [Fact]
    public void A_norm_of_whole_rows_has_a_mean_and_a_scale_per_row()
    {
        var norm = new LayerNormDescription([1, 1], [0.5, 0.25], epsilon: 0);
        (double[] means, double[] scales) = SequenceRows.Statistics(norm, s_rows);
        Assert.Equal([1.5, 3.5, 5.5], means);
        Assert.Equal([2.0, 2, 2], scales);
        Assert.Equal([-0.5, 1.25, -0.5, 1.25, -0.5, 1.25], SequenceRows.Normed(norm, s_rows, means, scales));
    }

    [Fact]
    public void Pooling_gives_the_mean_the_last_row_or_all()
    {
        Assert.Equal([3.0, 4], SequenceRows.Pooled(Pooling.Mean, s_rows, 3));
        Assert.Equal([5.0, 6], SequenceRows.Pooled(Pooling.Last, s_rows, 3));
        Assert.Equal(s_rows, SequenceRows.Pooled(Pooling.None, s_rows, 3));
    }

    [Fact]
    public void Columns_and_maps_are_taken_of_every_row()
    {
        Assert.Equal([2.0, 4, 6], SequenceRows.Columns(s_rows, 3, 1, 1));
        Assert.Equal([4.0, 8, 12], SequenceRows.Map(new LinearDescription(2, 1, [1, 1], [1]), s_rows, 3));
    }
}
