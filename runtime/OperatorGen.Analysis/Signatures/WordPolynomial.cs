using System;
using System.Collections.Generic;
using System.Text;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A finite linear combination of words, by level, then lexicographically, without coefficients of 0. It does not change. The empty word stands for 1.</summary>
public sealed class WordPolynomial
{
    private readonly KeyValuePair<Word, double>[] _terms;

    private WordPolynomial(SortedDictionary<Word, double> terms)
    {
        var kept = new List<KeyValuePair<Word, double>>(terms.Count);
        foreach (KeyValuePair<Word, double> term in terms)
        {
            if (term.Value != 0)
            {
                kept.Add(term);
            }
        }

        _terms = [.. kept];
    }

    /// <summary>The terms in the order of their words.</summary>
    public IReadOnlyList<KeyValuePair<Word, double>> Terms => _terms;

    /// <summary>A word with a coefficient.</summary>
    public static WordPolynomial Of(Word word, double coefficient = 1) => FromTerms([new(word, coefficient)]);

    /// <summary>The sum of terms in any order; coefficients of equal words are added in the order in which they come.</summary>
    public static WordPolynomial FromTerms(IEnumerable<KeyValuePair<Word, double>> terms)
    {
        var sums = new SortedDictionary<Word, double>();
        foreach (KeyValuePair<Word, double> term in terms ?? throw new ArgumentNullException(nameof(terms)))
        {
            sums.TryGetValue(term.Key, out double sum);
            sums[term.Key] = sum + term.Value;
        }

        return new(sums);
    }

    /// <summary>The coefficient of a word, 0 where it does not occur.</summary>
    public double Coefficient(Word word)
    {
        int low = 0, high = _terms.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _terms[middle].Key < word ? (middle + 1, high) : (low, middle);
        }

        return low < _terms.Length && _terms[low].Key == word ? _terms[low].Value : 0;
    }

    /// <summary>sum over w of c_w S^w: what this linear combination is of a series, summed in the order of the words.</summary>
    /// <exception cref="ArgumentException">A word is longer than the series's level or has a letter that it has not.</exception>
    public double ValueOf(TensorSeries series)
    {
        double sum = 0;
        foreach (KeyValuePair<Word, double> term in _terms)
        {
            sum += term.Value * series[term.Key];
        }

        return sum;
    }

    /// <summary>The terms as <c>2 S^112 - S^21</c>, letters counted from 1; <c>0</c> without terms.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (KeyValuePair<Word, double> term in _terms)
        {
            bool negative = term.Value < 0;
            text.Append(text.Length == 0 ? (negative ? "-" : "") : negative ? " - " : " + ");
            double size = negative ? -term.Value : term.Value;
            text.Append(size == 1 ? "" : NumberText.Format(size) + " ").Append("S^").Append(term.Key.ToString());
        }

        return text.Length == 0 ? "0" : text.ToString();
    }
}
