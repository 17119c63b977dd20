using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace OperatorGen.Generator.Tests;

/// <summary>A damage that leaves a well-formed file: one to three weights become numbers at the edge of what a float or a double can hold.</summary>
internal static partial class WeightMutation
{
    private static readonly string[] s_edges =
        ["0", "-0", "1", "-1", "1e308", "-1.7976931348623157e308", "5e-324", "1e-40", "3.4028236e38", "-3.5e38", "1e20", "-1e20", "700", "-800", "16777217", "0.1", "\"1/3\"", "\"1e-400\""];

    /// <summary>The damaged text.</summary>
    public static string Apply(string text, Random random)
    {
        for (int i = 0, count = random.Next(1, 4); i < count; i++)
        {
            Match array = Pick(Values().Matches(text), random);
            string[] numbers = array.Groups[1].Value.Split(", ");
            numbers[random.Next(numbers.Length)] = s_edges[random.Next(s_edges.Length)];
            text = text[..array.Groups[1].Index] + string.Join(", ", numbers) + text[(array.Groups[1].Index + array.Groups[1].Length)..];
        }

        return text;
    }

    private static Match Pick(MatchCollection matches, Random random) => matches.ElementAt(random.Next(matches.Count));

    [GeneratedRegex("\"values\": \\[([^\\]]*)\\]")]
    private static partial Regex Values();
}
