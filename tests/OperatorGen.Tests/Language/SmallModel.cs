using System;
using System.Numerics;

namespace OperatorGen.Tests.Language;

/// <summary>
/// A model written by hand: the logits are those of a table of bigrams, plus a tilt times a memory of all tokens, m = m / 2 + token. Rows have numbers after
/// the vocabulary, which are greater than all logits.
/// </summary>
internal sealed class SmallModel<T> : ILanguageModel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[,] _table;
    private readonly T _tilt;

    public SmallModel(double[,] table, double tilt = 0, int padding = 3)
    {
        Vocabulary = table.GetLength(0);
        Metadata = new ModelMetadata(new string('c', 64), 1, Vocabulary + padding, [], true, false);
        _table = new T[Vocabulary, Vocabulary];
        _tilt = T.CreateTruncating(tilt);
        for (int i = 0; i < table.Length; i++)
        {
            _table[i / Vocabulary, i % Vocabulary] = T.CreateTruncating(table[i / Vocabulary, i % Vocabulary]);
        }
    }

    public ModelMetadata Metadata { get; }

    public int Vocabulary { get; }

    /// <summary>The longest call of Forward or Prefill, in tokens.</summary>
    public int LongestCall { get; private set; }

    /// <summary>Runs before tokens are taken in.</summary>
    public Action BeforeCall { get; set; } = () => { };

    public static SmallModel<T> Random(int vocabulary, int seed, double spread = 3, int padding = 3)
    {
        var random = new Random(seed);
        var table = new double[vocabulary, vocabulary];
        for (int i = 0; i < table.Length; i++)
        {
            table[i / vocabulary, i % vocabulary] = ((2 * random.NextDouble()) - 1) * spread;
        }

        return new SmallModel<T>(table, 0.25, padding);
    }

    public SequenceState<T> CreateState() => new SmallState<T>(Metadata.ModelHash);

    public void Forward(ReadOnlySpan<int> tokens, Span<T> logits, SequenceState<T> state, VectorWidth width = VectorWidth.Widest)
    {
        Assert(logits.Length == tokens.Length * Metadata.OutputWidth);
        LongestCall = Math.Max(LongestCall, tokens.Length);
        for (int t = 0; t < tokens.Length; t++)
        {
            Take(tokens[t], logits.Slice(t * Metadata.OutputWidth, Metadata.OutputWidth), (SmallState<T>)state);
        }
    }

    public void Prefill(ReadOnlySpan<int> tokens, Span<T> logits, SequenceState<T> state, VectorWidth width = VectorWidth.Widest)
    {
        Assert(logits.Length == Metadata.OutputWidth && tokens.Length > 0);
        LongestCall = Math.Max(LongestCall, tokens.Length);
        foreach (int token in tokens)
        {
            Take(token, logits, (SmallState<T>)state);
        }
    }

    public void ForwardMany(ReadOnlySpan<SequenceState<T>> states, ReadOnlySpan<int> tokens, Span<T> logits, VectorWidth width = VectorWidth.Widest) =>
        throw new NotSupportedException("Nothing asks this model for many texts.");

    public void Step(int token, Span<T> logits, SequenceState<T> state, VectorWidth width = VectorWidth.Widest)
    {
        Assert(logits.Length == Metadata.OutputWidth);
        Take(token, logits, (SmallState<T>)state);
    }

    private static void Assert(bool fits)
    {
        if (!fits)
        {
            throw new ArgumentException("A length does not fit.");
        }
    }

    private void Take(int token, Span<T> logits, SmallState<T> state)
    {
        BeforeCall();
        T memory = state.Take(token);
        for (int i = 0; i < Vocabulary; i++)
        {
            logits[i] = _table[token, i] + (_tilt * memory * T.CreateTruncating((i % 3) - 1));
        }

        logits[Vocabulary..].Fill(T.CreateTruncating(1e6));
    }
}

internal sealed class SmallState<T>(string hash) : SequenceState<T>(new StateLayout(hash, 1, 0, 0))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Take(int token)
    {
        Memory[0] = (Memory[0] / T.CreateTruncating(2)) + T.CreateTruncating(token);
        Advance(1);
        return Memory[0];
    }
}
