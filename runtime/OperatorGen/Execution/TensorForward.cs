using System;
using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace OperatorGen;

/// <summary>Evaluates a piece of a sequence.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TState">The generated state.</typeparam>
/// <param name="input">[time, channel].</param>
/// <param name="output">[time, output] or [output].</param>
/// <param name="state">The state of the sequence.</param>
/// <param name="fresh">Whether the state is made fresh first.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void TensorPiece<T, TState>(ReadOnlySpan<T> input, Span<T> output, TState state, bool fresh);

/// <summary>
/// Tensor spans for generated models: rank 2 is one sequence [time, channel], rank 3 a batch [sequence, time, channel].
/// Whatever the strides are, values are copied by logical index, a chunk of time steps at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TensorForward
{
    private const int ChunkLength = 256;

    /// <summary>Continues one sequence.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TState">The generated state.</typeparam>
    /// <param name="input">Rank 2, [time, channel].</param>
    /// <param name="output">Rank 2, [time, output]; where the model pools rank 1, [output], or rank 2, [1, output].</param>
    /// <param name="state">The state to start from and to leave behind.</param>
    /// <param name="inputWidth">Channels.</param>
    /// <param name="outputWidth">Outputs per row.</param>
    /// <param name="pooled">Whether a sequence gives one row.</param>
    /// <param name="stepsSeen">How many samples the state has seen.</param>
    /// <param name="forward">Evaluates a piece of the sequence.</param>
    /// <exception cref="ArgumentException">A shape does not fit, memory overlaps, or an output's axis longer than 1 has stride 0; the message names both shapes.</exception>
    public static void Run<T, TState>(
        in ReadOnlyTensorSpan<T> input,
        in TensorSpan<T> output,
        TState state,
        int inputWidth,
        int outputWidth,
        bool pooled,
        long stepsSeen,
        TensorPiece<T, TState> forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        CheckSequence(input, output, inputWidth, outputWidth, pooled, stepsSeen);
        RunSequence(input, output, state, inputWidth, outputWidth, pooled, false, ChunkLength, forward);
    }

    /// <summary>Evaluates a batch, or one sequence, from a fresh state each.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TState">The generated state.</typeparam>
    /// <param name="input">Rank 3, [sequence, time, channel]; rank 2: one sequence.</param>
    /// <param name="output">Rank 3, [sequence, time, output]; where the model pools rank 2, [sequence, output].</param>
    /// <param name="state">A state to work in.</param>
    /// <param name="inputWidth">Channels.</param>
    /// <param name="outputWidth">Outputs per row.</param>
    /// <param name="pooled">Whether a sequence gives one row.</param>
    /// <param name="forward">Evaluates a piece of a sequence.</param>
    /// <exception cref="ArgumentException">A shape does not fit, memory overlaps, or an output's axis longer than 1 has stride 0; the message names both shapes.</exception>
    public static void RunBatch<T, TState>(
        in ReadOnlyTensorSpan<T> input,
        in TensorSpan<T> output,
        TState state,
        int inputWidth,
        int outputWidth,
        bool pooled,
        TensorPiece<T, TState> forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        Batch(input, output, state, inputWidth, outputWidth, pooled, ChunkLength, forward);
    }

    private static void Batch<T, TState>(
        in ReadOnlyTensorSpan<T> input,
        in TensorSpan<T> output,
        TState state,
        int inputWidth,
        int outputWidth,
        bool pooled,
        int chunk,
        TensorPiece<T, TState> forward)
    {
        if (input.Rank == 2)
        {
            CheckSequence(input, output, inputWidth, outputWidth, pooled, 0);
            RunSequence(input, output, state, inputWidth, outputWidth, pooled, true, chunk, forward);
            return;
        }

        bool fits = input.Rank == 3 && input.Lengths[2] == inputWidth && output.Rank == (pooled ? 2 : 3)
            && output.Lengths[0] == input.Lengths[0] && output.Lengths[^1] == outputWidth
            && (pooled ? input.Lengths[1] > 0 : output.Lengths[1] == input.Lengths[1]);
        if (!fits)
        {
            throw Misfit(input.Lengths, output.Lengths, $"[sequence, time, {inputWidth}]", pooled ? $"[sequence, {outputWidth}] with at least one time step" : $"[sequence, time, {outputWidth}]");
        }

        CheckMemory(input, output);
        for (nint i = 0; i < input.Lengths[0]; i++)
        {
            ReadOnlyTensorSpan<T> sequence = input.Slice([new NRange(i, i + 1), NRange.All, NRange.All]).SqueezeDimension(0);
            TensorSpan<T> result = pooled
                ? output.Slice([new NRange(i, i + 1), NRange.All])
                : output.Slice([new NRange(i, i + 1), NRange.All, NRange.All]).SqueezeDimension(0);
            RunSequence(sequence, result, state, inputWidth, outputWidth, pooled, true, chunk, forward);
        }
    }

    /// <summary>Evaluates a batch, or one sequence, each sequence as a whole.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TState">What a call works in.</typeparam>
    /// <param name="input">Rank 3, [sequence, time, channel]; rank 2: one sequence.</param>
    /// <param name="output">Rank 3, [sequence, time, output]; where the model pools rank 2, [sequence, output].</param>
    /// <param name="state">What the calls work in.</param>
    /// <param name="inputWidth">Channels.</param>
    /// <param name="outputWidth">Outputs per row.</param>
    /// <param name="pooled">Whether a sequence gives one row.</param>
    /// <param name="forward">Evaluates a sequence; the piece that it is given is all of it.</param>
    /// <exception cref="ArgumentException">A shape does not fit, memory overlaps, an output's axis longer than 1 has stride 0, or a sequence has more numbers than one array holds.</exception>
    public static void RunWhole<T, TState>(
        in ReadOnlyTensorSpan<T> input,
        in TensorSpan<T> output,
        TState state,
        int inputWidth,
        int outputWidth,
        bool pooled,
        TensorPiece<T, TState> forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        if (input.Rank is 2 or 3 && input.Lengths[^2] * Math.Max(inputWidth, outputWidth) > Array.MaxLength)
        {
            throw new ArgumentException($"The input has shape {Shape(input.Lengths)} and the output {Shape(output.Lengths)}: a sequence is evaluated as a whole, and more than {Array.MaxLength} numbers are too many.");
        }

        Batch(input, output, state, inputWidth, outputWidth, pooled, Math.Max(1, input.Rank is 2 or 3 ? (int)input.Lengths[^2] : 1), forward);
    }

    private static void CheckSequence<T>(
        in ReadOnlyTensorSpan<T> input,
        in TensorSpan<T> output,
        int inputWidth,
        int outputWidth,
        bool pooled,
        long stepsSeen)
    {
        bool fits = input.Rank == 2 && input.Lengths[1] == inputWidth
            && (pooled
                ? (output.Rank == 1 && output.Lengths[0] == outputWidth) || (output.Rank == 2 && output.Lengths[0] == 1 && output.Lengths[1] == outputWidth)
                : output.Rank == 2 && output.Lengths[0] == input.Lengths[0] && output.Lengths[1] == outputWidth);
        if (!fits)
        {
            throw Misfit(input.Lengths, output.Lengths, $"[time, {inputWidth}]", pooled ? $"[{outputWidth}]" : $"[time, {outputWidth}]");
        }

        if (pooled && stepsSeen == 0 && input.Lengths[0] == 0)
        {
            throw Misfit(input.Lengths, output.Lengths, $"[time, {inputWidth}] with at least one time step", $"[{outputWidth}]");
        }

        CheckMemory(input, output);
    }

    /// <summary>
    /// Every element of the output needs a place of its own. And values are read after others are written: the stretches of memory from first to
    /// last element must lie apart.
    /// </summary>
    private static void CheckMemory<T>(in ReadOnlyTensorSpan<T> input, in TensorSpan<T> output)
    {
        for (int axis = 0; axis < output.Rank; axis++)
        {
            if (output.Lengths[axis] > 1 && output.Strides[axis] == 0)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The output, shape {Shape(output.Lengths)} for an input of shape {Shape(input.Lengths)}, has stride 0 on axis {axis}: its {output.Lengths[axis]} elements are one place in memory."));
            }
        }

        if (input.FlattenedLength == 0 || output.FlattenedLength == 0)
        {
            return;
        }

        nint distance = Unsafe.ByteOffset(in input.GetPinnableReference(), in output.GetPinnableReference()) / Unsafe.SizeOf<T>();
        if (distance > -Extent(output.Lengths, output.Strides) && distance < Extent(input.Lengths, input.Strides))
        {
            throw new ArgumentException($"The memory of the input, shape {Shape(input.Lengths)}, and of the output, shape {Shape(output.Lengths)}, overlap.");
        }
    }

    /// <summary>Elements from the first to behind the last.</summary>
    private static nint Extent(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint extent = 1;
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            extent += (lengths[axis] - 1) * strides[axis];
        }

        return extent;
    }

    private static void RunSequence<T, TState>(
        in ReadOnlyTensorSpan<T> input,
        in TensorSpan<T> output,
        TState state,
        int inputWidth,
        int outputWidth,
        bool pooled,
        bool fresh,
        int chunk,
        TensorPiece<T, TState> forward)
    {
        nint steps = input.Lengths[0];
        T[] rows = ArrayPool<T>.Shared.Rent(chunk * inputWidth);
        T[] results = ArrayPool<T>.Shared.Rent(chunk * outputWidth);
        nint start = 0;
        do
        {
            int count = (int)nint.Min(chunk, steps - start);
            Span<T> result = results.AsSpan(0, (pooled ? 1 : count) * outputWidth);
            if (count > 0)
            {
                input.Slice([new NRange(start, start + count), NRange.All]).FlattenTo(rows);
            }

            forward(rows.AsSpan(0, count * inputWidth), result, state, fresh && start == 0);
            if (!pooled && count > 0)
            {
                TensorSpan<T> target = output.Slice([new NRange(start, start + count), NRange.All]);
                new ReadOnlyTensorSpan<T>(result, [count, outputWidth]).CopyTo(target);
            }

            start += count;
        }
        while (start < steps);

        if (pooled)
        {
            new ReadOnlyTensorSpan<T>(results.AsSpan(0, outputWidth), output.Lengths).CopyTo(output);
        }

        ArrayPool<T>.Shared.Return(rows);
        ArrayPool<T>.Shared.Return(results);
    }

    private static ArgumentException Misfit(ReadOnlySpan<nint> input, ReadOnlySpan<nint> output, string expectedInput, string expectedOutput) =>
        new($"The input has shape {Shape(input)} and the output {Shape(output)}; they must have {expectedInput} and {expectedOutput}.");

    private static string Shape(ReadOnlySpan<nint> lengths)
    {
        var parts = new string[lengths.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = lengths[i].ToString(CultureInfo.InvariantCulture);
        }

        return "[" + string.Join(", ", parts) + "]";
    }
}
