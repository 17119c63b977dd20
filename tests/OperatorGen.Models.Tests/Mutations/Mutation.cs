using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace OperatorGen.Models.Tests;

/// <summary>Random damage to a JSON text, of the kinds that hands, editors and broken disks do.</summary>
public static partial class Mutation
{
    private static readonly Func<string, Random, string>[] Keeping = [ChangeNumber, ChangeName, SwapValues, ReplaceValue, DropLine, ChangeLetterInString, DuplicateLine];

    private static readonly Func<string, Random, string>[] Breaking = [FlipCharacter, SwapTokens, Truncate, DropToken, InsertToken];

    private static readonly string[] Numbers = ["0", "-1", "1.5", "1e999", "-1e-999", "2147483647", "2147483648", "1e18", "4", "0.1", "-0", "65536", "123456789012345678901234567890"];

    private static readonly string[] Values =
        ["null", "true", "[]", "{}", "\"\"", "\"alpha\"", "\"1/0\"", "\"1/3\"", "\"NaN\"", "[[[1]]]", "{ \"a\": { \"a\": 1 } }", "\"\\uD800\"", "\"AAAA\"", "[1, 2]", "\"zoh\"", "\"operatorgen/2\""];

    private static readonly string[] Names =
        ["D", "shape", "values", "data", "dtype", "hyper", "tensors", "kernel.C", "options", "labels", "n_layers", "d_model", "dt_rank", "gamma", "x"];

    private static readonly string[] Pieces = [",", "]", "}", "[", "{", ":", "\"", "//", "/*", "NaN", "'", "\0", "\\", "tru"];

    /// <summary>One to three damages; the first, with <paramref name="keeps"/>, of a kind that mostly leaves JSON, else of one that mostly does not.</summary>
    public static string Apply(string text, Random random, bool keeps)
    {
        for (int i = 0, count = 1 + (random.Next(3) == 0 ? random.Next(3) : 0); i < count; i++)
        {
            Func<string, Random, string>[] kinds = keeps || i > 0 ? Keeping : Breaking;
            text = kinds[random.Next(kinds.Length)](text, random);
        }

        return text;
    }

    private static string ChangeNumber(string text, Random random) => ReplaceOne(text, NumberToken(), random, () => Numbers[random.Next(Numbers.Length)]);

    private static string ChangeName(string text, Random random) => ReplaceOne(text, KeyToken(), random, () => "\"" + Names[random.Next(Names.Length)] + "\":");

    private static string ReplaceValue(string text, Random random) => ReplaceOne(text, ValueToken(), random, () => Values[random.Next(Values.Length)]);

    private static string DropToken(string text, Random random) => ReplaceOne(text, Token(), random, () => "");

    private static string ChangeLetterInString(string text, Random random) => ReplaceAt(text, LetterOrDigit().Matches(text), random, () => "ABCabc019+/"[random.Next(11)].ToString());

    private static string FlipCharacter(string text, Random random)
    {
        if (text.Length == 0)
        {
            return text;
        }

        char[] characters = text.ToCharArray();
        int index = random.Next(characters.Length);
        characters[index] = (char)(characters[index] ^ (1 << random.Next(16)));
        return new string(characters);
    }

    private static string Truncate(string text, Random random) => text[..random.Next(text.Length + 1)];

    private static string InsertToken(string text, Random random) => text.Insert(random.Next(text.Length + 1), Pieces[random.Next(Pieces.Length)]);

    private static string SwapValues(string text, Random random) => Swap(text, ValueToken().Matches(text), random);

    private static string SwapTokens(string text, Random random) => Swap(text, Token().Matches(text), random);

    private static string DropLine(string text, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        lines.RemoveAt(random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    private static string DuplicateLine(string text, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        int[] members = [.. Enumerable.Range(0, lines.Count).Where(i => lines[i].EndsWith(',') && lines[i].StartsWith("  ", StringComparison.Ordinal))];
        if (members.Length > 0)
        {
            int index = members[random.Next(members.Length)];
            lines.Insert(index, lines[index]);
        }

        return string.Join('\n', lines);
    }

    private static string ReplaceOne(string text, Regex pattern, Random random, Func<string> replacement) => ReplaceAt(text, pattern.Matches(text), random, replacement);

    private static string ReplaceAt(string text, MatchCollection matches, Random random, Func<string> replacement)
    {
        if (matches.Count == 0)
        {
            return text;
        }

        Match match = matches[random.Next(matches.Count)];
        return text[..match.Index] + replacement() + text[(match.Index + match.Length)..];
    }

    private static string Swap(string text, MatchCollection matches, Random random)
    {
        if (matches.Count < 2)
        {
            return text;
        }

        int first = random.Next(matches.Count - 1);
        int second = random.Next(first + 1, matches.Count);
        Match a = matches[first];
        Match b = matches[second];
        return text[..a.Index] + b.Value + text[(a.Index + a.Length)..b.Index] + a.Value + text[(b.Index + b.Length)..];
    }

    [GeneratedRegex("(?<=[\\[ ])-?[0-9][0-9.eE+-]*(?=[,\\] ])")]
    private static partial Regex NumberToken();

    [GeneratedRegex("\"[^\"\\n]*\":")]
    private static partial Regex KeyToken();

    [GeneratedRegex("(?<=[:,\\[] ?)(\"[^\"\\n]*\"(?!:)|-?[0-9][0-9.eE+-]*|true|false|null|\\[[^\\[\\]\\n]*\\])")]
    private static partial Regex ValueToken();

    [GeneratedRegex("\"[^\"\\n]*\"|[A-Za-z0-9.+-]+|[\\[\\]{}:,]")]
    private static partial Regex Token();

    [GeneratedRegex("(?<=\"[^\"\\n]*)[A-Za-z0-9](?=[^\"\\n]*\")")]
    private static partial Regex LetterOrDigit();
}
