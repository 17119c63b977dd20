using System;
using System.Numerics.Tensors;
using System.Threading;
using OperatorGen.Analysis;

namespace OperatorGen.Tool.Evaluation;

/// <summary>A generated model of either precision, behind one face: what the adapter that is compiled beside the generated file implements.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IGeneratedModel<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>Channels of an input sample.</summary>
    int InputWidth { get; }

    /// <summary>Numbers of an output row.</summary>
    int OutputWidth { get; }

    /// <summary>Whether a sequence gives one row.</summary>
    bool Pooled { get; }

    /// <summary>Whether an output depends on no later sample. If not, the model evaluates whole sequences: what has a state throws <see cref="NotSupportedException"/>.</summary>
    bool IsCausal { get; }

    /// <summary>Time steps of a chunk.</summary>
    int ChunkLength { get; }

    /// <summary>The operator's description.</summary>
    OperatorDescription Operator { get; }

    /// <summary>The generated Explain.</summary>
    /// <exception cref="NotSupportedException">The model has none: a layer is selective, or a decoder function has no expansion.</exception>
    ScoreExplanation Explain(ReadOnlySpan<T> input, int score, int top = 20);

    /// <summary>The generated Attribute.</summary>
    /// <exception cref="NotSupportedException">The model has none: a layer is selective.</exception>
    ScoreAttribution Attribute(ReadOnlySpan<T> input, int score, int? against = null);

    /// <summary>A fresh state.</summary>
    SequenceState<T> CreateState();

    /// <summary>A copy of a state.</summary>
    SequenceState<T> Clone(SequenceState<T> state);

    /// <summary>Makes a state a copy of another.</summary>
    void Copy(SequenceState<T> from, SequenceState<T> to);

    /// <summary>The generated Forward.</summary>
    void Forward(ReadOnlySpan<T> input, Span<T> output, SequenceState<T> state, VectorWidth width = VectorWidth.Widest);

    /// <summary>The generated Forward that borrows its state.</summary>
    void Forward(ReadOnlySpan<T> input, Span<T> output);

    /// <summary>A whole sequence at a vector width.</summary>
    void Forward(ReadOnlySpan<T> input, Span<T> output, VectorWidth width);

    /// <summary>The generated Step.</summary>
    void Step(ReadOnlySpan<T> sample, Span<T> output, SequenceState<T> state, VectorWidth width = VectorWidth.Widest);

    /// <summary>The generated ForwardMany.</summary>
    void ForwardMany(ReadOnlySpan<SequenceState<T>> states, ReadOnlySpan<T> samples, Span<T> outputs, VectorWidth width = VectorWidth.Widest);

    /// <summary>The generated ForwardBatch.</summary>
    void ForwardBatch(ReadOnlyMemory<T> inputs, ReadOnlySpan<int> lengths, Memory<T> outputs, int maxDegreeOfParallelism, CancellationToken cancellationToken);

    /// <summary>The generated Forward of a tensor span [time, channel].</summary>
    void ForwardTensor(in ReadOnlyTensorSpan<T> input, in TensorSpan<T> output, SequenceState<T> state);

    /// <summary>The generated Forward of a tensor span [sequence, time, channel], each sequence from a fresh state.</summary>
    void ForwardTensor(in ReadOnlyTensorSpan<T> input, in TensorSpan<T> output);
}
