using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Analysis.Tests.Recurrences;

/// <summary>What a bank of modes says of itself.</summary>
public sealed class ModeBankTests
{
    [Fact]
    public void A_path_has_the_kernel_from_its_input_to_its_readout()
    {
        const int Steps = 20;
        foreach (ModeBank bank in Banks.Both(1))
        {
            for (int i = 0; i < bank.Inputs; i++)
            {
                var impulse = new double[Steps * bank.Inputs];
                impulse[i] = 1;
                double[] response = ModeSeries.Readouts(bank, impulse, Steps);
                for (int h = 0; h < bank.Readouts; h++)
                {
                    for (int t = 0; t < Steps; t++)
                    {
                        double kernel = bank.Waves(h).Select((wave, n) => (wave.Weight * bank.Drive(bank.ModeOf(h, n), i) * Power(wave.Eigenvalue, t)).Re).Sum() + (t == 0 && bank.InputOf(h) == i ? bank.Skip(h) : 0);

                        // Four terms of order 1, each a product of at most 20 numbers.
                        Assert.Equal(kernel, response[(t * bank.Readouts) + h], 1e-13);
                    }
                }
            }
        }
    }

    [Fact]
    public void The_reach_is_drive_times_read_over_one_less_the_eigenvalue()
    {
        // |D| + |c| (|b_0| + |b_1|) / (1 - |lambda|): 1 + 2 (3 + 1) / 0.5, and 0 + 5 (3 + 1) / 0.5.
        ModeBank shared = ModeBank.Shared(2, [0.5], [3, -1], [2, new ComplexNumber(3, -4)], [-1, 0]);
        Assert.Equal((17.0, 40.0, 4.0), (shared.Reach(0), shared.Reach(1), shared.DriveMagnitude(0)));

        // A channel's modes listen to it with weight 1.
        ModeBank channels = ModeBank.PerChannel(1, [0.5, -0.75], [2, 1, 1, 3], [0.25, 0]);
        Assert.Equal((8.25, 14.0, 1.0), (channels.Reach(0), channels.Reach(1), channels.DriveMagnitude(1)));
        Assert.Equal(double.PositiveInfinity, ModeBank.Shared(1, [new ComplexNumber(0, 1)], [1], [1], null).Reach(0));
    }

