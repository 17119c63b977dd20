using System;
using System.Collections.Generic;

namespace OperatorGen.Analysis;

/// <summary>
/// The Lyndon basis of the free Lie algebra with standard bracketing: P_a = a of a letter, P_w = [P_u, P_v] of the standard factorisation w = u v. P_w is w plus words of its level that come
/// later in a dictionary, so that coordinates are found by substitution (Reutenauer, Free Lie Algebras, 1993, chapter 5).
/// </summary>
public sealed class LyndonBasis
{
    private readonly Word[] _words;
    private readonly LyndonBracket[] _brackets;

    /// <summary>Expands the brackets of all Lyndon words of an order.</summary>
    /// <param name="order">The words.</param>
    /// <exception cref="ArgumentException">The brackets, of up to 2^(k-1) words each at level k, could have more terms than <see cref="WordOrder.GreatestCount"/>.</exception>
    public LyndonBasis(WordOrder order)
    {
        Order = order ?? throw new ArgumentNullException(nameof(order));
        CheckSize(order);
        _words = [.. LyndonWords.Of(order)];
        _brackets = new LyndonBracket[_words.Length];
        var known = new Dictionary<Word, LyndonBracket>();
        for (int i = 0; i < _words.Length; i++)
        {
            _brackets[i] = known[_words[i]] = Bracket(_words[i], known);
        }
    }

    /// <summary>The words of the tensors.</summary>
    public WordOrder Order { get; }

    /// <summary>The Lyndon words, by level, then lexicographically: one coordinate each.</summary>
    public IReadOnlyList<Word> Words => _words;

    /// <summary>
    /// The coordinates of a Lie element, [Lyndon word], such as <see cref="TensorSeries.Log"/> of the signature of a path. Only the coefficients of Lyndon words are read: of a series that is no Lie
    /// element, such as the logarithm of iterated sums, they do not tell the rest.
    /// </summary>
    /// <param name="element">A series in the basis's words.</param>
    /// <exception cref="ArgumentException">It has other words.</exception>
    public double[] Coordinates(TensorSeries element)
    {
        if (!(element ?? throw new ArgumentNullException(nameof(element))).Order.Equals(Order))
        {
            throw new ArgumentException(FormattableString.Invariant($"A series in {element.Order.Letters} letters up to level {element.Order.Level}; the basis is of {Order.Letters} letters up to level {Order.Level}."), nameof(element));
        }

        double[] rest = element.Values.ToArray();
        var coordinates = new double[_words.Length];
        for (int i = 0; i < coordinates.Length; i++)
        {
            Span<double> level = LevelOf(i, rest);
            coordinates[i] = level[_brackets[i].Words[0]];
            _brackets[i].AddTo(level, -coordinates[i]);
        }

        return coordinates;
    }

    /// <summary>sum over the Lyndon words of c_w P_w, as a tensor.</summary>
    /// <param name="coordinates">c, [Lyndon word].</param>
    /// <exception cref="ArgumentException">There is not one coordinate per Lyndon word.</exception>
    public TensorSeries Expand(ReadOnlySpan<double> coordinates)
    {
        if (coordinates.Length != _words.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"{coordinates.Length} coordinates; the basis has {_words.Length} words, and each needs one."), nameof(coordinates));
        }

        var values = new double[Order.Count];
        for (int i = 0; i < coordinates.Length; i++)
        {
            _brackets[i].AddTo(LevelOf(i, values), coordinates[i]);
        }

        return TensorSeries.Take(Order, 0, values);
    }

    private Span<double> LevelOf(int index, double[] values) => values.AsSpan(Order.StartOf(_words[index].Length), _brackets[index].Size);

    private LyndonBracket Bracket(Word word, Dictionary<Word, LyndonBracket> known)
    {
        if (word.Length == 1)
        {
            return LyndonBracket.OfLetter(word[0], Order.Letters);
        }

        (Word left, Word right) = LyndonWords.StandardFactorisation(word);
        return LyndonBracket.Of(known[left], known[right]);
    }

    private static void CheckSize(WordOrder order)
    {
        long terms = 0;
        for (int k = 1; k <= order.Level; k++)
        {
            long words = LyndonWords.Count(order.Letters, k);
            terms += words == 0 ? 0 : words << (k - 1);
            if (terms > WordOrder.GreatestCount)
            {
                throw new ArgumentException(FormattableString.Invariant($"The brackets of Lyndon words of {order.Letters} letters could have {terms} terms up to level {k}, and level {order.Level} was asked for; the limit is {WordOrder.GreatestCount}. Take a lower level or fewer letters."), nameof(order));
            }
        }
    }
}
