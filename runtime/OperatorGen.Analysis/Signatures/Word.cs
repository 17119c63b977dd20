using System;
using System.Globalization;
using System.Text;

namespace OperatorGen.Analysis;

/// <summary>
/// A word of letters 0, 1, ..., of which the first is the earliest in time. Words are ordered by level, which is their length, then lexicographically. The
/// default value is the empty word.
/// </summary>
public readonly struct Word : IEquatable<Word>, IComparable<Word>
{
    private readonly int[]? _letters;

    private Word(int[] letters) => _letters = letters;

    /// <summary>The word without letters, of level 0.</summary>
    public static Word Empty => default;

    /// <summary>The number of letters, which is the word's level.</summary>
    public int Length => _letters?.Length ?? 0;

    /// <summary>The letters from 0, the earliest first.</summary>
    public ReadOnlySpan<int> Letters => _letters;

    /// <summary>The letter at a position from 0.</summary>
    public int this[int position] => Letters[position];

    /// <summary>The word of these letters, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A letter is negative.</exception>
    public static Word Of(params int[] letters) => Of((ReadOnlySpan<int>)letters);

    /// <summary>The word of these letters, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A letter is negative.</exception>
    public static Word Of(ReadOnlySpan<int> letters)
    {
        for (int i = 0; i < letters.Length; i++)
        {
            if (letters[i] < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(letters), FormattableString.Invariant($"Letter {letters[i]} at position {i}: letters are counted from 0, and only texts count them from 1."));
            }
        }

        return new(letters.ToArray());
    }

    /// <summary>The letters of this word, then those of another.</summary>
    public Word Concat(Word other)
    {
        var letters = new int[Length + other.Length];
        Letters.CopyTo(letters);
        other.Letters.CopyTo(letters.AsSpan(Length));
        return new(letters);
    }

    /// <summary>The letters from a position on.</summary>
    /// <param name="start">The first position, 0 to the length.</param>
    /// <param name="length">The number of letters.</param>
    /// <exception cref="ArgumentOutOfRangeException">The word has no such part.</exception>
    public Word Slice(int start, int length) => new(Letters.Slice(start, length).ToArray());

    /// <summary>The letters read backwards.</summary>
    public Word Reversed()
    {
        int[] letters = Letters.ToArray();
        Array.Reverse(letters);
        return new(letters);
    }

    /// <inheritdoc/>
    public bool Equals(Word other) => Letters.SequenceEqual(other.Letters);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Word other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = Length;
        foreach (int letter in Letters)
        {
            hash = unchecked((hash * 31) + letter);
        }

        return hash;
    }

    /// <summary>Level, then lexicographic order.</summary>
    public int CompareTo(Word other) => Length != other.Length ? Length.CompareTo(other.Length) : Letters.SequenceCompareTo(other.Letters);

    /// <summary>The letters counted from 1, as in S^12; a number of several digits is in parentheses, as in <c>1(12)</c>, and the empty word is <c>()</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (int letter in Letters)
        {
            string number = (letter + 1L).ToString(CultureInfo.InvariantCulture);
            text.Append(number.Length == 1 ? number : $"({number})");
        }

        return Length == 0 ? "()" : text.ToString();
    }

    /// <summary>Equality of all letters.</summary>
    public static bool operator ==(Word left, Word right) => left.Equals(right);

    /// <summary>The negation of equality.</summary>
    public static bool operator !=(Word left, Word right) => !left.Equals(right);

    /// <summary>Level, then lexicographic order.</summary>
    public static bool operator <(Word left, Word right) => left.CompareTo(right) < 0;

    /// <summary>Level, then lexicographic order.</summary>
    public static bool operator >(Word left, Word right) => left.CompareTo(right) > 0;

    /// <summary>Level, then lexicographic order.</summary>
    public static bool operator <=(Word left, Word right) => left.CompareTo(right) <= 0;

    /// <summary>Level, then lexicographic order.</summary>
    public static bool operator >=(Word left, Word right) => left.CompareTo(right) >= 0;
}