    [Fact]
    public void No_input_drives_a_readout_beyond_its_reach()
    {
        var random = new Random(5);
        foreach (ModeBank bank in Banks.Both(2))
        {
            double[] v = [.. Banks.Reals(random, 200 * bank.Inputs).Select(x => (double)Math.Sign(x))];
            double[] o = ModeSeries.Readouts(bank, v, 200);
            for (int i = 0; i < o.Length; i++)
            {
                Assert.InRange(Math.Abs(o[i]), 0, bank.Reach(i % bank.Readouts));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Both_directions_are_a_bank_and_another_one_of_the_reversed_input(int delay)
    {
        const int Steps = 30;
        foreach ((ModeBank forward, ModeBank backward) in Banks.Both(7).Zip([Banks.PerChannelWithoutSkip(8), Banks.SharedWithoutSkip(8)]))
        {
            var both = ModeBank.BothDirections(forward, backward, delay);
            Assert.Equal((2 * forward.ModeCount, 2 * forward.WavesPerReadout, forward.IsShared, false), (both.ModeCount, both.WavesPerReadout, both.IsShared, both.IsCausal));
            Assert.Equal(both, ModeBank.BothDirections(forward, backward, delay));
            Assert.NotEqual(both, ModeBank.BothDirections(forward, backward, 1 - delay));
            double[] v = Banks.Reals(new Random(9), Steps * both.Inputs);
            double[] first = ModeSeries.Readouts(forward, v, Steps);
            double[] second = ModeSeries.Readouts(backward, [.. v.Chunk(both.Inputs).Reverse().SelectMany(row => row)], Steps);
            double[] sum = ModeSeries.Readouts(both, v, Steps);
            for (int t = 0; t < Steps; t++)
            {
                int reversed = Steps - 1 - t - delay;
                for (int h = 0; h < both.Readouts; h++)
                {
                    // The same products of numbers of order 1, added up in another order.
                    double expected = first[(t * both.Readouts) + h] + (reversed < 0 ? 0 : second[(reversed * both.Readouts) + h]);
                    Assert.Equal(expected, sum[(t * both.Readouts) + h], 1e-13);
                }
            }
        }
    }

    [Fact]
    public void Banks_of_both_directions_have_to_fit_each_other()
    {
        ModeBank bank = Banks.PerChannelWithoutSkip(1);
        Assert.Throws<ArgumentException>(() => ModeBank.BothDirections(bank, Banks.SharedWithoutSkip(1), 0));
        Assert.Throws<ArgumentException>(() => ModeBank.BothDirections(bank, Banks.PerChannel(1), 0));
        Assert.Throws<ArgumentException>(() => ModeBank.BothDirections(Banks.PerChannel(1, Banks.Timings(6)), bank, 0));
        Assert.Throws<ArgumentException>(() => ModeBank.BothDirections(bank, bank, 2));
        Assert.Throws<ArgumentException>(() => ModeBank.BothDirections(bank, ModeBank.PerChannel(3, [0.5, 0.5, 0.5], [1, 1, 1], null), 0));
    }

    [Fact]
    public void Other_reads_leave_the_rest_as_it_is()
    {
        foreach (ModeBank bank in new[] { Banks.PerChannel(3, Banks.Timings(6)), Banks.Shared(3, Banks.Timings(4)) })
        {
            ModeBank same = bank.WithReads(Reads(bank, 1)), twice = bank.WithReads(Reads(bank, 2));
            Assert.Equal(bank, same);
            Assert.NotEqual(bank, twice);
            double[] v = Banks.Reals(new Random(4), 10 * bank.Inputs);
            double[] skip = ModeSeries.Readouts(bank.WithReads(Reads(bank, 0)), v, 10);
            double[] one = ModeSeries.Readouts(bank, v, 10), two = ModeSeries.Readouts(twice, v, 10);
            for (int i = 0; i < one.Length; i++)
            {
                Assert.Equal(bank.Skip(i % bank.Readouts) * v[(i / bank.Readouts * bank.Inputs) + bank.InputOf(i % bank.Readouts)], skip[i]);

                // Twice a number is exact: what is left are the roundings of five terms of order 10.
                Assert.Equal(2 * (one[i] - skip[i]), two[i] - skip[i], 1e-13);
            }
        }
    }

    [Fact]
    public void Banks_are_equal_by_their_numbers()
    {
        ComplexNumber[] a = [0.5, 0.25], ones = [1, 1];
        var late = new ModeTiming(false, 1);
        ModeBank[] different =
        [
            ModeBank.PerChannel(1, a, ones, null),
            ModeBank.PerChannel(2, a, ones, null),
            ModeBank.Shared(1, a, ones, ones, null),
            ModeBank.Shared(1, a, [1, -1], ones, null),
            ModeBank.Shared(1, a, ones, [1, -1], null),
            ModeBank.Shared(1, [0.5, 0.125], ones, ones, null),
            ModeBank.Shared(1, a, ones, ones, [0]),
            ModeBank.Shared(1, a, ones, ones, null, [late, default]),
            ModeBank.Shared(1, a, ones, ones, null, [default, late]),
            ModeBank.Shared(1, a, ones, ones, null, [default, new ModeTiming(true, 0)]),
        ];
        for (int i = 0; i < different.Length; i++)
        {
            for (int j = 0; j < different.Length; j++)
            {
                Assert.Equal(i == j, different[i].Equals(different[j]));
            }
        }

        Assert.Equal(Banks.PerChannel(7), Banks.PerChannel(7));
        Assert.Equal(Banks.Shared(7), Banks.Shared(7));
        Assert.Equal(Banks.Shared(7).GetHashCode(), Banks.Shared(7).GetHashCode());
        Assert.Equal(Banks.Shared(7), Banks.Shared(7, new ModeTiming[4]));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ModeBank.PerChannel(2, [1, 1, 1], [1, 1, 1], null));
        Assert.Throws<ArgumentException>(() => ModeBank.PerChannel(2, [1, 1], [1, 1, 1], null));
        Assert.Throws<ArgumentException>(() => ModeBank.PerChannel(1, [1, 1], [1, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => ModeBank.PerChannel(1, [1, 1], [1, 1], null, [default]));
        Assert.Throws<ArgumentException>(() => ModeBank.PerChannel(2, [new Wave(1, 1)], null));
        Assert.Throws<ArgumentException>(() => ModeBank.Shared(2, [1, 1], [1, 1, 1], [1, 1], null));
        Assert.Throws<ArgumentException>(() => ModeBank.Shared(2, [1, 1], [1, 1, 1, 1], [1, 1], [1]));
        Assert.Throws<ArgumentException>(() => ModeBank.Shared(1, [], [], [], null));
    }

    private static ComplexNumber[] Reads(ModeBank bank, double factor) =>
        [.. Enumerable.Range(0, bank.Readouts).SelectMany(bank.Waves).Select(wave => factor * wave.Weight)];

    private static ComplexNumber Power(ComplexNumber z, int exponent) => Enumerable.Repeat(z, exponent).Aggregate(ComplexNumber.One, (product, factor) => product * factor);
}
