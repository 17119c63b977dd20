using System;
using System.Linq;
using System.Text;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>Stop strings in random texts, against a text that is read character by character.</summary>
public sealed class StopTextTests
{
    [Fact]
    public void Pieces_of_any_length_give_what_single_characters_give()
    {
        int stopped = 0;
        for (int seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            string[] stops = [.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomText(random, random.Next(1, 6)))];
            string text = RandomText(random, random.Next(14));
            (string expected, bool ends) = Plain(text, stops);
            var stop = new StopText(stops);
            var given = new StringBuilder();
            for (int at = 0; at < text.Length && !stop.Found;)
            {
                int length = random.Next(0, Math.Min(5, text.Length - at) + 1);
                given.Append(stop.Append(text.Substring(at, length)));
                at += length;

                // What is held back may become a stop string, all of it.
                string held = text[given.Length..at];
                Assert.True(stop.Found || held.Length == 0 || stops.Any(s => s.Length > held.Length && s.StartsWith(held, StringComparison.Ordinal)));
            }

            Assert.Equal(ends, stop.Found);
            Assert.Equal(expected, given.Append(stop.Flush()).ToString());
            stopped += ends ? 1 : 0;
        }

        Assert.InRange(stopped, 5_000, 15_000);
    }

    private static string RandomText(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "ab"[random.Next(2)]));

    private static (string Text, bool Ends) Plain(string text, string[] stops)
    {
        for (int n = 1; n <= text.Length; n++)
        {
            string[] ended = [.. stops.Where(stop => text[..n].EndsWith(stop, StringComparison.Ordinal))];
            if (ended.Length > 0)
            {
                return (text[..(n - ended.Max(stop => stop.Length))], true);
            }
        }

        return (text, false);
    }
}
