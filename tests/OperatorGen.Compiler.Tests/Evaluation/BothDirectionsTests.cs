using System;
using System.Linq;
using System.Numerics.Tensors;
using System.Threading;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Generated code of models that are not causal: whole sequences of every length, and no state.</summary>
public sealed class BothDirectionsTests
{
    private static readonly ModelShape s_shape = new() { InputWidth = 3, Width = 6, Layers = 3, BothDirections = 0b101, PreNorm = true, HeadWidth = 4 };

    private static readonly SeededModel[] s_models =
    [
        RandomModels.Create(301, s_shape),
        RandomModels.Create(302, s_shape with { Cells = CellClass.Shared, PreNorm = false, PostNorm = true, Residual = false, Encoder = false }),
        RandomModels.Create(303, s_shape with { Pooling = Pooling.Mean, BothDirections = 0b010 }),
        RandomModels.Create(304, s_shape with { Cells = CellClass.Shared, Pooling = Pooling.Last }),
    ];

    public static TheoryData<int> Models => [.. Enumerable.Range(0, s_models.Length)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Sequences_of_every_length_stay_within_the_rounding_bound(int index)
    {
        SeededModel seeded = s_models[index];
        IGeneratedModel<double> model = Samples.Load<double>(seeded);
        Assert.False(model.IsCausal);
        foreach (int steps in new[] { 1, 2, 7, model.ChunkLength - 1, model.ChunkLength, model.ChunkLength + 1, (3 * model.ChunkLength) + 5 })
        {
            double[] input = Samples.Input<double>(seeded, steps);
            double ratio = RoundingBound.Compute(seeded.Model, input, RoundingBound.DoubleEpsilon).Ratio(Samples.Run(model, input));
            Assert.True(ratio <= 1, $"{steps} steps: {ratio} of the bound");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Length_0_gives_nothing_and_has_no_mean(int index)
    {
        IGeneratedModel<float> model = Samples.Load<float>(s_models[index]);
        if (model.Pooled)
        {
            Assert.Throws<ArgumentException>(() => model.Forward([], new float[model.OutputWidth]));
        }
        else
        {
            model.Forward([], []);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Nothing_is_left_from_the_sequence_before(int index)
    {
        IGeneratedModel<float> model = Samples.Load<float>(s_models[index]);
        float[] input = Samples.Input<float>(s_models[index], (2 * model.ChunkLength) + 3);
        float[] fresh = Samples.Run(model, input);
        Samples.Run(model, Samples.Input<float>(s_models[index], 5 * model.ChunkLength, 8));
        float[] broken = Samples.Input<float>(s_models[index], model.ChunkLength + 1, 9);
        broken[1] = float.NaN;
        Assert.Contains(Samples.Run(model, broken), float.IsNaN);
        Samples.SameBits<float>(fresh, Samples.Run(model, input), "after other sequences");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_second_sequence_of_a_length_allocates_nothing(int index)
    {
        IGeneratedModel<float> model = Samples.Load<float>(s_models[index]);
        float[] input = Samples.Input<float>(s_models[index], 300);
        float[] output = Samples.Output(model, 300);
        model.Forward(input, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        model.Forward(input, output);
        model.Forward(input.AsSpan(0, 3 * 17), model.Pooled ? output : output.AsSpan(0, 17 * model.OutputWidth));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_batch_and_tensor_spans_give_the_same_bits(int index)
    {
        SeededModel seeded = s_models[index];
        IGeneratedModel<float> model = Samples.Load<float>(seeded);
        int[] lengths = [1, 400, 33];
        float[][] inputs = [.. lengths.Select((steps, i) => Samples.Input<float>(seeded, steps, i))];
        float[] expected = [.. inputs.SelectMany(input => Samples.Run(model, input))];

        var outputs = new float[expected.Length];
        model.ForwardBatch(inputs.SelectMany(input => input).ToArray(), lengths, outputs, 2, CancellationToken.None);
        Samples.SameBits<float>(expected, outputs, "batch");

        float[] whole = inputs[1];
        float[] transposed = [.. Enumerable.Range(0, whole.Length).Select(i => whole[(i % 400 * model.InputWidth) + (i / 400)])];
        float[] rows = Samples.Output(model, 400);
        nint[] shape = model.Pooled ? [1, model.OutputWidth] : [400, model.OutputWidth];
        model.ForwardTensor(new ReadOnlyTensorSpan<float>(transposed, [400, model.InputWidth], [1, 400]), new TensorSpan<float>(rows, shape));
        Samples.SameBits<float>(Samples.Run(model, whole), rows, "a tensor of other strides");
        Assert.Throws<ArgumentException>(() => model.ForwardTensor(new ReadOnlyTensorSpan<float>(whole, [400, model.InputWidth]), new TensorSpan<float>(new float[3], [3])));
    }

    [Fact]
    public void A_type_that_is_not_causal_has_no_state()
    {
        string text = GeneratedModel.Generate(s_models[0].Model, Precision.Both).Text;
        Assert.Contains("public const bool IsCausal = false;", text, StringComparison.Ordinal);
        Assert.Contains("partial class Model : global::OperatorGen.ISequenceModel<float>, global::OperatorGen.ISequenceModel<double>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CreateState", text, StringComparison.Ordinal);
        Assert.DoesNotContain("class State", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Step(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("IStreamingModel", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_causal_model_is_one_forward_pass_and_a_layer_of_both_directions_adds_two()
    {
        EquatableArray<PlanPass> Passes(int both) => Planner.Plan(RandomModels.Create(7, s_shape with { BothDirections = both }).Model, ElementType.Single).Value!.Passes;

        Assert.Equal([TimeDirection.Forward], Passes(0).Select(pass => pass.Direction));
        Assert.Equal([TimeDirection.Forward, TimeDirection.Backward, TimeDirection.Forward], Passes(0b010).Select(pass => pass.Direction));
        Assert.Equal(7, Passes(0b111).Count);
    }

    [Fact]
    public void What_a_layer_kept_is_used_again_by_the_next_one()
    {
        int Stride(int both) => Planner.Plan(RandomModels.Create(7, s_shape with { BothDirections = both }).Model, ElementType.Single).Value!.SequenceStride;

        // x, v and the backward readouts, each one vector of 16 lanes.
        Assert.Equal(48, Stride(0b001));
        Assert.Equal(48, Stride(0b111));
    }
}
