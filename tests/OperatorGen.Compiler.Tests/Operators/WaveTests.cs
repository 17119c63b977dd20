using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>The waves of a constant recurrence.</summary>
public sealed class WaveTests
{
    [Fact]
    public void Lifetime_frequency_period_and_reach_are_their_formulas()
    {
        var random = new Random(3);
        for (int i = 0; i < 1000; i++)
        {
            double magnitude = 0.01 + (0.98 * random.NextDouble()), phase = Math.PI * ((2 * random.NextDouble()) - 1);
            var wave = new Wave(new ComplexNumber(magnitude * Math.Cos(phase), magnitude * Math.Sin(phase)), new ComplexNumber(3, -4));

            // The eigenvalue itself is rounded: |lambda| and arg lambda are off by a few 1e-16, and ln|lambda| near 1 multiplies that by up to 100.
            Close(magnitude, wave.Magnitude, 1e-15);
            Close(-1 / Math.Log(magnitude), wave.Lifetime, 1e-13);
            Assert.Equal(phase, wave.Frequency, 1e-15 * 4);
            Close(2 * Math.PI / Math.Abs(wave.Frequency), wave.Period, 1e-15);
            Close(5 / (1 - magnitude), wave.Reach, 1e-13);
        }
    }

    [Fact]
    public void A_wave_that_does_not_decay_lives_forever_and_one_that_does_not_turn_has_no_period()
    {
        Assert.Equal(double.PositiveInfinity, new Wave(1, 1).Lifetime);
        Assert.Equal(double.PositiveInfinity, new Wave(new ComplexNumber(0, 1), 1).Reach);
        Assert.Equal(double.PositiveInfinity, new Wave(0.5, 1).Period);
        Assert.Equal(2, new Wave(-0.5, 1).Period, 1e-15);
        Assert.Equal(4, new Wave(new ComplexNumber(0, -0.5), 1).Period, 1e-15);
    }

    [Fact]
    public void The_kernel_of_the_waves_is_the_references_impulse_response()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            Cell cell = RandomModels.Create(seed, CellClass.Constant).Model.Layers[0].Cell;
            var layer = new Layer("", cell.InputWidth, null, InputStage.None, cell, new Decoder { Activation = DecoderFunctions.Identity }, false, null);
            var model = new SequenceModel("cell", cell.InputWidth, EquatableArray.Of(layer));
            ModeBank waves = ((WaveCell)CompilerStages.Expand(model, new ModelOptions(3), default).Value!.Layers[0].Cell).Waves;
            int width = cell.InputWidth, readouts = cell.OutputWidth, time = 25;
            double[] impulse = [.. new double[(time - 1) * width], .. Enumerable.Repeat(1.0, width), .. new double[(time - 1) * width]];
            double[] response = new ReferenceEvaluator(model).Forward(impulse);
            var kernel = new double[response.Length];
            for (int readout = 0; readout < readouts; readout++)
            {
                int now = ((time - 1) * readouts) + readout;
                kernel[now] = waves.Skip(readout);
                for (int n = 0; n < waves.WavesPerReadout; n++)
                {
                    ModeTiming timing = waves.Timing(waves.ModeOf(readout, n));
                    ComplexNumber power = waves[readout, n].Weight;
                    for (int lag = timing.Delay; lag < time; lag++)
                    {
                        kernel[now + (timing.Backward ? -lag * readouts : lag * readouts)] += power.Re;
                        power *= waves[readout, n].Eigenvalue;
                    }
                }
            }

            // 25 products of numbers of order 1 on either side, and a sum of ten: below 500 roundings of 1.1e-16.
            double error = Deviation.Between(response, kernel).MaxRel;
            Assert.True(error < 1e-13, $"seed {seed}: {error}");
        }
    }

    private static void Close(double expected, double actual, double relative) => Assert.Equal(expected, actual, Math.Abs(expected) * relative);
}
