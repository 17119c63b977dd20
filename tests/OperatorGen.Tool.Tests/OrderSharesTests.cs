using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>The sentence of <c>explain</c> that says what single waves, pairs and triples carry.</summary>
public sealed partial class OrderSharesTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 0, "without constants, single waves carry 100 % (by the sizes of the orders' totals); the remainder is 0 % of the sum of these sizes")]
    [InlineData(new[] { 1.0, -3 }, -0.5, "without constants, single waves carry 25 % and pairs 75 % (by the sizes of the orders' totals); the remainder is 12.5 % of the sum of these sizes")]
    [InlineData(new[] { 1.0, -2, 0, 3, -4 }, 20, "without constants, single waves carry 10 %, pairs 20 %, triples 0 % and higher orders 70 % (by the sizes of the orders' totals); the remainder is 200 % of the sum of these sizes")]
    public void Shares_are_those_of_the_totals_sizes(double[] totals, double remainder, string sentence) => Assert.Equal(sentence, OrderShares.Sentence(Explanation(totals, remainder)));

    [Fact]
    public void There_is_no_sentence_where_all_orders_add_0() => Assert.Null(OrderShares.Sentence(Explanation([0, 0], 1)));

    [Fact]
    public void The_sentence_on_the_model_of_pairs_has_the_shares_of_the_Json()
    {
        string digits = Path.Combine(RepositoryFolder.Path, "examples", "Digits");
        string[] arguments = ["explain", Path.Combine(digits, "models", "one-layer-pairs.ssm.json"), "--data", Path.Combine(digits, "data", "digits.safetensors"), "--index", "0", "--top", "5"];
        ToolRun text = ToolRun.Of(arguments);
        ToolRun json = ToolRun.Of([.. arguments, "--format", "json"]);
        Assert.Equal((0, "", 0, ""), (text.ExitCode, text.Error, json.ExitCode, json.Error));
        JsonElement root = JsonDocument.Parse(json.Output).RootElement;
        double[] sizes = [.. root.GetProperty("orders").EnumerateArray().Select(order => Math.Abs(order.GetProperty("contribution").GetDouble()))];
        double[] expected = [.. sizes[..3], sizes[3..].Sum(), Math.Abs(root.GetProperty("remainder").GetDouble())];

        string sentence = text.Lines.Single(line => line.StartsWith("without constants, single waves carry", StringComparison.Ordinal));
        double[] shown = [.. Share().Matches(sentence).Select(match => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
        Assert.Equal(expected.Length, shown.Length);
        foreach ((double size, double share) in expected.Zip(shown))
        {
            // Three digits are shown: half a unit of the third is at most 0.5 % of the number.
            double percent = 100 * size / sizes.Sum();
            Assert.InRange(share, percent * 0.995, percent * 1.005);
        }
    }

    private static ScoreExplanation Explanation(double[] totals, double remainder)
    {
        OrderTotal[] orders = [.. totals.Select((total, i) => new OrderTotal(i + 1, 1, total, Math.Abs(total)))];
        NamedContribution[] constants = [new("bias", 7)];
        return new(0, "", 7 + totals.Sum() + remainder, constants, new(totals[0], 0, 0, 0, 0), orders, remainder, [], totals.Length);
    }

    [GeneratedRegex(@"([0-9.]+) %")]
    private static partial Regex Share();
}
