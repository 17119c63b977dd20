using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Threading;

namespace OperatorGen;

/// <summary>
/// The text that a model writes after a prompt, in pieces that are complete: no piece ends within a character, and what may still become a stop string is held
/// back. All pieces together are the text. It is passed through once, as <see cref="TokenGeneration{T}"/> is.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TextGeneration<T> : IEnumerable<string>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TokenDecoder _decoder;
    private readonly StopText _stops;

    internal TextGeneration(ILanguageModel<T> model, ITokenText text, string prompt, GenerationOptions? options, SequenceState<T>? state, CancellationToken cancellation)
    {
        if (text.Vocabulary > model.Vocabulary)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The text has {text.Vocabulary} tokens, and the model only {model.Vocabulary}: they do not belong together."),
                nameof(text));
        }

        Tokens = new TokenGeneration<T>(model, text.Encode(prompt), options, state, text.Vocabulary, cancellation);
        _decoder = new TokenDecoder(text);
        _stops = new StopText(options?.StopStrings ?? []);
    }

    /// <summary>The tokens that the text is made of, and the state. Whoever takes tokens from it takes them away from the text.</summary>
    public TokenGeneration<T> Tokens { get; }

    /// <summary>Why there is nothing more, or None.</summary>
    public GenerationEnd End { get; private set; }

    /// <summary>Computes tokens until they give some text.</summary>
    /// <param name="piece">The text, at least one character; empty where there is none.</param>
    /// <returns>False where the generation has ended; <see cref="End"/> says why.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; no text is lost.</exception>
    /// <exception cref="ArgumentException">As in <see cref="TokenGeneration{T}.Next"/>.</exception>
    public bool Next(out string piece)
    {
        piece = "";
        while (piece.Length == 0 && End == GenerationEnd.None)
        {
            bool more = Tokens.Next(out int token);
            piece = _stops.Append(more ? _decoder.Append(token) : _decoder.Flush());
            if (_stops.Found)
            {
                End = GenerationEnd.StopString;
            }
            else if (!more)
            {
                piece += _stops.Flush();
                End = Tokens.End;
            }
        }

        return piece.Length > 0;
    }

    /// <summary>The pieces from here on.</summary>
    public IEnumerator<string> GetEnumerator()
    {
        while (Next(out string piece))
        {
            yield return piece;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
