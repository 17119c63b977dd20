using System;

namespace OperatorGen.Analysis;

/// <summary>
/// The words of d letters from level 1 to level p, numbered by level, then lexicographically: 1, 2, 11, 12, 21, 22, 111, ... for d = 2. The empty word, which is
/// level 0, has no number.
/// </summary>
public sealed class WordOrder : IEquatable<WordOrder>
{
    /// <summary>The most words that an order may have, 2^24: their coefficients take 128 MiB.</summary>
    public const int GreatestCount = 1 << 24;

    // [level], the number of the level's first word; [p + 1] is the number of all.
    private readonly int[] _starts;

    /// <summary>Numbers the words.</summary>
    /// <param name="letters">d, at least 1.</param>
    /// <param name="level">p, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is less than 1, or d + d^2 + ... + d^p is more than <see cref="GreatestCount"/>.</exception>
    public WordOrder(int letters, int level)
    {
        Letters = letters >= 1 ? letters : throw new ArgumentOutOfRangeException(nameof(letters), FormattableString.Invariant($"{letters} letters: words need at least 1 letter."));
        Level = level >= 1 ? level : throw new ArgumentOutOfRangeException(nameof(level), FormattableString.Invariant($"Level {level}: the least level is 1; level 0 is not stored."));
        long count = 0, size = 1;
        for (int k = 1; k <= level; k++)
        {
            size *= letters;
            count += size;
            if (count > GreatestCount)
            {
                throw new ArgumentOutOfRangeException(nameof(level), FormattableString.Invariant($"There are {count} words of {letters} letters up to level {k}, and level {level} was asked for; the limit is {GreatestCount} words. Take a lower level or fewer letters."));
            }
        }

        Count = (int)count;
        _starts = new int[level + 2];
        for (int k = 1; k <= level; k++)
        {
            _starts[k + 1] = (_starts[k] * letters) + letters;
        }
    }

    /// <summary>d, the number of letters.</summary>
    public int Letters { get; }

    /// <summary>p, the highest level.</summary>
    public int Level { get; }

    /// <summary>d + d^2 + ... + d^p, the number of words.</summary>
    public int Count { get; }

    /// <summary>The word of a number from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no word of that number.</exception>
    public Word this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index), FormattableString.Invariant($"Word {index} of {Count}: words are numbered from 0."));
            }

            int level = 1;
            while (index >= _starts[level + 1])
            {
                level++;
            }

            var letters = new int[level];
            int rest = index - _starts[level];
            for (int i = level - 1; i >= 0; i--)
            {
                letters[i] = rest % Letters;
                rest /= Letters;
            }

            return Word.Of(letters);
        }
    }

    /// <summary>d^k, the number of words of a level.</summary>
    /// <param name="level">k, 1 to p.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public int SizeOf(int level) => _starts[Checked(level) + 1] - _starts[level];

    /// <summary>The number of the first word of a level.</summary>
    /// <param name="level">k, 1 to p.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public int StartOf(int level) => _starts[Checked(level)];

    /// <summary>The number of a word.</summary>
    /// <exception cref="ArgumentException">The word is empty, longer than p, or has a letter that is not below d.</exception>
    public int IndexOf(Word word)
    {
        if (word.Length == 0 || word.Length > Level)
        {
            throw new ArgumentException(FormattableString.Invariant($"The word {word} has level {word.Length}; the order has the levels 1 to {Level}."), nameof(word));
        }

        int index = 0;
        foreach (int letter in word.Letters)
        {
            if (letter >= Letters)
            {
                throw new ArgumentException(FormattableString.Invariant($"The word {word} has a letter above {Letters}, the last one of the order."), nameof(word));
            }

            index = (index * Letters) + letter;
        }

        return _starts[word.Length] + index;
    }

    /// <inheritdoc/>
    public bool Equals(WordOrder? other) => other is not null && (Letters, Level) == (other.Letters, other.Level);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WordOrder);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Letters * 31) + Level);

    private int Checked(int level) => level >= 1 && level <= Level
        ? level
        : throw new ArgumentOutOfRangeException(nameof(level), FormattableString.Invariant($"Level {level}: the order has the levels 1 to {Level}."));
}
