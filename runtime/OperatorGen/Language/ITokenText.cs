using System;

namespace OperatorGen;

/// <summary>
/// What tokens are as text. A token is some bytes, and the bytes of a sequence of tokens one after another are its text in UTF-8; a character may be split
/// between tokens (<see cref="TokenDecoder"/> joins it again).
/// </summary>
/// <remarks>
/// A seam: the library has <see cref="ByteTokens"/> and <see cref="CharacterTokens"/>, and a program brings the tokens of its model. An implementation is used by
/// any number of threads at a time.
/// </remarks>
public interface ITokenText
{
    /// <summary>How many tokens there are: their ids are 0 to Vocabulary - 1.</summary>
    int Vocabulary { get; }

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Ids, [time]; none where the text is empty.</returns>
    /// <exception cref="ArgumentException">The text has a character that no token has.</exception>
    int[] Encode(string text);

    /// <summary>The bytes of a token; none where it stands for no text, as a mark of the end of a text does.</summary>
    /// <param name="token">The id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside of the vocabulary.</exception>
    ReadOnlySpan<byte> GetBytes(int token);
}
