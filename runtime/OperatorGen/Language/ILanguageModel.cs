using System;
using System.Numerics;

namespace OperatorGen;

/// <summary>
/// A generated model that takes tokens and gives logits: row t has a number for every token that may come after token t. One state per text, the model shared
/// by all.
/// </summary>
/// <remarks>
/// A row has <see cref="ISequenceModel.OutputWidth"/> numbers. That may be more than <see cref="Vocabulary"/>, where upstream padded its embedding: the numbers
/// from there on belong to no token and are never sampled.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public interface ILanguageModel<T> : ISequenceModel
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many tokens there are: their ids are 0 to Vocabulary - 1.</summary>
    int Vocabulary { get; }

    /// <summary>A fresh state: all zero, no token seen.</summary>
    SequenceState<T> CreateState();

    /// <summary>Takes tokens in from the given state on, gives the logits after each, and leaves the state after the last; a text may be cut anywhere.</summary>
    /// <param name="tokens">Ids, [time].</param>
    /// <param name="logits">[time, OutputWidth], row-major.</param>
    /// <param name="state">A state that this model's <see cref="CreateState"/> made; not to be used by two calls at a time.</param>
    /// <param name="width">The vector width; results agree between widths up to rounding.</param>
    /// <exception cref="ArgumentException">An id is outside of the vocabulary, the state is another model's, or a length does not fit; the state is unchanged.</exception>
    void Forward(ReadOnlySpan<int> tokens, Span<T> logits, SequenceState<T> state, VectorWidth width = VectorWidth.Widest);

    /// <summary>The same, but gives only the logits after the last token: the way to read a prompt.</summary>
    /// <param name="tokens">Ids, [time]; at least one.</param>
    /// <param name="logits">[OutputWidth].</param>
    /// <param name="state">A state that this model's <see cref="CreateState"/> made.</param>
    /// <param name="width">The vector width.</param>
    /// <exception cref="ArgumentException">There is no token, an id is outside of the vocabulary, the state is another model's, or a length does not fit; the state is unchanged.</exception>
    void Prefill(ReadOnlySpan<int> tokens, Span<T> logits, SequenceState<T> state, VectorWidth width = VectorWidth.Widest);

    /// <summary>Takes one token in and gives what <c>Forward</c> gives for it, to the bit; allocates nothing.</summary>
    /// <param name="token">The id.</param>
    /// <param name="logits">[OutputWidth].</param>
    /// <param name="state">A state that this model's <see cref="CreateState"/> made.</param>
    /// <param name="width">The vector width.</param>
    /// <exception cref="ArgumentException">The id is outside of the vocabulary, the state is another model's, or a length does not fit; the state is unchanged.</exception>
    void Step(int token, Span<T> logits, SequenceState<T> state, VectorWidth width = VectorWidth.Widest);

    /// <summary>
    /// Takes one token of each of many independent texts and gives what <c>Step</c> gives for each, to the bit; the weights are read once for many texts. Allocates nothing. Large
    /// products of all of them are shared by the threads of the first state.
    /// </summary>
    /// <param name="states">One state per text, each different, all made by this model's <see cref="CreateState"/>; how many tokens they have seen may differ.</param>
    /// <param name="tokens">Ids, [text].</param>
    /// <param name="logits">[text, OutputWidth], row-major.</param>
    /// <param name="width">The vector width.</param>
    /// <exception cref="ArgumentException">A state is null, another model's or given twice, a sequence is as long as the model has a meaning for, an id is outside of the vocabulary, or a length does not fit; no state is changed.</exception>
    void ForwardMany(ReadOnlySpan<SequenceState<T>> states, ReadOnlySpan<int> tokens, Span<T> logits, VectorWidth width = VectorWidth.Widest);
}
