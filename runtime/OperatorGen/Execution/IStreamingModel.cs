using System;
using System.Numerics;

namespace OperatorGen;

/// <summary>
/// A generated model that takes a sequence in pieces, down to one sample at a time: one state per sequence, the model shared by all. Models that are not
/// causal do not have this interface.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IStreamingModel<T> : ISequenceModel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A fresh state: all zero, no sample seen.</summary>
    SequenceState<T> CreateState();

    /// <summary>Evaluates a sequence from the given state on and leaves the state after its last sample; a sequence may be cut anywhere.</summary>
    /// <param name="input">[time, InputWidth], row-major.</param>
    /// <param name="output">[time, OutputWidth], row-major; [OutputWidth], the row of all samples seen, where the model pools.</param>
    /// <param name="state">A state that this model's <see cref="CreateState"/> made; not to be used by two calls at a time.</param>
    /// <param name="width">The vector width; results agree between widths up to rounding.</param>
    /// <exception cref="ArgumentException">The state is another model's, a length does not fit, the spans overlap, or a pooled model has seen no sample; the state is unchanged.</exception>
    void Forward(ReadOnlySpan<T> input, Span<T> output, SequenceState<T> state, VectorWidth width = VectorWidth.Widest);

    /// <summary>Takes one sample and gives what <c>Forward</c> gives for the samples seen so far, to the bit; allocates nothing.</summary>
    /// <param name="sample">[InputWidth].</param>
    /// <param name="output">[OutputWidth].</param>
    /// <param name="state">A state that this model's <see cref="CreateState"/> made.</param>
    /// <param name="width">The vector width.</param>
    /// <exception cref="ArgumentException">The state is another model's, a length does not fit, or the spans overlap; the state is unchanged.</exception>
    void Step(ReadOnlySpan<T> sample, Span<T> output, SequenceState<T> state, VectorWidth width = VectorWidth.Widest);

    /// <summary>
    /// Takes one sample of each of many independent streams and gives what <c>Step</c> gives for each, to the bit; the constants are read once for many streams. Allocates nothing.
    /// Large products of all of them are shared by the threads of the first state.
    /// </summary>
    /// <param name="states">One state per stream, each different, all made by this model's <see cref="CreateState"/>; how many samples they have seen may differ.</param>
    /// <param name="samples">[stream, InputWidth], row-major.</param>
    /// <param name="outputs">[stream, OutputWidth], row-major.</param>
    /// <param name="width">The vector width.</param>
    /// <exception cref="ArgumentException">A state is null, another model's or given twice, a sequence is as long as the model has a meaning for, a length does not fit, or the spans overlap; no state is changed.</exception>
    void ForwardMany(ReadOnlySpan<SequenceState<T>> states, ReadOnlySpan<T> samples, Span<T> outputs, VectorWidth width = VectorWidth.Widest);
}
