using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace OperatorGen;

/// <summary>One token for every character of an alphabet: token n is its n-th character. A character is a Unicode scalar value.</summary>
public sealed class CharacterTokens : ITokenText
{
    private readonly Dictionary<int, int> _ids = [];
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    /// <summary>Makes the tokens of an alphabet.</summary>
    /// <param name="alphabet">The characters, each once, in the order of their ids.</param>
    /// <exception cref="ArgumentException">The alphabet is empty, has a character twice, or has half of a surrogate pair.</exception>
    public CharacterTokens(string alphabet)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        if (alphabet.Length == 0)
        {
            throw new ArgumentException("The alphabet is empty; it has at least one character.", nameof(alphabet));
        }

        var ends = new List<int>();
        var bytes = new List<byte>();
        Span<byte> utf8 = stackalloc byte[4];
        for (int i = 0; i < alphabet.Length;)
        {
            Rune character = At(alphabet, i, nameof(alphabet));
            if (!_ids.TryAdd(character.Value, ends.Count))
            {
                throw new ArgumentException($"The alphabet has {Name(character)} twice, the second time at position {Number(i)}.", nameof(alphabet));
            }

            bytes.AddRange(utf8[..character.EncodeToUtf8(utf8)]);
            ends.Add(bytes.Count);
            i += character.Utf16SequenceLength;
        }

        Alphabet = alphabet;
        _bytes = [.. bytes];
        _ends = [.. ends];
    }

    /// <summary>The characters in the order of their ids.</summary>
    public string Alphabet { get; }

    /// <inheritdoc/>
    public int Vocabulary => _ends.Length;

    /// <summary>The ids of a text's characters.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character is not in the alphabet, or is half of a surrogate pair; the message says which and where.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length);
        for (int i = 0; i < text.Length;)
        {
            Rune character = At(text, i, nameof(text));
            if (!_ids.TryGetValue(character.Value, out int id))
            {
                throw new ArgumentException($"The text has {Name(character)} at position {Number(i)}, which is not in the alphabet of {Number(Vocabulary)} characters.", nameof(text));
            }

            ids.Add(id);
            i += character.Utf16SequenceLength;
        }

        return [.. ids];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> GetBytes(int token)
    {
        TokenIds.Check(token, Vocabulary, nameof(token));
        return _bytes.AsSpan()[(token == 0 ? 0 : _ends[token - 1]).._ends[token]];
    }

    private static Rune At(string text, int position, string parameter) => Rune.TryGetRuneAt(text, position, out Rune character)
        ? character
        : throw new ArgumentException($"There is half of a surrogate pair, U+{((int)text[position]).ToString("X4", CultureInfo.InvariantCulture)}, at position {Number(position)}.", parameter);

    private static string Name(Rune character) => $"U+{character.Value.ToString("X4", CultureInfo.InvariantCulture)} \"{character}\"";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
