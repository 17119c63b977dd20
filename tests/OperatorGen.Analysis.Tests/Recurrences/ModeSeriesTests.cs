using System;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Analysis.Tests.Recurrences;

/// <summary>Modes over time against sums over all times, and against the reference.</summary>
public sealed class ModeSeriesTests
{
    private const int Steps = 15;

    [Fact]
    public void Every_direction_and_delay_is_its_sum_over_time()
    {
        foreach (ModeBank bank in new[] { Banks.PerChannel(1, Banks.Timings(6)), Banks.Shared(1, Banks.Timings(4)) })
        {
            Assert.False(bank.IsCausal);
            double[] v = Banks.Reals(new Random(2), Steps * bank.Inputs);
            double[] o = ModeSeries.Readouts(bank, v, Steps);
            for (int h = 0; h < bank.Readouts; h++)
            {
                for (int t = 0; t < Steps; t++)
                {
                    double sum = bank.Skip(h) * v[(t * bank.Inputs) + bank.InputOf(h)];
                    sum += Enumerable.Range(0, bank.WavesPerReadout).Sum(n => (bank[h, n].Weight * State(bank, bank.ModeOf(h, n), v, t)).Re);

                    // At most 4 modes of 15 terms of order 1 on either side.
                    Assert.Equal(sum, o[(t * bank.Readouts) + h], 1e-13);
                }
            }
        }
    }

    [Fact]
    public void The_waves_and_the_skip_sum_to_the_readout()
    {
        foreach (ModeBank bank in new[] { Banks.PerChannel(3, Banks.Timings(6)), Banks.Shared(3, Banks.Timings(4)) })
        {
            // A row that is longer than the input is read by its first numbers.
            double[] v = Banks.Reals(new Random(4), Steps * bank.Inputs);
            double[] wide = [.. v.Chunk(bank.Inputs).SelectMany(row => row.Append(double.NaN))];
            double[] o = ModeSeries.Readouts(bank, v, Steps);
            for (int h = 0; h < bank.Readouts; h++)
            {
                double[][] waves = [.. Enumerable.Range(0, bank.WavesPerReadout).Select(n => ModeSeries.Wave(bank, h, n, wide, bank.Inputs + 1, Steps))];
                for (int t = 0; t < Steps; t++)
                {
                    // The roundings of five terms of order 10.
                    Assert.Equal(o[(t * bank.Readouts) + h], (bank.Skip(h) * v[(t * bank.Inputs) + bank.InputOf(h)]) + waves.Sum(wave => wave[t]), 1e-13);
                }
            }
        }
    }

    [Fact]
    public void A_backward_mode_is_a_forward_one_of_the_reversed_input()
    {
        ModeTiming[] backward = [.. Enumerable.Repeat(new ModeTiming(true, 0), 4)];
        ModeBank forward = Banks.Shared(5), reversed = Banks.Shared(5, backward);
        Assert.True(forward.IsCausal);
        double[] v = Banks.Reals(new Random(6), Steps * forward.Inputs);
        double[] turned = [.. v.Chunk(forward.Inputs).Reverse().SelectMany(row => row)];
        Assert.Equal(ModeSeries.Readouts(forward, turned, Steps).Chunk(forward.Readouts).Reverse().SelectMany(row => row), ModeSeries.Readouts(reversed, v, Steps));
    }

    [Theory]
    [InlineData(CellClass.Constant)]
    [InlineData(CellClass.Shared)]
    [InlineData(CellClass.LowRank)]
    [InlineData(CellClass.Oscillators)]
    public void The_bank_of_a_cell_gives_the_references_readouts(CellClass kind)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Cell cell = RandomModels.Create(seed, kind).Model.Layers[0].Cell;
            var layer = new Layer("", cell.InputWidth, null, InputStage.None, cell, new Decoder { Activation = DecoderFunctions.Identity }, false, null);
            var model = new SequenceModel("cell", cell.InputWidth, EquatableArray.Of(layer));
            double[] v = RandomModels.Input(model, 30, seed);
            double[] expected = new ReferenceEvaluator(model).Forward(v);

            double[] actual = ModeSeries.Readouts(Lowerings.Of(cell).Describe().Bank!, v, 30);

            // Below 1000 roundings of 1.1e-16 of sums of order 10 that cancel little. Eigenvectors of low-rank modes may lose more; the two modes of an oscillator cancel,
            // by a factor of at most 1024 at the first taps, which are a tenth of the others and more.
            double relative = kind switch
            {
                CellClass.LowRank => LowRankModesLowering.Loss(ElementType.Double),
                CellClass.Oscillators => 1e-10,
                _ => 1e-12,
            };
            double scale = expected.Max(Math.Abs);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, relative * scale));
        }
    }

    // sum over the times that the mode sees at t: lambda^(times between) sum_i b_i v_i.
    private static ComplexNumber State(ModeBank bank, int mode, double[] v, int t)
    {
        ModeTiming timing = bank.Timing(mode);
        ComplexNumber sum = ComplexNumber.Zero;
        for (int from = 0; from < Steps; from++)
        {
            int exponent = (timing.Backward ? from - t : t - from) - timing.Delay;
            if (exponent >= 0)
            {
                ComplexNumber drive = Enumerable.Range(0, bank.Inputs).Aggregate(ComplexNumber.Zero, (x, i) => x + (v[(from * bank.Inputs) + i] * bank.Drive(mode, i)));
                sum += Enumerable.Repeat(bank.Eigenvalue(mode), exponent).Aggregate(drive, (x, lambda) => x * lambda);
            }
        }

        return sum;
    }
}
