using System;
using System.Collections.Generic;
using System.Linq;

namespace Text;

/// <summary>
/// Interpolated Kneser-Ney models of bytes, of the orders 1 to 8. A model of order n sees n - 1 bytes before the next one. Its highest level counts how often an n-gram occurs, the lower ones how many
/// different bytes come before it, and below order 1 every byte is equally likely (<see cref="NGramLevel"/>).
/// </summary>
internal sealed class NGrams
{
    public const int Orders = 8;

    private readonly NGramLevel[] _highest;
    private readonly NGramLevel[] _lower;

    /// <summary>Learns all orders.</summary>
    /// <param name="text">The text.</param>
    public NGrams(ReadOnlySpan<byte> text)
    {
        var counts = new Dictionary<ulong, int>[Orders];
        for (int k = 0; k < Orders; k++)
        {
            counts[k] = [];
            for (int end = k + 1; end <= text.Length; end++)
            {
                ulong gram = Packed(text[(end - k - 1)..end]);
                counts[k][gram] = counts[k].GetValueOrDefault(gram) + 1;
            }
        }

        _highest = [.. counts.Select(each => new NGramLevel(each))];
        _lower = [.. Enumerable.Range(1, Orders - 1).Select(k => new NGramLevel(Continuations(counts[k], k)))];
    }

    /// <summary>The probability of a byte by every order.</summary>
    /// <param name="history">What is before it; only its last 7 bytes count.</param>
    /// <param name="next">The byte.</param>
    /// <param name="probabilities">Room for one number an order.</param>
    public void Probabilities(ReadOnlySpan<byte> history, byte next, Span<double> probabilities)
    {
        double lower = 1.0 / 256;
        for (int k = 0; k < Orders; k++)
        {
            // Where so much is not before it, the model of a lower order says what it knows.
            ulong context = k <= history.Length ? Packed(history[^k..]) : 0;
            probabilities[k] = k <= history.Length ? _highest[k].Probability(context, next, lower) : lower;
            lower = k <= history.Length && k < Orders - 1 ? _lower[k].Probability(context, next, lower) : lower;
        }
    }

    /// <summary>Bits per byte of a text by every order; the first byte of each part is not counted, and nothing is known of the parts before.</summary>
    public double[] BitsPerByte(ReadOnlySpan<byte> text, int part)
    {
        var sums = new double[Orders];
        Span<double> probabilities = stackalloc double[Orders];
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (i % part > 0)
            {
                Probabilities(text[(i - (i % part))..i], text[i], probabilities);
                for (int k = 0; k < Orders; k++)
                {
                    sums[k] -= Math.Log2(probabilities[k]);
                }

                count++;
            }
        }

        return [.. sums.Select(sum => sum / count)];
    }

    /// <summary>How many different bytes come before each n-gram of k bytes, from the n-grams of k + 1.</summary>
    private static Dictionary<ulong, int> Continuations(Dictionary<ulong, int> longer, int k)
    {
        Dictionary<ulong, int> counts = [];
        ulong mask = (1UL << (8 * k)) - 1;
        foreach (ulong gram in longer.Keys)
        {
            counts[gram & mask] = counts.GetValueOrDefault(gram & mask) + 1;
        }

        return counts;
    }

    private static ulong Packed(ReadOnlySpan<byte> bytes)
    {
        ulong packed = 0;
        foreach (byte value in bytes)
        {
            packed = (packed << 8) | value;
        }

        return packed;
    }
}
