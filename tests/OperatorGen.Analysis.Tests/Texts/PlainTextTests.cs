using System;
using System.Linq;
using System.Numerics;
using Xunit;

namespace OperatorGen.Analysis.Tests.Texts;

/// <summary>Lines and tables of limited width.</summary>
public sealed class PlainTextTests
{
    [Fact]
    public void Long_lines_are_broken_at_blanks_and_lose_nothing()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            string[] words = [.. Enumerable.Range(0, 60).Select(_ => new string('x', 1 + random.Next(15)))];
            string[] lines = [.. PlainText.Wrap(string.Join(' ', words), 2, 40)];
            Assert.All(lines, line => Assert.InRange(line.Length, 1, 40));
            Assert.All(lines.Skip(1), line => Assert.StartsWith("      x", line, StringComparison.Ordinal));
            Assert.Equal(words, string.Join(' ', lines).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public void A_word_that_is_too_long_is_not_broken() =>
        Assert.Equal(["a", "    bbbbbbbbbbbbbbbb", "    c"], PlainText.Wrap("a bbbbbbbbbbbbbbbb c", 0, 12));

    [Fact]
    public void A_table_that_is_too_wide_breaks_its_last_column()
    {
        string[] lines = [.. PlainText.Table(["name", "what"], [["a", "one two three four five six seven eight"], ["bc", ""]], 36)];
        Assert.Equal(["  name  what", "  a     one two three four five six", "            seven eight", "  bc"], lines);
    }

    [Fact]
    public void Hidden_characters_of_cells_are_escaped() => Assert.Equal(["  h", @"  \u001B"], PlainText.Table(["h"], [["\u001b"]]));

    [Fact]
    public void Counts_are_grouped_and_numbers_have_five_digits()
    {
        Assert.Equal(["1 wave", "999 waves", "1,464 waves", "12,345,678 waves"], new[] { 1, 999, 1464, 12_345_678 }.Select(count => PlainText.Count(new BigInteger(count), "wave")));
        Assert.Equal(("0.12346", "-infinity", "+2", "[-1, 0.33333]"), (PlainText.Number(0.123456789), PlainText.Number(double.NegativeInfinity), PlainText.Signed(2), PlainText.Range(-1, 1.0 / 3)));
    }
}
