using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What single waves, pairs and triples carry of a score.</summary>
public static class OrderShares
{
    /// <summary>
    /// The shares in one sentence. The share of an order is |its total contribution| in the sum of these numbers over all orders; orders from 4 on are taken together.
    /// Constants are left out: no wave has a part in them. The remainder's size is given in percent of the same sum.
    /// </summary>
    /// <param name="explanation">A score, taken apart.</param>
    /// <returns>The sentence; null where all orders add 0, for then there is nothing to share.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="explanation"/> is null.</exception>
    public static string? Sentence(ScoreExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        double all = explanation.Orders.Sum(order => Math.Abs(order.Contribution));
        if (all == 0)
        {
            return null;
        }

        string[] shares = [.. explanation.Orders
            .GroupBy(order => Math.Min(order.Order, 4), order => Math.Abs(order.Contribution))
            .Select(group => $"{Name(group.Key)} {Percent(group.Sum() / all)}")];
        string list = shares.Length == 1 ? shares[0] : $"{string.Join(", ", shares[..^1])} and {shares[^1]}";
        return $"without constants, {list} (by the sizes of the orders' totals); the remainder is {Percent(Math.Abs(explanation.Remainder) / all)} of the sum of these sizes";
    }

    private static string Name(int order) => order switch
    {
        1 => "single waves carry",
        2 => "pairs",
        3 => "triples",
        4 => "higher orders",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "An order without a name."),
    };

    private static string Percent(double share) => $"{NumberText.Format(100 * share, 3)} %";
}
