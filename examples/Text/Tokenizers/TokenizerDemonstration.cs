using System;
using System.Linq;
using System.Text;
using OperatorGen;

namespace Text;

/// <summary>How a text is cut into tokens, and put together again.</summary>
internal static class TokenizerDemonstration
{
    private const string Known = "gpt2";

    /// <param name="page">Where it is shown.</param>
    /// <param name="name">gpt2, or a file.</param>
    /// <param name="text">The text.</param>
    public static void Show(Page page, string name, string text)
    {
        TokenizerText tokens = name == Known ? Gpt2Tokens.Create() : TokenizerFile.Read(name);
        int[] ids = Encoded(tokens, text);
        page.Line($"{name}: {tokens.Vocabulary:N0} tokens; this text of {Encoding.UTF8.GetByteCount(text):N0} bytes has {ids.Length:N0}");
        foreach (int id in ids)
        {
            byte[] bytes = tokens.GetBytes(id).ToArray();
            page.Line($"  {id,6}  {string.Concat(bytes.Select(value => Characters.Visible(value) + (value is > 32 and < 127 ? "" : " "))).TrimEnd()}");
        }

        var decoder = new TokenDecoder(tokens);
        string again = decoder.Append(ids) + decoder.Flush();
        page.Line($"and back: {again}");
        page.Line($"{(again == text ? "the same text" : "another text: the tokenizer normalises it, or it has a token that stands for no text")}");
    }

    private static int[] Encoded(TokenizerText tokens, string text)
    {
        try
        {
            return tokens.Encode(text);
        }
        catch (ArgumentException fault)
        {
            throw new UnusableException(fault.Message);
        }
    }
}
