using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Products of words by their prefixes, the recursion of shuffle and quasi-shuffle:
/// <code>
/// (u a) * (v b) = (u * v b) a + (u a * v) b + (u * v) (a b)
/// </code>
/// where a b is one letter, the product of two; the shuffle has no such term. Every word has up to three sources, which are added in this order.
/// </summary>
internal static class PrefixProducts
{
    /// <summary>The product of two words.</summary>
    /// <param name="u">The first word.</param>
    /// <param name="v">The second word.</param>
    /// <param name="join">The product of two letters; null: there is none.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    public static WordPolynomial Of(Word u, Word v, Func<int, int, int>? join, AlgebraLimits? limits)
    {
        limits ??= AlgebraLimits.Default;

        // [j]: the product of a prefix of u with the first j letters of v.
        var row = new Dictionary<Word, double>[v.Length + 1];
        for (int i = 0; i <= u.Length; i++)
        {
            Dictionary<Word, double>[] above = row;
            row = new Dictionary<Word, double>[v.Length + 1];
            for (int j = 0; j <= v.Length; j++)
            {
                row[j] = i == 0 && j == 0 ? new() { [Word.Empty] = 1 } : [];
                if (i > 0)
                {
                    Append(above[j], u[i - 1], row[j], limits);
                }

                if (j > 0)
                {
                    Append(row[j - 1], v[j - 1], row[j], limits);
                }

                if (i > 0 && j > 0 && join is not null)
                {
                    Append(above[j - 1], join(u[i - 1], v[j - 1]), row[j], limits);
                }
            }
        }

        return WordPolynomial.FromTerms(row[v.Length]);
    }

    /// <summary>The product of two linear combinations.</summary>
    public static WordPolynomial Of(WordPolynomial p, WordPolynomial q, Func<int, int, int>? join, AlgebraLimits? limits)
    {
        limits ??= AlgebraLimits.Default;
        var sum = new Dictionary<Word, double>();
        foreach (KeyValuePair<Word, double> u in p.Terms)
        {
            foreach (KeyValuePair<Word, double> v in q.Terms)
            {
                foreach (KeyValuePair<Word, double> term in Of(u.Key, v.Key, join, limits).Terms)
                {
                    Add(sum, term.Key, u.Value * v.Value * term.Value, limits);
                }
            }
        }

        return WordPolynomial.FromTerms(sum);
    }

    private static void Append(Dictionary<Word, double> terms, int letter, Dictionary<Word, double> sum, AlgebraLimits limits)
    {
        limits.Cancellation.ThrowIfCancellationRequested();
        Word last = Word.Of(letter);
        foreach (KeyValuePair<Word, double> term in terms)
        {
            Add(sum, term.Key.Concat(last), term.Value, limits);
        }
    }

    private static void Add(Dictionary<Word, double> sum, Word word, double coefficient, AlgebraLimits limits)
    {
        sum.TryGetValue(word, out double before);
        sum[word] = before + coefficient;
        if (sum.Count > limits.Terms)
        {
            throw new TermLimitException(sum.Count, limits.Terms);
        }
    }
}
