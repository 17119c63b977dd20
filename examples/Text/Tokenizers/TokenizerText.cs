using System;
using Microsoft.ML.Tokenizers;
using OperatorGen;

namespace Text;

/// <summary>
/// The tokens of a tokenizer of Microsoft.ML.Tokenizers as OperatorGen asks for them: that library cuts a text, and the bytes of each token, which it does not tell, are given beside it.
/// </summary>
internal sealed class TokenizerText : ITokenText
{
    private readonly Tokenizer _tokenizer;
    private readonly byte[][] _bytes;

    /// <param name="tokenizer">Cuts texts.</param>
    /// <param name="bytes">The bytes of each token, in the order of the ids; none for one that is no text.</param>
    public TokenizerText(Tokenizer tokenizer, byte[][] bytes) => (_tokenizer, _bytes) = (tokenizer, bytes);

    /// <inheritdoc/>
    public int Vocabulary => _bytes.Length;

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"The text has half of a surrogate pair at position {i}, which UTF-8 cannot say."), nameof(text));
            }
        }

        return [.. _tokenizer.EncodeToIds(text)];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> GetBytes(int token) => token >= 0 && token < _bytes.Length
        ? _bytes[token]
        : throw new ArgumentOutOfRangeException(nameof(token), FormattableString.Invariant($"The id {token} is outside of the vocabulary, 0 to {_bytes.Length - 1}."));
}
