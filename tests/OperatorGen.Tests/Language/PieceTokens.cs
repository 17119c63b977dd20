using System;
using System.Collections.Generic;
using System.Text;

namespace OperatorGen.Tests.Language;

/// <summary>Tokens that are given strings; a text is encoded by the longest token that fits, from left to right.</summary>
internal sealed class PieceTokens(params string[] pieces) : ITokenText
{
    private readonly byte[][] _bytes = Array.ConvertAll(pieces, Encoding.UTF8.GetBytes);

    public int Vocabulary => pieces.Length;

    public int[] Encode(string text)
    {
        var ids = new List<int>();
        for (int at = 0; at < text.Length;)
        {
            int best = -1;
            for (int id = 0; id < pieces.Length; id++)
            {
                if (pieces[id].Length > 0 && string.CompareOrdinal(text, at, pieces[id], 0, pieces[id].Length) == 0 && (best < 0 || pieces[id].Length > pieces[best].Length))
                {
                    best = id;
                }
            }

            if (best < 0)
            {
                throw new ArgumentException("No token fits.", nameof(text));
            }

            ids.Add(best);
            at += pieces[best].Length;
        }

        return [.. ids];
    }

    public ReadOnlySpan<byte> GetBytes(int token) => _bytes[token];
}
