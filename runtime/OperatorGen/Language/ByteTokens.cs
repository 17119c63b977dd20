using System;
using System.Linq;
using System.Text;

namespace OperatorGen;

/// <summary>One token for every byte of UTF-8: 256 tokens, and token n is the byte n.</summary>
public sealed class ByteTokens : ITokenText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 256).Select(n => (byte)n)];

    private ByteTokens()
    {
    }

    /// <summary>The only one; it has no state.</summary>
    public static ByteTokens Instance { get; } = new();

    /// <inheritdoc/>
    public int Vocabulary => s_bytes.Length;

    /// <summary>The bytes of a text in UTF-8, without a byte order mark.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair, which UTF-8 cannot say.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Array.ConvertAll(s_strict.GetBytes(text), value => (int)value);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> GetBytes(int token)
    {
        TokenIds.Check(token, Vocabulary, nameof(token));
        return s_bytes.AsSpan(token, 1);
    }
}
