using System;
using System.Numerics;
using System.Numerics.Tensors;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Tensor spans of any strides hold the values that Forward sees.</summary>
public sealed class TensorTests
{
    private const int Steps = 300;

    [Fact]
    public void A_sequence_of_any_strides_gives_the_bits_of_forward()
    {
        foreach (SeededModel seeded in Samples.All)
        {
            Sequences<float>(seeded);
            Sequences<double>(seeded);
        }
    }

    [Fact]
    public void A_batch_of_any_strides_gives_the_bits_of_forward_sequence_by_sequence()
    {
        foreach (SeededModel seeded in Samples.All)
        {
            Batches<float>(seeded);
            Batches<double>(seeded);
        }
    }

    [Fact]
    public void A_sequence_in_tensors_continues_from_the_state()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Stacked);
        float[] input = Samples.Input<float>(Samples.Stacked, Steps);
        float[] expected = Samples.Run(model, input);
        var actual = new float[expected.Length];
        SequenceState<float> state = model.CreateState();
        foreach ((int start, int count) in new[] { (0, 7), (7, 0), (7, Steps - 7) })
        {
            var part = new ReadOnlyTensorSpan<float>(input.AsSpan(start * 3, count * 3), [count, 3]);
            var rows = new TensorSpan<float>(actual.AsSpan(start * 4, count * 4), [count, 4]);
            model.ForwardTensor(part, rows, state);
        }

        Samples.SameBits<float>(expected, actual, "in pieces");
        Assert.Equal(Steps, state.Steps);
    }

    [Fact]
    public void Wrong_ranks_and_shapes_are_refused_with_both_shapes_and_the_state_stays()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Stacked);
        SequenceState<float> state = model.CreateState();
        model.Forward(Samples.Input<float>(Samples.Stacked, 3), new float[12], state);
        byte[] before = state.Save();
        foreach ((nint[] input, nint[] output) in new (nint[], nint[])[]
        {
            ([12], [4, 4]),
            ([4, 3], [16]),
            ([3, 4], [3, 4]),
            ([4, 3], [4, 3]),
            ([4, 3], [5, 4]),
            ([2, 2, 3], [2, 2, 4]),
        })
        {
            string message = Refusal(input, output, (i, o) => model.ForwardTensor(i, o, state));
            Assert.Contains($"[{string.Join(", ", input)}]", message, StringComparison.Ordinal);
            Assert.Contains($"[{string.Join(", ", output)}]", message, StringComparison.Ordinal);
            Assert.Contains("[time, 3]", message, StringComparison.Ordinal);
            Assert.Contains("[time, 4]", message, StringComparison.Ordinal);
        }

        foreach ((nint[] input, nint[] output) in new (nint[], nint[])[] { ([2, 2, 3], [2, 4]), ([2, 2, 3], [3, 2, 4]), ([2, 2, 4], [2, 2, 4]), ([1, 2, 2, 3], [1, 2, 2, 4]) })
        {
            string message = Refusal(input, output, (i, o) => model.ForwardTensor(i, o));
            Assert.Contains("[sequence, time, 3]", message, StringComparison.Ordinal);
            Assert.Contains("[sequence, time, 4]", message, StringComparison.Ordinal);
        }

        Assert.Equal(before, state.Save());
    }

    [Fact]
    public void A_pooled_mean_over_nothing_is_refused()
    {
        IGeneratedModel<float> model = Samples.Load<float>(Samples.Pooled);
        SequenceState<float> state = model.CreateState();
        Assert.Contains("[0, 2]", Refusal([0, 2], [4], (i, o) => model.ForwardTensor(i, o, state)), StringComparison.Ordinal);
        Assert.Contains("[3, 0, 2]", Refusal([3, 0, 2], [3, 4], (i, o) => model.ForwardTensor(i, o)), StringComparison.Ordinal);
        Assert.Equal(0, state.Steps);
    }

    [Fact]
    public void Tensors_that_overlap_are_refused_before_the_state_changes()
    {
        // Rows of the output lie on later rows of the input: written as the first ones are done, they would be read as input.
        IGeneratedModel<float> model = Samples.Load<float>(Samples.ChannelWise);
        var shared = new float[19 * 600];
        SequenceState<float> state = model.CreateState();
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => model.ForwardTensor(
            new ReadOnlyTensorSpan<float>(shared.AsSpan(0, 19 * 400), [400, 19]),
            new TensorSpan<float>(shared.AsSpan(19 * 200, 19 * 400), [400, 19]),
            state));
        Assert.Contains("overlap", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("[400, 19]", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, state.Steps);
        Assert.Throws<ArgumentException>(() => model.ForwardTensor(
            new ReadOnlyTensorSpan<float>(shared.AsSpan(0, 19 * 400), [2, 200, 19]),
            new TensorSpan<float>(shared.AsSpan(19 * 200, 19 * 400), [2, 200, 19])));
    }

    private delegate void TensorCall(ReadOnlyTensorSpan<float> input, TensorSpan<float> output);

    private static string Refusal(nint[] input, nint[] output, TensorCall call) => Assert.Throws<ArgumentException>(() => call(
        new ReadOnlyTensorSpan<float>(new float[Volume(input)], input),
        new TensorSpan<float>(new float[Volume(output)], output))).Message;

    private static nint Volume(nint[] lengths)
    {
        nint volume = 1;
        foreach (nint length in lengths)
        {
            volume *= length;
        }

        return volume;
    }

    private static void Sequences<T>(SeededModel seeded)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        int inputs = model.InputWidth, outputs = model.OutputWidth;
        T[] input = Samples.Input<T>(seeded, Steps);
        T[] expected = Samples.Run(model, input);
        int rows = expected.Length / outputs;
        foreach ((int time, int channel) in new[] { (inputs, 1), (1, Steps), (2 * inputs, 2), (inputs + 3, 1) })
        {
            T[] strided = Scatter(input, inputs, time, channel);
            foreach ((int row, int column) in new[] { (outputs, 1), (1, rows), (outputs + 2, 1) })
            {
                var result = new T[Math.Max(rows * row, outputs * column)];
                nint[] strides = [rows == 1 ? 0 : row, column]; // an axis of length 1 has stride 0
                var target = new TensorSpan<T>(result, [rows, outputs], strides);
                model.ForwardTensor(new ReadOnlyTensorSpan<T>(strided, [Steps, inputs], [time, channel]), target, model.CreateState());
                Samples.SameBits<T>(expected, Gather(result, rows, outputs, row, column), $"{seeded}, strides [{time}, {channel}] to [{row}, {column}]");
            }
        }
    }

    private static void Batches<T>(SeededModel seeded)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        const int Count = 3, Time = 270;
        int inputs = model.InputWidth, outputs = model.OutputWidth;
        var parts = new T[Count][];
        var time = new T[Count * Time * inputs]; // [time, channel, sequence]
        var plain = new T[Count * Time * inputs];
        for (int b = 0; b < Count; b++)
        {
            parts[b] = Samples.Input<T>(seeded, Time, 20 + b);
            parts[b].CopyTo(plain, b * parts[b].Length);
            for (int i = 0; i < parts[b].Length; i++)
            {
                time[(i * Count) + b] = parts[b][i];
            }
        }

        nint[] shape = model.Pooled ? [Count, outputs] : [Count, Time, outputs];
        T[] first = new T[(int)Volume(shape)], second = new T[first.Length];
        model.ForwardTensor(new ReadOnlyTensorSpan<T>(plain, [Count, Time, inputs]), new TensorSpan<T>(first, shape));
        model.ForwardTensor(new ReadOnlyTensorSpan<T>(time, [Count, Time, inputs], [1, inputs * Count, Count]), new TensorSpan<T>(second, shape));
        int size = first.Length / Count;
        for (int b = 0; b < Count; b++)
        {
            T[] expected = Samples.Run(model, parts[b]);
            Samples.SameBits<T>(expected, first.AsSpan(b * size, size), $"{seeded}, sequence {b}");
            Samples.SameBits<T>(expected, second.AsSpan(b * size, size), $"{seeded}, sequence {b}, permuted");
            var alone = new T[size];
            model.ForwardTensor(new ReadOnlyTensorSpan<T>(parts[b], [Time, inputs]), model.Pooled ? new TensorSpan<T>(alone) : new TensorSpan<T>(alone, [Time, outputs]));
            Samples.SameBits<T>(expected, alone, $"{seeded}, sequence {b}, alone");
        }
    }

    private static T[] Scatter<T>(T[] values, int width, int row, int column)
    {
        int rows = values.Length / width;
        var result = new T[Math.Max(rows * row, width * column)];
        for (int i = 0; i < values.Length; i++)
        {
            result[(i / width * row) + (i % width * column)] = values[i];
        }

        return result;
    }

    private static T[] Gather<T>(T[] values, int rows, int width, int row, int column)
    {
        var result = new T[rows * width];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[(i / width * row) + (i % width * column)];
        }

        return result;
    }
}
