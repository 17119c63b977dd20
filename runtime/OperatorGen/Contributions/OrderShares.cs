using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// What single waves, pairs and triples carry of a score. The share of an order is |the sum of its terms|, divided by the sum of these numbers over all orders and of
/// |remainder|. Constants are left out: no wave has a part in them. Totals of different signs cancel in the score, but not here.
/// </summary>
/// <param name="Orders">The shares of order 1 (single waves), 2 (pairs), 3 (triples) and so on, each from 0 to 1.</param>
/// <param name="Remainder">The share of what the polynomials leave out. All shares add up to 1.</param>
public sealed record OrderShares(IReadOnlyList<double> Orders, double Remainder)
{
    /// <summary>The shares of an explanation.</summary>
    /// <param name="explanation">A score, taken apart.</param>
    /// <returns>The shares; null where all orders and the remainder are 0, for then there is nothing to share.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="explanation"/> is null.</exception>
    public static OrderShares? Of(ScoreExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        double remainder = Math.Abs(explanation.Remainder);
        double all = explanation.Orders.Sum(order => Math.Abs(order.Contribution)) + remainder;
        return all == 0 ? null : new([.. explanation.Orders.Select(order => Math.Abs(order.Contribution) / all)], remainder / all);
    }

    /// <summary>The shares as one sentence, in percent with three digits; orders from 4 on are taken together.</summary>
    public override string ToString()
    {
        string[] shares = [.. Orders
            .Select((share, i) => (Order: Math.Min(i + 1, 4), Share: share))
            .GroupBy(part => part.Order, part => part.Share)
            .Select(group => $"{Name(group.Key)} {Percent(group.Sum())}")];
        return $"Without constants, {string.Join(", ", shares)}, the remainder {Percent(Remainder)}.";
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
