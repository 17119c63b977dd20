using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Analysis.Tests.Recurrences;

/// <summary>Banks out of the tables of generated code.</summary>
public sealed class ModeRowsTests
{
    private static readonly ComplexNumber s_i = new(0, 1);

    [Fact]
    public void Channels_have_rows_of_modes_and_columns_of_channels()
    {
        // Two channels of two modes; two reads. Mode n, part p of channel c: n + c / 10, i (n + 1/2 + c / 10).
        double[] eigenvalues = [0, 0.1, 0.5, 0.6, 1, 1.1, 1.5, 1.6];
        double[] weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
        ModeBank expected = ModeBank.PerChannel(
            2,
            [0 + (0.5 * s_i), 1 + (1.5 * s_i), 0.1 + (0.6 * s_i), 1.1 + (1.6 * s_i)],
            [1 + (5 * s_i), 9 + (13 * s_i), 2 + (6 * s_i), 10 + (14 * s_i), 3 + (7 * s_i), 11 + (15 * s_i), 4 + (8 * s_i), 12 + (16 * s_i)],
            [-1, -2, -3, -4]);
        Assert.Equal(expected, ModeRows.PerChannel(2, 2, true, eigenvalues, null, weights, [-1, -2, -3, -4]));

        // A drive is folded into every read of its channel.
        ComplexNumber[] drive = [0 + (4 * s_i), 2 + (6 * s_i), 1 + (5 * s_i), 3 + (7 * s_i)]; // [channel, mode]
        ModeBank folded = expected.WithReads([.. Enumerable.Range(0, 8).Select(i => expected[i / 2, i % 2].Weight * drive[i % 4])]);
        Assert.Equal(folded, ModeRows.PerChannel(2, 2, true, eigenvalues, [0, 1, 4, 5, 2, 3, 6, 7], weights, [-1, -2, -3, -4]));
    }

    [Fact]
    public void Real_channels_have_one_row_per_mode()
    {
        ModeBank expected = ModeBank.PerChannel(3, [0.1, 0.4, 0.2, 0.5, 0.3, 0.6], [10, 80, 40, 250, 90, 540], null);
        Assert.Equal(expected, ModeRows.PerChannel(3, 2, false, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [1, 2, 3, 2, 5, 6], [10, 20, 30, 40, 50, 90], null));
    }

    [Fact]
    public void Banks_side_by_side_have_as_many_modes_as_the_fullest()
    {
        ModeBank first = ModeBank.PerChannel(2, [0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4], [5, 6]);
        ModeBank second = ModeBank.PerChannel(1, [0.5], [7], [8]);
        Assert.Equal(ModeBank.PerChannel(3, [0.1, 0.2, 0.3, 0.4, 0.5, 0], [1, 2, 3, 4, 7, 0], [5, 6, 8]), ModeRows.SideBySide(first, second));
    }

    [Fact]
    public void Shared_modes_have_their_reads_by_rows_with_negated_imaginary_parts()
    {
        // Two modes, three inputs, two readouts; the imaginary reads begin at row 2.
        ModeBank expected = ModeBank.Shared(
            3,
            [0.1 + (0.3 * s_i), 0.2 + (0.4 * s_i)],
            [1 + (3 * s_i), 5 + (7 * s_i), 9 + (11 * s_i), 2 + (4 * s_i), 6 + (8 * s_i), 10 + (12 * s_i)],
            [1 - (5 * s_i), 3 - (7 * s_i), 2 - (6 * s_i), 4 - (8 * s_i)],
            null);
        Assert.Equal(expected, ModeRows.Shared(3, 2, 2, true, [0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 2, 3, 4, 5, 6, 7, 8], null));

        ModeBank real = ModeBank.Shared(2, [0.1, 0.2], [1, 3, 2, 4], [1, 3, 2, 4], [5, 6]);
        Assert.Equal(real, ModeRows.Shared(2, 2, 2, false, [0.1, 0.2], [1, 2, 3, 4], [1, 2, 3, 4], [5, 6]));
    }
}
