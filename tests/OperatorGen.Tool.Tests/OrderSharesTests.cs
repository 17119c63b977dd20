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
    [InlineData(new[] { 3.0 }, 0, "Without constants, single waves carry 100 %, the remainder 0 %.")]
    [InlineData(new[] { 1.0, -2.5 }, -0.5, "Without constants, single waves carry 25 %, pairs 62.5 %, the remainder 12.5 %.")]
    [InlineData(new[] { 1.0, -2, 0, 3, -4 }, 10, "Without constants, single waves carry 5 %, pairs 10 %, triples 0 %, higher orders 35 %, the remainder 50 %.")]
    public void Shares_are_those_of_the_totals_sizes(double[] totals, double remainder, string sentence) =>
        Assert.Equal(sentence, OrderShares.Of(Explanation(totals, remainder))!.ToString());

    [Fact]
    public void There_are_no_shares_where_all_totals_are_0() => Assert.Null(OrderShares.Of(Explanation([0, 0], 0)));

    [Fact]
    public void The_sentence_on_the_model_of_pairs_has_the_shares_of_the_Json()
    {
        string digits = Path.Combine(RepositoryFolder.Path, "examples", "Digits");
        string[] arguments = ["explain", Path.Combine(digits, "models", "one-layer-pairs.ssm.json"), "--data", Path.Combine(digits, "data", "digits.safetensors"), "--index", "0", "--top", "5"];
        ToolRun text = ToolRun.Of(arguments);
        ToolRun json = ToolRun.Of([.. arguments, "--format", "json"]);
        Assert.Equal((0, "", 0, ""), (text.ExitCode, text.Error, json.ExitCode, json.Error));
        JsonElement root = JsonDocument.Parse(json.Output).RootElement;
        double[] sizes =
        [
            .. root.GetProperty("orders").EnumerateArray().Select(order => Math.Abs(order.GetProperty("contribution").GetDouble())),
            Math.Abs(root.GetProperty("remainder").GetDouble()),
        ];
        JsonElement shares = root.GetProperty("shares");
        double[] written = [.. shares.GetProperty("orders").EnumerateArray().Select(share => share.GetDouble()), shares.GetProperty("remainder").GetDouble()];
        Assert.Equal(sizes.Length, written.Length);
        // Five sums and a quotient, each rounded, of positive numbers: below 8 units of 2^-53 of the share.
        Assert.All(sizes.Zip(written), pair => Assert.InRange(pair.Second, pair.First / sizes.Sum() * (1 - 1e-15), pair.First / sizes.Sum() * (1 + 1e-15)));

        string sentence = text.Lines.Single(line => line.StartsWith("Without constants, single waves carry", StringComparison.Ordinal));
        double[] shown = [.. Share().Matches(sentence).Select(match => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
        double[] named = [.. written[..3], written[3..^1].Sum(), written[^1]];
        Assert.Equal(named.Length, shown.Length);
        // Three digits are shown: half a unit of the third is at most 0.5 % of the number.
        Assert.All(named.Zip(shown), pair => Assert.InRange(pair.Second, 100 * pair.First * 0.995, 100 * pair.First * 1.005));
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
