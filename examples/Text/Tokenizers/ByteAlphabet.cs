using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Text;

/// <summary>
/// The alphabet in which a byte-level BPE writes bytes, so that its vocabulary is text without blanks and control characters: the printable characters of Latin-1 stand for themselves, the other 68
/// bytes, in order, for U+0100, U+0101, ... (GPT-2, Radford et al. 2019).
/// </summary>
internal static class ByteAlphabet
{
    private static readonly Dictionary<char, byte> s_bytes = Letters();

    /// <summary>The letter of each byte.</summary>
    public static IReadOnlyList<char> OfBytes { get; } = [.. s_bytes.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    /// <summary>The bytes that a token of the vocabulary stands for.</summary>
    /// <exception cref="InvalidDataException">A character is not of the alphabet.</exception>
    public static byte[] Bytes(string token) => [.. token.Select(letter => s_bytes.TryGetValue(letter, out byte value)
        ? value
        : throw new InvalidDataException(FormattableString.Invariant($"The token '{token}' has the character U+{(int)letter:X4}, which the alphabet of byte-level BPE does not have: this is another kind of tokenizer.")))];

    private static Dictionary<char, byte> Letters()
    {
        Dictionary<char, byte> letters = [];
        int next = 0x100;
        for (int value = 0; value < 256; value++)
        {
            bool printable = value is (>= 0x21 and <= 0x7E) or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            letters[printable ? (char)value : (char)next++] = (byte)value;
        }

        return letters;
    }
}
