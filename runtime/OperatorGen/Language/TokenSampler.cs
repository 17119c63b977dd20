using System;
using System.Globalization;
using System.Numerics;

namespace OperatorGen;

/// <summary>
/// Chooses tokens from rows of logits. With the same options it gives the same tokens for the same logits on every machine: the probabilities are made of an
/// exponential with the same bits everywhere and of sums in a fixed order, and chance is xoshiro256** (<see cref="SamplingOptions.Seed"/>).
/// </summary>
/// <remarks>
/// Logits a, the tokens h of the history, penalty r, temperature c:
/// a_i = a_i / r where a_i &gt; 0, else a_i r, for i in h; p_i ~ e^((a_i - max a) / c); then top-k and top-p leave the tokens out that they do not take, and the
/// rest is divided by its sum. A token of logit -infinity has probability 0. A sampler works in memory of its own, allocates nothing after it is made, and
/// serves one text at a time.
/// </remarks>
public sealed class TokenSampler
{
    private readonly TokenWeights _weights;
    private readonly SeededRandom _random;

    /// <summary>Makes a sampler whose chance is at its start.</summary>
    /// <param name="vocabulary">How many tokens there are; what a row has beyond them is never read.</param>
    /// <param name="options">How to choose; null: the default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no token.</exception>
    public TokenSampler(int vocabulary, SamplingOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        Options = options ?? new SamplingOptions();
        _weights = new TokenWeights(vocabulary, Options);
        _random = new SeededRandom(Options.Seed);
    }

    /// <summary>How tokens are chosen.</summary>
    public SamplingOptions Options { get; }

    /// <summary>How many tokens there are.</summary>
    public int Vocabulary => _weights.Values.Length;

    /// <summary>Chooses a token and moves chance on by one number; at temperature 0 there is no chance.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">A row, at least [Vocabulary].</param>
    /// <param name="history">The tokens before, in their order; read for the repetition penalty only.</param>
    /// <exception cref="ArgumentException">
    /// The row is too short, a logit is not a number or +infinity, all are -infinity, or a token of the history is outside of the vocabulary; chance does not move.
    /// </exception>
    public int Sample<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> history = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = _weights.Weigh(logits, history);
        double target = Options.Temperature == 0 ? 0 : _random.NextUnit() * total;
        double sum = 0;
        int last = 0;
        ReadOnlySpan<double> weights = _weights.Values;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                sum += weights[i];
                if (sum > target)
                {
                    break;
                }
            }
        }

        return last;
    }

    /// <summary>The probabilities by which <see cref="Sample{T}"/> chooses; chance does not move.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">A row, at least [Vocabulary].</param>
    /// <param name="history">The tokens before, in their order.</param>
    /// <param name="probabilities">[Vocabulary]; 0 for the tokens that are left out.</param>
    /// <exception cref="ArgumentException">As in <see cref="Sample{T}"/>, or the destination has another length.</exception>
    public void Distribution<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> history, Span<double> probabilities)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (probabilities.Length != Vocabulary)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The destination has room for {probabilities.Length} probabilities; there are {Vocabulary} tokens."),
                nameof(probabilities));
        }

        double total = _weights.Weigh(logits, history);
        ReadOnlySpan<double> weights = _weights.Values;
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = weights[i] / total;
        }
    }
}
