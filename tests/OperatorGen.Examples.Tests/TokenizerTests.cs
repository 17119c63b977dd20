using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Text;
using Xunit;

namespace OperatorGen.Examples.Tests;

/// <summary>Tokens of other libraries as OperatorGen asks for them: GPT-2's, and a tokenizer.json of the same kind that the tests make.</summary>
public sealed class TokenizerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operatorgen-tokenizer-");

    private static readonly Lazy<ITokenText> s_gpt2 = new(Gpt2Tokens.Create);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Any_text_comes_back_also_where_tokens_end_within_characters(bool gpt2)
    {
        ITokenText tokens = gpt2 ? s_gpt2.Value : TokenizerFile.Read(Write(Sample(out _)));
        var random = new Random(7);
        int split = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            string text = Draw(random);
            int[] ids = tokens.Encode(text);
            Assert.Equal(Encoding.UTF8.GetBytes(text), ids.SelectMany(id => tokens.GetBytes(id).ToArray()));
            var decoder = new TokenDecoder(tokens);
            Assert.Equal(text, string.Concat(ids.Select(id => decoder.Append([id]))) + decoder.Flush());
            split += ids.Count(id => tokens.GetBytes(id) is [>= 0x80 and < 0xC0, ..]);
        }

        Assert.True(split > 100, $"{split} tokens began within a character.");
    }

    [Fact]
    public void The_bytes_of_a_gpt2_token_are_the_text_that_the_library_decodes()
    {
        var library = Microsoft.ML.Tokenizers.TiktokenTokenizer.CreateForModel("gpt2");
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        Assert.Equal(50257, s_gpt2.Value.Vocabulary);
        int whole = 0;
        for (int id = 0; id < 50256; id++)
        {
            byte[] bytes = s_gpt2.Value.GetBytes(id).ToArray();
            Assert.NotEmpty(bytes);
            string decoded = library.Decode([id]);
            if (!decoded.Contains('\uFFFD', StringComparison.Ordinal))
            {
                Assert.Equal(strict.GetBytes(decoded), bytes);
                whole++;
            }
        }

        Assert.True(whole > 49000, $"{whole} tokens are whole characters.");
        Assert.True(s_gpt2.Value.GetBytes(50256).IsEmpty);
    }

    [Fact]
    public void A_tokenizer_file_cuts_texts_as_byte_pair_encoding_does()
    {
        Dictionary<string, object?> file = Sample(out List<(string Left, string Right)> merges);
        TokenizerText tokens = TokenizerFile.Read(Write(file));
        var vocabulary = (Dictionary<string, int>)((Dictionary<string, object?>)file["model"]!)["vocab"]!;
        var random = new Random(3);
        for (int trial = 0; trial < 200; trial++)
        {
            // Letters beyond U+FFFF are cut into words otherwise by .NET; bytes are the same, tokens may not be.
            string text = trial % 2 == 0 ? "the men of the city, they're there then" : string.Concat(Draw(random).Where(letter => !char.IsSurrogate(letter)));
            int[] expected = [.. Regex.Matches(text, TokenizerFile.Words).SelectMany(word => Pairs(word.Value, merges)).Select(piece => vocabulary[piece])];
            Assert.Equal(expected, tokens.Encode(text));
        }
    }

    [Fact]
    public void Tokens_that_are_no_text_have_no_bytes_and_others_that_were_added_stand_for_themselves()
    {
        TokenizerText tokens = TokenizerFile.Read(Write(Sample(out _)));
        int[] ids = tokens.Encode("a<|endoftext|>b   c");
        int end = tokens.Vocabulary - 2;
        Assert.Contains(end, ids);
        Assert.True(tokens.GetBytes(end).IsEmpty);
        Assert.Equal("   "u8.ToArray(), tokens.GetBytes(end + 1).ToArray());
        Assert.Equal("ab   c", Encoding.UTF8.GetString([.. ids.SelectMany(id => tokens.GetBytes(id).ToArray())]));
        Assert.Throws<ArgumentOutOfRangeException>("token", () => tokens.GetBytes(tokens.Vocabulary));
        Assert.Throws<ArgumentOutOfRangeException>("token", () => tokens.GetBytes(-1));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused_with_its_place()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>("text", () => s_gpt2.Value.Encode("ab\uD83D c"));
        Assert.StartsWith("The text has half of a surrogate pair at position 2", fault.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { """{ "model": { "type": "Unigram" } }""", "type Unigram, which is not read here: BPE is expected." },
        { """{ "normalizer": { "type": "Lowercase" }, "model": { "type": "BPE", "vocab": {}, "merges": [] } }""", "The normalizer is Lowercase" },
        { """{ "model": { "type": "BPE", "unk_token": "?", "vocab": {}, "merges": [] } }""", "The model has unk_token ?" },
        { """{ "pre_tokenizer": { "type": "Metaspace" }, "model": { "type": "BPE", "vocab": { "a": 0 }, "merges": [] } }""", "type Metaspace, which is not read here: ByteLevel is expected." },
        { """{ "pre_tokenizer": { "type": "ByteLevel", "add_prefix_space": true }, "model": { "type": "BPE", "vocab": { "a": 0 }, "merges": [] } }""", "ByteLevel has add_prefix_space True" },
        { """{ "model": { "type": "BPE", "vocab": { "a b": 0 }, "merges": [] } }""", "has the character U+0020, which the alphabet of byte-level BPE does not have" },
        { """{ "version": "1.0" }""", "is no tokenizer.json: " },
        { "[", "is no tokenizer.json: " },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Another_kind_of_file_is_refused_by_what_it_has(string text, string message)
    {
        string path = Path.Combine(_folder.FullName, "other.json");
        File.WriteAllText(path, text);
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => TokenizerFile.Read(path));
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A file as Hugging Face has it, whose pairs are the most frequent ones of a few words, one after another; merges in both of their forms.</summary>
    private static Dictionary<string, object?> Sample(out List<(string Left, string Right)> merges)
    {
        merges = [];
        for (int n = 0; n < 25; n++)
        {
            List<(string, string)> known = merges;
            merges.Add(Regex.Matches("the men of the city they there then mere é grüße", TokenizerFile.Words)
                .SelectMany(word => Pairs(word.Value, known) is var pieces ? pieces.Zip(pieces.Skip(1)) : [])
                .GroupBy(pair => pair).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.First + group.Key.Second, StringComparer.Ordinal).First().Key);
        }

        string[] vocabulary = [.. ByteAlphabet.OfBytes.Select(letter => letter.ToString()), .. merges.Select(pair => pair.Left + pair.Right)];
        Dictionary<string, object?> Added(int id, string content, bool special) => new() { ["id"] = id, ["content"] = content, ["special"] = special };
        return new()
        {
            ["version"] = "1.0",
            ["added_tokens"] = new[] { Added(vocabulary.Length, "<|endoftext|>", true), Added(vocabulary.Length + 1, "   ", false) },
            ["normalizer"] = null,
            ["pre_tokenizer"] = new Dictionary<string, object?> { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true },
            ["model"] = new Dictionary<string, object?>
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["vocab"] = vocabulary.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id),
                ["merges"] = merges.Select((pair, i) => i % 2 == 0 ? (object)$"{pair.Left} {pair.Right}" : new[] { pair.Left, pair.Right }).ToArray(),
            },
        };
    }

    /// <summary>Byte pair encoding as its definition says (Sennrich, Haddow and Birch 2016): of all neighbours, those of the earliest merge become one, until there are none.</summary>
    private static List<string> Pairs(string word, List<(string Left, string Right)> merges)
    {
        List<string> pieces = [.. Encoding.UTF8.GetBytes(word).Select(value => ByteAlphabet.OfBytes[value].ToString())];
        while (pieces.Zip(pieces.Skip(1)).Select(pair => merges.IndexOf(pair)).Where(rank => rank >= 0).DefaultIfEmpty(-1).Min() is >= 0 and var best)
        {
            for (int i = 0; i + 1 < pieces.Count; i++)
            {
                if ((pieces[i], pieces[i + 1]) == merges[best])
                {
                    pieces[i] += pieces[i + 1];
                    pieces.RemoveAt(i + 1);
                }
            }
        }

        return pieces;
    }

    /// <summary>Characters of one to four bytes, blanks, letters and digits.</summary>
    private static string Draw(Random random)
    {
        (int From, int To)[] ranges = [(0x20, 0x7F), (0x61, 0x7A), (9, 14), (0xA0, 0x250), (0x400, 0x500), (0x3040, 0x3100), (0x4E00, 0x9FFF), (0x1F300, 0x1F650), (0x1D400, 0x1D4FF)];
        return string.Concat(Enumerable.Range(0, random.Next(0, 30)).Select(_ => ranges[random.Next(ranges.Length)] is var range ? char.ConvertFromUtf32(random.Next(range.From, range.To)) : ""));
    }

    private string Write(Dictionary<string, object?> file)
    {
        string path = Path.Combine(_folder.FullName, "tokenizer.json");
        File.WriteAllText(path, JsonSerializer.Serialize(file));
        return path;
    }
}
