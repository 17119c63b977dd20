using System;
using System.Numerics;
using System.Threading;

namespace OperatorGen;

/// <summary>What a program asks of a language model: tokens or text after a prompt.</summary>
public static class LanguageModelExtensions
{
    /// <summary>The tokens that a model writes after a prompt. Nothing is computed before the first is asked for.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="prompt">Ids, [time]; at least one. They are copied.</param>
    /// <param name="options">How tokens are chosen and when to stop; null: the default.</param>
    /// <param name="state">Where to go on from, for example a copy of a state that has read a prefix; it moves on with the generation. Null: a fresh one.</param>
    /// <param name="cancellationToken">Stops before the next token, or within a long prompt.</param>
    /// <remarks>The repetition penalty knows the prompt and the tokens that are written, not what a given state has seen before.</remarks>
    /// <exception cref="ArgumentException">There is no prompt, or an id of the prompt or a stop token is outside of the vocabulary.</exception>
    public static TokenGeneration<T> Generate<T>(
        this ILanguageModel<T> model,
        ReadOnlySpan<int> prompt,
        GenerationOptions? options = null,
        SequenceState<T>? state = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new TokenGeneration<T>(model, prompt, options, state, model.Vocabulary, cancellationToken);
    }

    /// <summary>The text that a model writes after a prompt. Nothing is computed before the first piece is asked for.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="text">What its tokens are. It may have fewer tokens than the model, which then never writes the others.</param>
    /// <param name="prompt">The text to write after; at least one token of it.</param>
    /// <param name="options">How tokens are chosen and when to stop; null: the default.</param>
    /// <param name="state">Where to go on from; it moves on with the generation. Null: a fresh one.</param>
    /// <param name="cancellationToken">Stops before the next token, or within a long prompt.</param>
    /// <exception cref="ArgumentException">
    /// The text has more tokens than the model, the prompt gives no token or has a character that no token has, or a stop token is outside of the text's vocabulary.
    /// </exception>
    public static TextGeneration<T> GenerateText<T>(
        this ILanguageModel<T> model,
        ITokenText text,
        string prompt,
        GenerationOptions? options = null,
        SequenceState<T>? state = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(prompt);
        return new TextGeneration<T>(model, text, prompt, options, state, cancellationToken);
    }
}
