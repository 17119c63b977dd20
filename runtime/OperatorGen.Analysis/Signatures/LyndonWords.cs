using System;
using System.Collections.Generic;

namespace OperatorGen.Analysis;

/// <summary>
/// Lyndon words: those that come before all their own proper suffixes in a dictionary, such as 1, 2, 12, 112, 122. Their brackets are a basis of the free Lie algebra, in which the
/// logarithm of a signature lies (Chen, Fox and Lyndon 1958; Reutenauer, Free Lie Algebras, 1993).
/// </summary>
public static class LyndonWords
{
    /// <summary>The Lyndon words of an order, by level, then lexicographically, by Duval's algorithm.</summary>
    public static IReadOnlyList<Word> Of(WordOrder order)
    {
        var levels = new List<Word>[(order ?? throw new ArgumentNullException(nameof(order))).Level];
        for (int k = 0; k < levels.Length; k++)
        {
            levels[k] = [];
        }

        var letters = new int[order.Level];
        int length = 1;
        while (length > 0)
        {
            levels[length - 1].Add(Word.Of(letters.AsSpan(0, length)));

            // The next one: the word repeated up to level p, without the last letters at its end, and then one letter more at the end.
            for (int i = length; i < letters.Length; i++)
            {
                letters[i] = letters[i - length];
            }

            length = letters.Length;
            while (length > 0 && letters[length - 1] == order.Letters - 1)
            {
                length--;
            }

            if (length > 0)
            {
                letters[length - 1]++;
            }
        }

        var words = new List<Word>();
        foreach (List<Word> level in levels)
        {
            words.AddRange(level);
        }

        return words.ToArray();
    }

    /// <summary>
    /// Witt's formula, (1 / k) sum over the divisors m of k of mu(m) d^(k/m): the number of Lyndon words of level k, which is the dimension of level k of the free Lie algebra.
    /// </summary>
    /// <param name="letters">d, at least 1.</param>
    /// <param name="level">k, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is less than 1.</exception>
    /// <exception cref="OverflowException">d^k passes 2^63 - 1.</exception>
    public static long Count(int letters, int level)
    {
        if (letters < 1 || level < 1)
        {
            throw new ArgumentOutOfRangeException(letters < 1 ? nameof(letters) : nameof(level), FormattableString.Invariant($"{letters} letters and level {level}: both are at least 1."));
        }

        if (letters == 1)
        {
            return level == 1 ? 1 : 0;
        }

        long sum = 0;
        for (int divisor = 1; divisor <= level; divisor++)
        {
            if (level % divisor == 0)
            {
                sum = checked(sum + (Moebius(divisor) * Power(letters, level / divisor)));
            }
        }

        return sum / level;
    }

    /// <summary>Whether a word comes before all its proper suffixes; the empty word is no Lyndon word.</summary>
    public static bool IsLyndon(Word word)
    {
        for (int start = 1; start < word.Length; start++)
        {
            if (word.Letters.SequenceCompareTo(word.Letters.Slice(start)) >= 0)
            {
                return false;
            }
        }

        return word.Length > 0;
    }

    /// <summary>The standard factorisation of a Lyndon word into two: the right one is its longest proper suffix that is a Lyndon word.</summary>
    /// <exception cref="ArgumentException">The word is no Lyndon word of two letters or more.</exception>
    public static (Word Left, Word Right) StandardFactorisation(Word word)
    {
        if (word.Length < 2 || !IsLyndon(word))
        {
            throw new ArgumentException($"The word {word} is no Lyndon word of two letters or more, and only these are factorised.", nameof(word));
        }

        int start = 1;
        while (!IsLyndon(word.Slice(start, word.Length - start)))
        {
            start++;
        }

        return (word.Slice(0, start), word.Slice(start, word.Length - start));
    }

    /// <summary>The standard bracketing of a Lyndon word, [left, right] of its factorisation, letters counted from 1: <c>[1,[1,2]]</c> of 112.</summary>
    /// <exception cref="ArgumentException">The word is no Lyndon word.</exception>
    public static string Bracketing(Word word)
    {
        if (word.Length == 1)
        {
            return word.ToString();
        }

        (Word left, Word right) = StandardFactorisation(word);
        return $"[{Bracketing(left)},{Bracketing(right)}]";
    }

    private static int Moebius(int number)
    {
        int sign = 1;
        for (int prime = 2; number > 1; prime++)
        {
            if (number % prime == 0)
            {
                number /= prime;
                sign = number % prime == 0 ? 0 : -sign;
            }

            if (sign == 0)
            {
                return 0;
            }
        }

        return sign;
    }

    private static long Power(long number, int exponent)
    {
        long power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power = checked(power * number);
        }

        return power;
    }
}
