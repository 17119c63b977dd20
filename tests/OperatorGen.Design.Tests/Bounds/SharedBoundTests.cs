using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>Bounds of modes that channels share, of channels with several readouts, and of blocks.</summary>
public sealed class SharedBoundTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(BankKind.Shared, 20)]
    [InlineData(BankKind.TwoReads, 6)]
    [InlineData(BankKind.SharedBlocks, 12)]
    [InlineData(BankKind.ChannelBlocks, 6)]
    internal void NoInputExceedsTheBoundAndTheSignsOfTheKernelsAttainTheReadoutBound(BankKind kind, int models)
    {
        output.WriteLine("| model | readouts x modes | length | decoder | expansion | GLU | pooled | inputs | bound | worst found | bound / worst |");
        for (int k = 0; k < models; k++)
        {
            Subject subject = Subject.Create(k, kind);
            subject.Attack(2000);
            output.WriteLine(subject.Row(k));
        }
    }

    [Fact]
    public void Where_kernels_are_not_enumerated_the_bound_is_looser_and_holds()
    {
        var random = new Random(31);
        var ratios = new List<double>();
        for (int trial = 0; trial < 40; trial++)
        {
            ModeBank bank = BoundModels.Bank(random, random.Next(1, 6), random.Next(1, 9), 2, BankKind.Shared);
            LinearDescription? map = trial % 2 == 0 ? null : new LinearDescription(2, bank.Inputs, [.. Enumerable.Range(0, 2 * bank.Inputs).Select(_ => random.Between(-1, 1))], [.. Enumerable.Range(0, bank.Inputs).Select(_ => random.Between(-1, 1))]);
            Interval[] u = [.. Enumerable.Range(0, map?.Inputs ?? bank.Inputs).Select(_ => random.Between(-1, 0.5)).Select(low => new Interval(low, low + random.NextDouble()))];
            int? length = trial % 3 == 0 ? null : random.Next(1, 30);
            var enumerated = new BankEnclosure(bank, map, u, length);
            var bounded = new BankEnclosure(bank, map, u, length, 0);
            for (int h = 0; h < bank.Readouts; h++)
            {
                // Both are wider than the extremes by rounding only, 2^-50 of the sums.
                Interval exact = enumerated.Of(h);
                Interval loose = bounded.Of(h);
                double hair = 1e-12 * (1 + loose.Magnitude);
                Assert.True(loose.Low <= exact.Low + hair && exact.High <= loose.High + hair, $"{exact} and {loose}");
                ratios.Add(loose.Width / exact.Width);
            }
        }

        output.WriteLine(FormattableString.Invariant($"widths, magnitudes over kernels: {ratios.Average():G3} on average, {ratios.Max():G3} at most"));
    }

    [Fact]
    public void Through_a_map_the_range_is_that_of_its_inputs()
    {
        // v = (u, -u) and o = Re s_1 + Re s_2 with equal modes: nothing is left of u, whatever the range of each v.
        ModeBank bank = ModeBank.Shared(2, [0.5], [1, 1], [1], null);
        var map = new LinearDescription(1, 2, [1, -1], null);
        var signals = new Interval[] { new(-1, 1) };
        Assert.InRange(new BankEnclosure(bank, map, signals, null).Of(0).Magnitude, 0, 1e-12);
        Assert.InRange(new BankEnclosure(bank, null, [new(-1, 1), new(-1, 1)], null).Of(0).Magnitude, 4, 4 + 1e-12);
        OperatorDescription model = Model(map, bank, InputDescription.None);
        Assert.InRange(OperatorEnclosure.Of(model, InputRange.Uniform(model, -1, 1)).Layers[0].Readouts[0].Magnitude, 0, 1e-12);

        // The same map as the layer's own projection.
        OperatorDescription projected = Model(null, bank, new InputDescription(map, 0, null, DecoderFunctions.Identity));
        Assert.InRange(OperatorEnclosure.Of(projected, InputRange.Uniform(projected, -1, 1)).Layers[0].Readouts[0].Magnitude, 0, 1e-12);
    }

    [Fact]
    public void A_BatchNorm_behind_the_encoder_is_part_of_the_map()
    {
        // v = (2 u, -u / 4 + 1) behind the norm; o = 1/2 v_1 + 4 v_2 with equal modes: u cancels, and 4 (1 + 1/2 + 1/4 + ...) is left.
        ModeBank bank = ModeBank.Shared(2, [0.5], [0.5, 4], [1], null);
        OperatorDescription model = Model(new LinearDescription(1, 2, [1, -0.5], null), bank, InputDescription.None);
        model = model with { Layers = [model.Layers[0] with { PreNorm = new BatchNormDescription([2, 0.5], [0, 1]) }] };
        Interval readout = OperatorEnclosure.Of(model, InputRange.Uniform(model, -1, 1)).Layers[0].Readouts[0];
        Assert.InRange(readout.Low, 4 - 1e-12, 4);
        Assert.InRange(readout.High, 8, 8 + 1e-9);
        Assert.Equal([2, -0.25], ChannelKernels.Encoded(model, 0));
    }

    [Fact]
    public void Modes_of_every_direction_and_delay_are_enclosed()
    {
        var random = new Random(33);
        for (int trial = 0; trial < 30; trial++)
        {
            ModeBank drawn = BoundModels.Bank(random, 2, 4, 2, trial % 2 == 0 ? BankKind.Shared : BankKind.TwoReads);
            ModeTiming[] timings = [.. Enumerable.Range(0, drawn.ModeCount).Select(_ => new ModeTiming(random.Next(2) == 0, random.Next(2)))];
            ComplexNumber[] eigenvalues = [.. Enumerable.Range(0, drawn.ModeCount).Select(drawn.Eigenvalue)];
            ComplexNumber[] reads = [.. Enumerable.Range(0, drawn.Readouts).SelectMany(h => drawn.Waves(h).Select(wave => wave.Weight))];
            ModeBank bank = drawn.IsShared
                ? ModeBank.Shared(2, eigenvalues, [.. Enumerable.Range(0, 2 * drawn.ModeCount).Select(k => drawn.Drive(k / 2, k % 2))], reads, null, timings)
                : ModeBank.PerChannel(2, eigenvalues, reads, null, timings);
            int steps = random.Next(1, 12);
            Interval[] ranges = [new(-1, 0.5), new(0.25, 1)];
            var images = new BankEnclosure(bank, null, ranges, steps);
            for (int k = 0; k < 50; k++)
            {
                double[] v = [.. Enumerable.Range(0, 2 * steps).Select(i => random.Next(2) == 0 ? ranges[i % 2].Low : ranges[i % 2].High)];
                double[] o = ModeSeries.Readouts(bank, v, steps);
                Interval[] enclosed = EnclosedRecurrence.Readouts(bank, [.. v.Chunk(2).Select(row => (Interval[])[row[0], row[1]])]);
                for (int i = 0; i < o.Length; i++)
                {
                    // The evaluation in double rounds some hundred times.
                    Assert.True(Widened(images.Of(i % bank.Readouts)).Contains(o[i]));
                    Assert.True(Widened(enclosed[i]).Contains(o[i]) && enclosed[i].Width < 1e-12);
                }
            }
        }

        static Interval Widened(Interval x) => x + new Interval(-1e-13, 1e-13);
    }

    [Fact]
    public void Sums_of_taps_are_those_of_the_kernels()
    {
        var random = new Random(34);
        foreach (BankKind kind in new[] { BankKind.Shared, BankKind.TwoReads })
        {
            ModeBank bank = BoundModels.Bank(random, 3, 5, 1, kind);
            var images = new BankEnclosure(bank, null, [.. Enumerable.Repeat(new Interval(-1, 1), 3)], 40);
            for (int k = 0; k < bank.Readouts * 3; k++)
            {
                double[] kernel = ChannelKernels.Of(bank, k / 3, ChannelKernels.Input(bank, k % 3), 40);
                double sum = kernel.Sum(Math.Abs);
                Assert.InRange(images.AbsoluteSum(k / 3, k % 3).High, sum * (1 - 1e-12), (sum * (1 + 1e-9)) + 1e-12);
                Assert.True(images.SeparateSum(k / 3, k % 3).High >= sum * (1 - 1e-12));
            }
        }
    }

    [Fact]
    public void A_readout_of_shared_modes_is_bounded_only_where_every_input_is()
    {
        ModeBank bank = ModeBank.Shared(2, [0.5], [1, 0.5], [1], null);
        OperatorDescription model = Model(null, bank, InputDescription.None);
        OperatorEnclosure enclosure = OperatorEnclosure.Of(model, new InputRange([new Interval(0, 1), Interval.Entire]));
        Assert.Contains("its input has no range", ProofLimits.Unbounded(enclosure.Layers[0]), StringComparison.Ordinal);
        OperatorDescription growing = Model(null, ModeBank.Shared(2, [1], [1, 0.5], [1], null), InputDescription.None);
        Assert.Contains("|lambda| >= 1", ProofLimits.Unbounded(OperatorEnclosure.Of(growing, InputRange.Uniform(growing, 0, 1)).Layers[0]), StringComparison.Ordinal);
        Assert.Null(ProofLimits.Unbounded(OperatorEnclosure.Of(growing, InputRange.Uniform(growing, 0, 1), 9).Layers[0]));
    }

    private static OperatorDescription Model(LinearDescription? encoder, ModeBank bank, InputDescription input)
    {
        int width = input.Projection?.Inputs ?? bank.Inputs;
        var layer = new LayerDescription
        {
            Width = width,
            Input = input,
            Recurrence = bank,
            Decoder = DecoderFunctions.Identity,
        };
        return new OperatorDescription
        {
            Architecture = "test",
            Order = 1,
            InputWidth = encoder?.Inputs ?? width,
            Encoder = encoder,
            Layers = [layer],
        };
    }
}
