using System;
using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Analysis.Tests.Recurrences;

/// <summary>Modes whose states mix.</summary>
public sealed class ModeBlockTests
{
    // A complex mode and the real block that it is: the same products and sums of about ten numbers of order 1 in another order, over 25 steps.
    private const double Same = 1e-12;

    private static ModeBank[] Diagonal(int seed) => [.. Banks.Both(seed), Banks.PerChannel(seed, Banks.Timings(6)), Banks.Shared(seed, Banks.Timings(4))];

    [Fact]
    public void A_complex_mode_is_a_real_block_of_two()
    {
        foreach (ModeBank bank in Diagonal(1))
        {
            ModeBank blocks = bank.InBlocks();
            Assert.NotEmpty(blocks.Blocks);
            double[] v = Banks.Reals(new Random(2), 25 * bank.Inputs);
            double[] expected = ModeSeries.Readouts(bank, v, 25), o = ModeSeries.Readouts(blocks, v, 25);
            Assert.All(Enumerable.Range(0, o.Length), i => Assert.Equal(expected[i], o[i], Same));
            for (int h = 0; h < bank.Readouts; h++)
            {
                double[] drive = Banks.Reals(new Random(h), bank.Inputs), x = Banks.Reals(new Random(3), 25);
                double[] direct = ModeSeries.Readouts(bank.Along(h, drive), x, 25), along = ModeSeries.Readouts(blocks.Along(h, drive), x, 25);
                Assert.All(Enumerable.Range(0, 25), t => Assert.Equal(direct[t], along[t], Same));
            }
        }
    }

    [Fact]
    public void The_waves_of_a_block_are_the_components_of_its_state_and_add_up_to_the_readout()
    {
        foreach (ModeBank bank in Diagonal(4).Select(bank => bank.InBlocks()))
        {
            double[] v = Banks.Reals(new Random(5), 12 * bank.Inputs);
            double[] o = ModeSeries.Readouts(bank, v, 12);
            for (int h = 0; h < bank.Readouts; h++)
            {
                double[][] waves = [.. Enumerable.Range(0, bank.WavesPerReadout).Select(n => ModeSeries.Wave(bank, h, n, v, bank.Inputs, 12))];
                for (int t = 0; t < 12; t++)
                {
                    double sum = waves.Sum(wave => wave[t]) + (bank.Skip(h) * v[(t * bank.Inputs) + bank.InputOf(h)]);
                    Assert.Equal(sum, o[(t * bank.Readouts) + h], Same);
                }
            }
        }
    }

    [Fact]
    public void A_Jordan_block_integrates_twice()
    {
        // z(t) = z(t-1) + v, x(t) = x(t-1) + z(t-1) / 2 + v / 4: of v = 1 and from 0 on, z = t + 1 and x = t (t + 1) / 4 + (t + 1) / 4.
        ModeBank bank = ModeBank.Shared(1, [1, 1], [1, 0.25], [0, 1], null, null, [new ModeBlock(0, 2, EquatableArray.Of(1.0, 0.0, 0.5, 1.0))]);
        double[] x = ModeSeries.Readouts(bank, [1, 1, 1, 1, 1], 5);
        Assert.Equal([.. Enumerable.Range(0, 5).Select(t => (t + 1) * (t + 1) / 4.0)], x);
        Assert.Equal(double.PositiveInfinity, bank.Reach(0));
        Assert.Equal(2, bank.StateParts);
        Assert.Equal(4, ModeBank.Shared(1, [1, 1], [1, new ComplexNumber(0.25, 1)], [0, 1], null, null, bank.Blocks).StateParts);
    }

    [Fact]
    public void No_input_drives_a_readout_beyond_its_reach()
    {
        var random = new Random(5);
        foreach (ModeBank bank in Banks.Both(2).Select(bank => bank.InBlocks()))
        {
            double[] v = [.. Banks.Reals(random, 200 * bank.Inputs).Select(x => (double)Math.Sign(x))];
            double[] o = ModeSeries.Readouts(bank, v, 200);
            Assert.All(Enumerable.Range(0, o.Length), i => Assert.InRange(Math.Abs(o[i]), 0, bank.Reach(i % bank.Readouts)));
        }
    }

    [Fact]
    public void Input_weights_are_folded_where_a_mode_is_in_no_block()
    {
        ModeBlock block = new(0, 2, EquatableArray.Of(0.5, 0.25, 0.0, 0.5));
        ModeBank bank = ModeBank.PerChannel(1, [0.5, 0.5, 0.75], [2, 3, 5], null, null, [block], [7, 11, 13]);
        Assert.Equal([7, 11, 1], Enumerable.Range(0, 3).Select(m => bank.Drive(m, 0).Re));
        Assert.Equal([2, 3, 65], bank.Waves(0).Select(wave => wave.Weight.Re));
    }

    [Fact]
    public void Banks_are_equal_by_their_blocks_too()
    {
        ModeBank With(ModeBlock[] blocks, params ComplexNumber[] drive) => ModeBank.PerChannel(1, [0.5, 0.5], [1, 1], null, null, blocks, drive);
        ModeBlock block = new(0, 2, EquatableArray.Of(0.5, 0.25, 0.0, 0.5));
        Assert.Equal(With([block], 1, 1), With([block with { Transition = EquatableArray.Of(0.5, 0.25, 0.0, 0.5) }], 1, 1));
        Assert.NotEqual(With([block], 1, 1), With([block.Transposed()], 1, 1));
        Assert.NotEqual(With([block], 1, 1), With([block], 1, 2));
        Assert.NotEqual(With([block], 1, 1), With([], 1, 1));
    }

    [Fact]
    public void Blocks_that_do_not_fit_are_refused()
    {
        void Refused(int channels, ModeTiming[]? timings, params ModeBlock[] blocks) =>
            Assert.Contains("are no block of the bank", Assert.Throws<ArgumentException>(() => ModeBank.PerChannel(channels, [0, 0, 0, 0], [1, 1, 1, 1], null, timings, blocks)).Message, StringComparison.Ordinal);

        EquatableArray<double> two = EquatableArray.Of(1.0, 2.0, 3.0, 4.0);
        Refused(1, null, new ModeBlock(3, 2, two));
        Refused(1, null, new ModeBlock(0, 2, EquatableArray.Of(1.0)));
        Refused(1, null, new ModeBlock(0, 0, EquatableArray<double>.Empty));
        Refused(1, null, new ModeBlock(1, 2, two), new ModeBlock(2, 2, two));
        Refused(2, null, new ModeBlock(1, 2, two));
        Refused(1, [default, new ModeTiming(true, 0), default, default], new ModeBlock(0, 2, two));
    }
}
