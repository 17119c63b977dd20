using System;
using System.Text;

namespace OperatorGen;

/// <summary>
/// Text out of tokens that come one after another. A character that is split between tokens is given when it is complete; bytes that are no UTF-8 become
/// U+FFFD, as <see cref="Decoder"/> of .NET decides, wherever the tokens' borders are.
/// </summary>
/// <param name="text">What the tokens are.</param>
public sealed class TokenDecoder(ITokenText text)
{
    private readonly ITokenText _text = text ?? throw new ArgumentNullException(nameof(text));
    private readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetDecoder();
    private char[] _characters = new char[16];

    /// <summary>Takes a token.</summary>
    /// <param name="token">The id.</param>
    /// <returns>The characters that it completes; may be empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside of the vocabulary.</exception>
    public string Append(int token) => Decode(_text.GetBytes(token), flush: false);

    /// <summary>Takes tokens.</summary>
    /// <param name="tokens">Ids, [time].</param>
    /// <returns>The characters that they complete; may be empty.</returns>
    /// <exception cref="ArgumentException">An id is outside of the vocabulary; no token was taken.</exception>
    public string Append(ReadOnlySpan<int> tokens)
    {
        TokenIds.Check(tokens, _text.Vocabulary, nameof(tokens));
        var all = new StringBuilder();
        foreach (int token in tokens)
        {
            all.Append(Append(token));
        }

        return all.ToString();
    }

    /// <summary>Ends the text. The decoder is then as a new one.</summary>
    /// <returns>U+FFFD where the last character was not complete; otherwise nothing.</returns>
    public string Flush() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        int most = Encoding.UTF8.GetMaxCharCount(bytes.Length);
        if (most > _characters.Length)
        {
            _characters = new char[most];
        }

        return new string(_characters, 0, _decoder.GetChars(bytes, _characters, flush));
    }
}
