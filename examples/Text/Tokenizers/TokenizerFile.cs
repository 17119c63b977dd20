using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Text;

/// <summary>
/// Reads the file <c>tokenizer.json</c> of Hugging Face's tokenizers, of the kind that GPT-2, GPT-NeoX and Mamba have: BPE over bytes. What would cut texts otherwise than it is read here is refused by its name. What a
/// post-processor adds to a text is not added.
/// </summary>
/// <remarks>.NET matches regular expressions by UTF-16 code units: a letter beyond U+FFFF counts as a mark and not as a letter where a text is cut into words. No character is lost by that.</remarks>
internal static class TokenizerFile
{
    /// <summary>Where GPT-2's text is cut before BPE: what <c>ByteLevel</c> does where no other expression is given.</summary>
    public const string Words = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or one of another kind; the message says what was found.</exception>
    public static TokenizerText Read(string path)
    {
        try
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(path));
            return Of(file.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is no tokenizer.json: {fault.Message}", fault);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }

    private static TokenizerText Of(JsonElement file)
    {
        JsonElement model = file.GetProperty("model");
        Expect(model, "type", "BPE");
        foreach (string part in new[] { "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (model.TryGetProperty(part, out JsonElement given) && given.ValueKind != JsonValueKind.Null && given.ToString().Length > 0)
            {
                throw new InvalidDataException($"The model has {part} {given}, which is not read here: null is expected.");
            }
        }

        if (file.TryGetProperty("normalizer", out JsonElement normalizer) && normalizer.ValueKind != JsonValueKind.Null && Name(normalizer) != "NFC")
        {
            throw new InvalidDataException($"The normalizer is {Name(normalizer)}, which is not read here: none or NFC is expected.");
        }

        Dictionary<string, int> vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
        (string Content, int Id, bool Special)[] added = file.TryGetProperty("added_tokens", out JsonElement tokens)
            ? [.. tokens.EnumerateArray().Select(token => (token.GetProperty("content").GetString()!, token.GetProperty("id").GetInt32(), token.GetProperty("special").GetBoolean()))]
            : [];
        var special = added.ToDictionary(token => token.Content, token => token.Id, StringComparer.Ordinal);
        var bytes = new byte[vocabulary.Values.Concat(special.Values).Max() + 1][];
        Array.Fill(bytes, []);
        foreach ((string token, int id) in vocabulary.Where(entry => !special.ContainsKey(entry.Key)))
        {
            bytes[id] = ByteAlphabet.Bytes(token);
        }

        // A token that is no text, as the end of a text, has no bytes; others that were added stand for themselves.
        foreach ((string content, int id, bool _) in added.Where(token => !token.Special))
        {
            bytes[id] = Encoding.UTF8.GetBytes(content);
        }

        var options = new BpeOptions(vocabulary)
        {
            Merges = [.. model.GetProperty("merges").EnumerateArray().Select(Merge)],
            ByteLevel = true,
            SpecialTokens = special,
            PreTokenizer = new RegexPreTokenizer(new Regex(Expression(file), RegexOptions.Compiled | RegexOptions.CultureInvariant), special),
            Normalizer = normalizer.ValueKind == JsonValueKind.Object ? new Composed() : null,
        };
        return new TokenizerText(BpeTokenizer.Create(options), bytes);
    }

    /// <summary>A pair that is merged: older files have one string, newer ones an array of two.</summary>
    private static string Merge(JsonElement pair) => pair.ValueKind == JsonValueKind.Array ? $"{pair[0].GetString()} {pair[1].GetString()}" : pair.GetString()!;

    /// <summary>The expression that cuts a text into words: that of ByteLevel, or of a Split before it.</summary>
    private static string Expression(JsonElement file)
    {
        JsonElement given = file.GetProperty("pre_tokenizer");
        JsonElement[] steps = Name(given) == "Sequence" ? [.. given.GetProperty("pretokenizers").EnumerateArray()] : [given];
        JsonElement bytes = steps[^1];
        Expect(bytes, "type", "ByteLevel");
        Expect(bytes, "add_prefix_space", "False");
        bool own = !bytes.TryGetProperty("use_regex", out JsonElement used) || used.GetBoolean();
        if (steps.Length == 1 && own)
        {
            return Words;
        }

        if (steps.Length != 2 || own || Name(steps[0]) != "Split")
        {
            throw new InvalidDataException($"The pre-tokenizer is {string.Join(", ", steps.Select(Name))}, which is not read here: ByteLevel, or Split and ByteLevel without use_regex, is expected.");
        }

        Expect(steps[0], "behavior", "Isolated");
        Expect(steps[0], "invert", "False");
        return steps[0].GetProperty("pattern").GetProperty("Regex").GetString()!;
    }

    private static string Name(JsonElement part) => part.ValueKind == JsonValueKind.Object ? part.GetProperty("type").GetString()! : "none";

    private static void Expect(JsonElement part, string name, string expected)
    {
        string found = part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out JsonElement value) ? value.ToString() : "nothing";
        if (found != expected)
        {
            throw new InvalidDataException($"{(part.ValueKind == JsonValueKind.Object && name != "type" ? Name(part) + " has " : "")}{name} {found}, which is not read here: {expected} is expected.");
        }
    }

    /// <summary>Normalisation form C.</summary>
    private sealed class Composed : Normalizer
    {
        public override string Normalize(string original) => original.Normalize(NormalizationForm.FormC);

        public override string Normalize(ReadOnlySpan<char> original) => Normalize(original.ToString());
    }
}
