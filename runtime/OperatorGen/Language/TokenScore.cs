using System;
using System.Globalization;
using System.Numerics;
using System.Threading;

namespace OperatorGen;

/// <summary>
/// How well a model foretells a text: the sum over t &gt;= 1 of -ln p(token_t | the tokens before it), in nats. Divided by the number of tokens that count, one less
/// than there are, it is the cross-entropy, and e to the power of that is the perplexity (Jelinek, Mercer, Bahl and Baker, "Perplexity: a measure of the
/// difficulty of speech recognition tasks", 1977); divided by ln 2 and by the bytes of the text it is bits per byte.
/// </summary>
/// <remarks>
/// p is the softmax of the first Vocabulary logits, computed in double: a token's value v is within about (V + v) 2^-53 of the exact one for the logits given, V
/// the size of the vocabulary. Rows are made at most 256 at a time and 2^21 numbers at a time, however long the text is.
/// </remarks>
public static class TokenScore
{
    private const int MostRows = 256;

    private const int MostNumbers = 1 << 21;

    /// <summary>Scores a text from a fresh state.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="tokens">Ids, [time].</param>
    /// <param name="cancellationToken">Stops between some hundred tokens.</param>
    /// <returns>Nats; 0 where there are no two tokens, infinity where a token has probability 0, not a number where logits are none.</returns>
    /// <exception cref="ArgumentException">An id is outside of the vocabulary.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Of<T>(ILanguageModel<T> model, ReadOnlySpan<int> tokens, CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return Sum(model, tokens, model.CreateState(), [], VectorWidth.Widest, cancellationToken);
    }

    /// <summary>Scores the tokens of a text one by one, from a given state on.</summary>
    /// <remarks>
    /// The first token is what the others come after and has no value of its own. The last one is scored and not taken in: a longer text is scored by pieces that overlap by one token, the last
    /// of a piece being the first of the next, with one state.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="tokens">Ids, [time].</param>
    /// <param name="state">What came before; afterwards it has seen all tokens but the last.</param>
    /// <param name="values">[time], nats: -ln p(token_t | what came before); 0 for the first.</param>
    /// <param name="width">The vector width of the model's code.</param>
    /// <param name="cancellationToken">Stops between some hundred tokens; the state is then within the text.</param>
    /// <returns>The sum of the values.</returns>
    /// <exception cref="ArgumentException">An id is outside of the vocabulary, the state is another model's, or the lengths differ.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double PerToken<T>(
        ILanguageModel<T> model,
        ReadOnlySpan<int> tokens,
        SequenceState<T> state,
        Span<double> values,
        VectorWidth width = VectorWidth.Widest,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        if (values.Length != tokens.Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There is room for {values.Length} values; there are {tokens.Length} tokens."), nameof(values));
        }

        values.Clear();
        return Sum(model, tokens, state, values, width, cancellationToken);
    }

    private static double Sum<T>(ILanguageModel<T> model, ReadOnlySpan<int> tokens, SequenceState<T> state, Span<double> values, VectorWidth width, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TokenIds.Check(tokens, model.Vocabulary, nameof(tokens));
        int scored = tokens.Length - 1;
        if (scored <= 0)
        {
            return 0;
        }

        int outputs = model.Metadata.OutputWidth;
        int rows = Math.Min(Math.Clamp(MostNumbers / outputs, 1, MostRows), scored);
        var logits = new T[rows * outputs];
        var surprisal = new Surprisal(model.Vocabulary);
        double sum = 0;
        for (int start = 0; start < scored; start += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(rows, scored - start);
            model.Forward(tokens.Slice(start, count), logits.AsSpan(0, count * outputs), state, width);
            for (int t = 0; t < count; t++)
            {
                int next = start + t + 1;
                double value = surprisal.Of<T>(logits.AsSpan(t * outputs, outputs), tokens[next]);
                sum += value;
                if (!values.IsEmpty)
                {
                    values[next] = value;
                }
            }
        }

        return sum;
    }
}
