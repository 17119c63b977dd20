using System;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;

namespace OperatorGen;

/// <summary>The checks of a generated language model's arguments, made before any state changes, and its embedding.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TokenArguments
{
    /// <summary>Checks tokens and the room for their logits.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="tokens">Ids, [time].</param>
    /// <param name="logits">[rows, outputWidth].</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="outputWidth">Numbers of a row of logits.</param>
    /// <param name="rows">The rows that are asked for: one per token, or 1, that of the last token.</param>
    /// <exception cref="ArgumentException">An id is outside of the vocabulary, there is no last token, or a length does not fit.</exception>
    public static void Check<T>(ReadOnlySpan<int> tokens, Span<T> logits, int vocabulary, int outputWidth, int rows)
    {
        if (tokens.Length < rows)
        {
            throw new ArgumentException("There is no token: logits are those after the last one.", nameof(tokens));
        }

        if (logits.Length != (long)rows * outputWidth)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The logits have shape [{rows}, {outputWidth}], one row for {(rows == 1 ? "the last token" : "each token")}, but the span holds {logits.Length}."), nameof(logits));
        }

        Check(tokens, vocabulary);
    }

    /// <summary>The embedded tokens.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="tokens">Ids, [time].</param>
    /// <param name="rows">[time, width].</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="width">Channels of an embedded token.</param>
    /// <param name="table">The embedding, [token, channel], or transposed and in panels.</param>
    /// <param name="columns">Elements of a row of the table.</param>
    /// <param name="panel">Columns of a panel where the table has a column per token; 0: it has a row per token.</param>
    /// <exception cref="ArgumentException">An id is outside of the vocabulary, or a length does not fit.</exception>
    public static void Embed<T>(ReadOnlySpan<int> tokens, Span<T> rows, int vocabulary, int width, ReadOnlySpan<T> table, int columns, int panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check(tokens, rows, vocabulary, width);
        for (int t = 0; t < tokens.Length; t++)
        {
            (long start, int step) = Place(tokens[t], width, columns, panel);
            for (int c = 0; c < width; c++)
            {
                rows[(t * width) + c] = table[(int)start + (c * step)];
            }
        }
    }

    /// <summary>The embedded tokens of a model whose weights are external.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="tokens">Ids, [time].</param>
    /// <param name="rows">[time, width].</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="width">Channels of an embedded token.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="table">The number of the embedding, [token, channel], or transposed and in panels.</param>
    /// <param name="columns">Elements of a row of the table.</param>
    /// <param name="panel">Columns of a panel where the table has a column per token; 0: it has a row per token.</param>
    /// <exception cref="ArgumentException">An id is outside of the vocabulary, or a length does not fit.</exception>
    public static void Embed<T>(ReadOnlySpan<int> tokens, Span<T> rows, int vocabulary, int width, ExternalWeights weights, int table, int columns, int panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(weights);
        Check(tokens, rows, vocabulary, width);
        for (int t = 0; t < tokens.Length; t++)
        {
            (long start, int step) = Place(tokens[t], width, columns, panel);
            weights.Copy(table, start, step, rows.Slice(t * width, width));
        }
    }

    /// <summary>Where the first channel of a token is, and how far it is to the next.</summary>
    private static (long Start, int Step) Place(int token, int width, int columns, int panel)
    {
        if (panel == 0)
        {
            return ((long)token * columns, 1);
        }

        int first = token / panel * panel;
        return (((long)first * width) + (token - first), Math.Min(panel, columns - first));
    }

    private static void Check<T>(ReadOnlySpan<int> tokens, Span<T> rows, int vocabulary, int width)
    {
        if (rows.Length != (long)tokens.Length * width)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{tokens.Length} embedded tokens have shape [{tokens.Length}, {width}], but the span holds {rows.Length}."), nameof(rows));
        }

        Check(tokens, vocabulary);
    }

    /// <summary>Checks tokens.</summary>
    /// <param name="tokens">Ids.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <exception cref="ArgumentException">An id is outside of the vocabulary.</exception>
    public static void Check(ReadOnlySpan<int> tokens, int vocabulary)
    {
        for (int t = 0; t < tokens.Length; t++)
        {
            if ((uint)tokens[t] >= (uint)vocabulary)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Token {t} is {tokens[t]}, but the vocabulary has the ids 0 to {vocabulary - 1}."), nameof(tokens));
            }
        }
    }
}
