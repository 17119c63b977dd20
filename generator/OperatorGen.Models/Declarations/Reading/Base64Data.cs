using System;

namespace OperatorGen.Models;

/// <summary>Base64 as RFC 4648 section 4 has it: padded, no white space, no stray bits. Written out so that every host accepts the same texts.</summary>
internal static class Base64Data
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly sbyte[] Values = MakeValues();

    /// <summary>The characters that so many bytes need.</summary>
    public static long EncodedLength(long bytes) => (bytes + 2) / 3 * 4;

    /// <summary>Decodes.</summary>
    /// <param name="text">As many characters as <see cref="EncodedLength"/> says for the destination.</param>
    /// <param name="destination">The bytes.</param>
    /// <returns>-1, or the position of the first character that is not allowed at its place.</returns>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0;
        for (int i = 0; i < text.Length; i += 4)
        {
            int count = Math.Min(3, destination.Length - written);
            int group = 0;
            for (int j = 0; j < 4; j++)
            {
                byte character = text[i + j];
                int value = j <= count ? Values[character] : character == '=' ? 0 : -1;
                if (value < 0)
                {
                    return i + j;
                }

                group = (group << 6) | value;
            }

            if ((group & ((1 << (8 * (3 - count))) - 1)) != 0)
            {
                return i + count;
            }

            for (int j = 0; j < count; j++)
            {
                destination[written++] = (byte)(group >> (16 - (8 * j)));
            }
        }

        return -1;
    }

    private static sbyte[] MakeValues()
    {
        var values = new sbyte[256];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = -1;
        }

        for (int i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (sbyte)i;
        }

        return values;
    }
}
