using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>What a kernel can make of an input of a range.</summary>
public sealed class ReadoutEnclosureTests
{
    /// <summary>
    /// Two evaluations of a readout in double, each with some hundred roundings of numbers not much above its extremes, and the taps below 2^-50 that the
    /// closed form of the tail replaces: 1e-9 of the extremes is far above both and far below what a forgotten tap or bias would change.
    /// </summary>
    private const double Attained = 1e-9;

    [Fact]
    public void The_input_of_the_kernels_signs_attains_the_range_and_no_input_leaves_it()
    {
        var random = new Random(11);
        for (int trial = 0; trial < 60; trial++)
        {
            OperatorDescription model = BoundModels.Create(random, random.Next(1, 5), random.Next(1, 9), DecoderFunctions.Identity, false, false);
            int length = random.Next(1, 65);
            double low = random.Between(-2, 1);
            var range = InputRange.Uniform(model, low, low + random.Between(0, 2));
            LayerEnclosure layer = OperatorEnclosure.Of(model, range, length).Layers[0];
            for (int c = 0; c < layer.Readouts.Count; c++)
            {
                double greatest = Enumerable.Range(1, length).Max(steps => Readout(model, range, c, steps, 1));
                double least = Enumerable.Range(1, length).Min(steps => Readout(model, range, c, steps, -1));
                double size = Math.Max(layer.Readouts[c].Magnitude, 1e-3);
                Assert.InRange(layer.Readouts[c].High - greatest, -1e-12 * size, Attained * size);
                Assert.InRange(least - layer.Readouts[c].Low, -1e-12 * size, Attained * size);

                double[] any = [.. Enumerable.Range(0, length * model.InputWidth).Select(_ => random.Between(range[0].Low, range[0].High))];
                OperatorTrace trace = OperatorTrace.Of(model, any);
                Assert.All(Enumerable.Range(0, length), t => Assert.InRange(trace.Layers[0].Readouts[(t * layer.Readouts.Count) + c], layer.Readouts[c].Low - 1e-12, layer.Readouts[c].High + 1e-12));
            }
        }
    }

    [Fact]
    public void Without_greatest_length_the_tail_is_closed_and_the_range_is_that_of_long_sequences()
    {
        var random = new Random(12);
        for (int trial = 0; trial < 40; trial++)
        {
            Wave[] waves = [.. Enumerable.Range(0, 5).Select(_ => BoundModels.Wave(random, 1))];
            var v = new Interval(-random.Between(0, 2), random.Between(0, 2));
            Interval all = KernelEnclosure.Image(waves, 0.25, v, null);
            Interval first = KernelEnclosure.Image(waves, 0.25, v, 40);
            Interval many = KernelEnclosure.Image(waves, 0.25, v, 20_000);
            Assert.True(all.Contains(many) && all.Contains(first), $"{all} {many}");

            // |lambda| <= 0.995: what follows 20,000 steps is below e^-100; both round about 7,000 sums outward, by 2^-52 each.
            Assert.InRange(many.Low - all.Low + all.High - many.High, 0, 1e-11 * all.Magnitude);
            Assert.True(first.Width < all.Width);
        }
    }

    [Fact]
    public void A_wave_that_does_not_decay_needs_a_greatest_length()
    {
        Wave[] waves = [new(1.0, 0.5), new(0.5, 1.0)];
        Assert.False(KernelEnclosure.Image(waves, 0, new Interval(-1, 1), null).IsFinite);
        Interval range = KernelEnclosure.Image(waves, 0, new Interval(-1, 1), 64);
        Assert.InRange(range.High, 33.99, 34.0 + 1e-12);
        Assert.True(KernelEnclosure.Image([new(1.5, 1.0)], 0, new Interval(-1, 1), 10).High >= (Math.Pow(1.5, 10) - 1) / 0.5);
        Assert.True(KernelEnclosure.Image([new(1.5, 1.0)], 0, 0, null).IsPoint);
        Assert.Throws<ArgumentOutOfRangeException>(() => KernelEnclosure.Image(waves, 0, 1, 0));
    }

    [Fact]
    public void Slow_waves_are_cut_off_by_the_closed_form_not_by_the_steps()
    {
        // 1 - |lambda| = 2^-22: the sum is 2^22 for a wave without sign changes, and enumeration stops at 2^20 taps.
        Interval range = KernelEnclosure.Image([new(1 - (1.0 / (1 << 22)), 1.0)], 0, new Interval(0, 1), null);
        Assert.InRange(range.High, 1 << 22, (1 << 22) * (1 + 1e-7));
    }

    [Fact]
    public void The_range_is_the_hull_over_all_steps()
    {
        // v in [2, 3], taps 1 and -1: o(0) in [2, 3], o(1) in [2, 3] - [2, 3] = [-1, 1].
        Interval range = KernelEnclosure.Image([new(-1.0, 1.0)], 0, new Interval(2, 3), 2);
        Assert.InRange(range.Low, -1 - 1e-14, -1);
        Assert.InRange(range.High, 3, 3 + 1e-14);
    }

    /// <summary>o(T - 1) for the input u(T - 1 - tau) at the end of its range that sign(K(tau) W_ci) asks for.</summary>
    private static double Readout(OperatorDescription model, InputRange range, int channel, int steps, int sign)
    {
        double[] kernel = Kernel(model.Layers[0].Bank!, channel, steps);
        var input = new double[steps * model.InputWidth];
        for (int tau = 0; tau < steps; tau++)
        {
            for (int i = 0; i < model.InputWidth; i++)
            {
                bool high = sign * kernel[tau] * model.Encoder!.Weight(channel, i) >= 0;
                input[((steps - 1 - tau) * model.InputWidth) + i] = high ? range[i].High : range[i].Low;
            }
        }

        return OperatorTrace.Of(model, input).Layers[0].Readouts[((steps - 1) * model.Layers[0].Channels) + channel];
    }

    private static double[] Kernel(ModeBank waves, int channel, int steps)
    {
        var impulse = new double[steps];
        impulse[0] = 1;
        var one = ModeBank.PerChannel(waves.WavesPerReadout, [.. waves.Waves(channel)], [waves.Skip(channel)]);
        return ModeSeries.Readouts(one, impulse, steps);
    }
}
