using System;
using System.Collections.Generic;

namespace OperatorGen.Analysis;

/// <summary>The bracket of a Lyndon word as a sum of words of its level: [u, v] = u v - v u, up to the letters. Coefficients are integers, not 0; words ascend and are numbered within the level.</summary>
internal sealed class LyndonBracket
{
    private LyndonBracket(int size, int[] words, double[] coefficients) => (Size, Words, Coefficients) = (size, words, coefficients);

    /// <summary>The number of words of the level.</summary>
    public int Size { get; }

    /// <summary>The first is the Lyndon word itself, with the coefficient 1: all others come later in a dictionary.</summary>
    public int[] Words { get; }

    public double[] Coefficients { get; }

    public static LyndonBracket OfLetter(int letter, int letters) => new(letters, [letter], [1]);

    public static LyndonBracket Of(LyndonBracket left, LyndonBracket right)
    {
        var terms = new SortedDictionary<int, double>();
        void Add(int word, double coefficient)
        {
            terms.TryGetValue(word, out double sum);
            terms[word] = sum + coefficient;
        }

        for (int i = 0; i < left.Words.Length; i++)
        {
            for (int j = 0; j < right.Words.Length; j++)
            {
                double coefficient = left.Coefficients[i] * right.Coefficients[j];
                Add((left.Words[i] * right.Size) + right.Words[j], coefficient);
                Add((right.Words[j] * left.Size) + left.Words[i], -coefficient);
            }
        }

        var words = new List<int>(terms.Count);
        var coefficients = new List<double>(terms.Count);
        foreach (KeyValuePair<int, double> term in terms)
        {
            if (term.Value != 0)
            {
                words.Add(term.Key);
                coefficients.Add(term.Value);
            }
        }

        return new(left.Size * right.Size, [.. words], [.. coefficients]);
    }

    /// <summary>Adds c times this to the coefficients of its level.</summary>
    public void AddTo(Span<double> level, double c)
    {
        for (int i = 0; i < Words.Length; i++)
        {
            level[Words[i]] += c * Coefficients[i];
        }
    }
}
