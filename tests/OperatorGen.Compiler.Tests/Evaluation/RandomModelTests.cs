using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>
/// Random models of every shape class: the generated code is the plain reference up to its derived rounding bound, and to the bit the same
/// function however a sequence is cut.
/// </summary>
public sealed class RandomModelTests(ITestOutputHelper output)
{
    private static readonly VectorWidth[] s_widths = [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    public static TheoryData<VectorWidth> Widths => Samples.Widths;

    [Fact]
    public void The_sample_holds_every_kind_and_widths_above_a_vector()
    {
        foreach (SeededModel[] sample in new[] { RandomSample.All, RandomSample.Some })
        {
            Cell[] cells = [.. sample.SelectMany(seeded => seeded.Model.Layers).Select(layer => layer.Cell)];
            Assert.Contains(cells, cell => cell is ChannelModes { Channels: > 16, Field: Field.Complex } && cell.InputWidth % 2 == 1);
            Assert.Contains(cells, cell => cell is ChannelModes { Channels: > 1, Reads: > 1 });
            Assert.Contains(cells, cell => cell is ChannelModes { StateName: not null });
            Assert.Contains(cells, cell => cell is SharedModes { Inputs: > 16, Modes: > 16 });
            Assert.Contains(cells, cell => cell is SharedModes { Field: Field.Complex });
            Assert.Contains(cells, cell => cell is SelectiveCell { Count: > 16 });
            Assert.Contains(cells, cell => cell is SharedOscillators { Inputs: > 16, Oscillators: > 16 });
            foreach (LinearCdeStep step in Enum.GetValues<LinearCdeStep>())
            {
                Assert.Contains(cells, cell => cell is LinearCde { States: > 16 } matrices && matrices.Step == step);
            }

            Assert.Contains(cells, cell => cell is LowRankModes { Channels: > 16, Modes: > 16 });
            Assert.Contains(cells, cell => cell is ChannelModes { Modes: > 16 });
            Assert.Contains(cells, cell => cell is SelectiveCell { KeyWidth: > 16 });
            Assert.Contains(sample, seeded => seeded.Model.Encoder is { Inputs: > 16, Outputs: > 16 });
        }
    }

    [Fact]
    public void The_sample_holds_every_kind_of_selective_cells()
    {
        foreach (SeededModel[] sample in new[] { RandomSample.All, RandomSample.Some })
        {
            foreach (SelectiveKind kind in Enum.GetValues<SelectiveKind>())
            {
                SeededModel[] models = [.. sample.Where(seeded => seeded.Shape.Cells == CellClass.Selective && seeded.Shape.Selective == kind)];
                Assert.Contains(models, seeded => seeded.Shape.Slices);
                Assert.Contains(models, seeded => !seeded.Shape.Slices);
                Assert.Contains(models, seeded => seeded.Shape.InnerWidth > 14);
            }
        }
    }

    [Fact]
    public void The_sample_holds_low_rank_modes_in_both_forms()
    {
        LowRankModes[] cells = [.. RandomSample.All.SelectMany(seeded => seeded.Model.Layers).Select(layer => layer.Cell).OfType<LowRankModes>()];
        Assert.Contains(cells, cell => cell is { Form: LowRankForm.LowRankStep, Rank: 2 });
        Assert.Contains(cells, cell => cell is { Form: LowRankForm.LowRankStep, Backward: not null });
        Assert.Contains(cells, cell => cell is { Form: LowRankForm.Eigenbasis });
        Assert.Contains(cells, cell => cell.Reads > 1);
    }

    [Fact]
    public void The_samples_hold_complex_modes_of_one_channel_each_in_all_forms()
    {
        foreach (SeededModel[] sample in new[] { RandomSample.All, RandomSample.Some })
        {
            ChannelModes[] cells = [.. sample.SelectMany(seeded => seeded.Model.Layers).Select(layer => layer.Cell).OfType<ChannelModes>().Where(cell => cell.Field == Field.Complex && cell.IsCausal)];
            foreach (ScanForm form in new[] { ScanForm.StepByStep, ScanForm.LookAhead, ScanForm.LookAheadOfModes })
            {
                Assert.Contains(cells, cell => new ChannelModesLowering(cell).FormOf(ElementType.Single) == form && new ChannelModesLowering(cell with { Form = ScanForm.Counted }).LooksAhead);
            }
        }
    }

    [Fact]
    public void The_sample_holds_both_directions_in_every_way()
    {
        ModeCell[] cells = [.. RandomSample.All.SelectMany(seeded => seeded.Model.Layers).Select(layer => layer.Cell).OfType<ModeCell>()];
        foreach (int delay in new[] { 0, 1 })
        {
            Assert.Contains(cells, cell => cell is ChannelModes && cell.Backward?.Delay == delay);
            Assert.Contains(cells, cell => cell is SharedModes && cell.Backward?.Delay == delay);
            Assert.Contains(cells, cell => cell.Field == Field.Real && cell.Backward?.Delay == delay);
        }

        Assert.Contains(cells, cell => cell is ChannelModes { Backward: not null, Reads: > 1 });
        Assert.Contains(cells, cell => cell is ChannelModes { Backward: not null, Channels: > 16 });
        Assert.Contains(cells, cell => cell is SharedModes { Backward: not null, Inputs: > 16 });
        Assert.Contains(RandomSample.All, seeded => seeded.Model.Layers.Count(layer => !layer.Cell.IsCausal) > 1);
        Assert.Contains(RandomSample.All, seeded => seeded.Model.Layers is [{ Cell.IsCausal: true }, { Cell.IsCausal: false }, { Cell.IsCausal: true }]);
        foreach (Pooling pooling in Enum.GetValues<Pooling>())
        {
            Assert.Contains(RandomSample.All, seeded => !seeded.Model.IsCausal && seeded.Model.Pooling == pooling);
        }
    }

    [Fact]
    public void Float_code_stays_within_the_rounding_bound_of_the_reference_with_the_same_constants() => AgainstReference<float>(RoundingBound.SingleEpsilon);

    [Fact]
    public void Double_code_stays_within_the_rounding_bound_of_the_reference() => AgainstReference<double>(RoundingBound.DoubleEpsilon);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_cut_and_every_step_give_the_same_bits_in_float(VectorWidth width) => Cuts<float>(width);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_cut_and_every_step_give_the_same_bits_in_double(VectorWidth width) => Cuts<double>(width);

    private void AgainstReference<T>(double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double worst = 0;
        foreach (SeededModel seeded in RandomSample.All)
        {
            IGeneratedModel<T> generated = Samples.Load<T>(seeded);
            foreach (int steps in new[] { 1, 2, 17, generated.ChunkLength + 5 })
            {
                // The input is rounded first: both sides see the same numbers.
                T[] input = Samples.Input<T>(seeded, steps, seeded.Seed);
                RoundingResult bound = RoundingBound.Compute(seeded.Model, Array.ConvertAll(input, double.CreateChecked), epsilon);
                foreach (VectorWidth width in s_widths)
                {
                    double ratio = bound.Ratio(Array.ConvertAll(Samples.Run(generated, input, width), double.CreateChecked));
                    Assert.True(ratio <= 1, $"{seeded}, {steps} steps, {width}: {ratio} of the bound {bound.Largest}");
                    worst = Math.Max(worst, ratio);
                }
            }
        }

        output.WriteLine($"largest share of the bound: {worst}");
    }

    private static void Cuts<T>(VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (SeededModel seeded in RandomSample.Some)
        {
            IGeneratedModel<T> model = Samples.Load<T>(seeded);
            T[] input = Samples.Input<T>(seeded, (2 * model.ChunkLength) + 3, seeded.Seed);
            T[] whole = Samples.Run(model, input, width);
            foreach (int piece in new[] { 1, 3, model.ChunkLength, model.ChunkLength + 1 })
            {
                Samples.SameBits<T>(whole, Cut.Pieces(model, input, width, piece), $"{seeded}, {width}, pieces of {piece}");
            }

            Samples.SameBits<T>(whole, Cut.Steps(model, input, width), $"{seeded}, {width}, by Step");
        }
    }
}
