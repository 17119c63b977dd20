using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using OperatorGen;
using OperatorGen.Symbolics;

namespace TokenSelections.Trained;

/// <summary>How the trained stack selects the word that it copies: orders of interactions that it needs, and the strongest interactions for one word.</summary>
internal static class SelectedWord
{
    private const int Length = 12, Strings = 50, Seed = 31, Asked = 4, Order = 4, Listed = 5, Averaged = 20, Top = 20_000;

    private static readonly int?[] s_orders = [1, 2, 3, 4, 6, 8, 12, 16, null];

    /// <summary>Prints both.</summary>
    public static void Print(TextWriter output)
    {
        var orders = new SelectingOrders(Length);
        output.WriteLine($"Words that are right where decoders are replaced by polynomials, fitted to other strings: {Strings} strings of {Length} words (seed {Seed})");
        output.WriteLine();
        output.WriteLine("order of the polynomials" + string.Concat(s_orders.Select(order => (order is { } p ? p.ToString(CultureInfo.InvariantCulture) : "exact").PadLeft(9))));
        Row(output, "in the first layer", order => orders.Accuracy(order, null, Strings, Seed));
        Row(output, "in the second layer", order => orders.Accuracy(null, order, Strings, Seed));
        Row(output, "in both", order => orders.Accuracy(order, order, Strings, Seed));
        output.WriteLine();
        Terms(output, orders);
        output.WriteLine();
        Tokens(output, orders);
    }

    private static void Row(TextWriter output, string name, Func<int?, double> accuracy) =>
        output.WriteLine($"{name,-24}" + string.Concat(s_orders.Select(order => string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy(order),7:F1} %"))));

    private static void Terms(TextWriter output, SelectingOrders orders)
    {
        var random = new Random(Seed);
        int[] words = TrainedCopying.String(random, Length);
        ScoreExplanation explanation = orders.Explain(words, Asked - 1, Order, Top);
        output.WriteLine($"The second layer, asked about word {Asked} of {Length} (w{words[Asked - 1]}): its logit less the mean of all words' logits, polynomials of order {Order}");
        output.WriteLine();
        output.WriteLine("order             terms    contribution");
        output.WriteLine(Total("constants", 1, explanation.Constants.Sum(constant => constant.Contribution)));
        foreach (OrderTotal order in explanation.Orders)
        {
            output.WriteLine(Total(order.Order.ToString(CultureInfo.InvariantCulture), order.Count, order.Contribution));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"remainder                   {explanation.Remainder,12:F3}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"score                       {explanation.Exact,12:F3}"));
        output.WriteLine(OrderShares.Of(explanation)!.ToString());
        output.WriteLine(Average(orders, random));
        output.WriteLine();
        Strongest(output, "pairs", explanation, 2);
        output.WriteLine();
        Strongest(output, "triples", explanation, 3);
    }

    // Which tokens a word is written for, through both layers: is the copied one among them?
    private static void Tokens(TextWriter output, SelectingOrders orders)
    {
        var random = new Random(Seed);
        int[] words = TrainedCopying.String(random, Length), tokens = TrainedCopying.Tokens(words);
        IReadOnlyList<double> parts = orders.ByToken(words, Asked - 1);
        output.WriteLine($"The same word by token, all orders together, through both layers: the {Listed} greatest parts of {parts.Count}, which sum to {Text(parts.Sum())}");
        output.WriteLine();
        output.WriteLine("contribution  token");
        foreach (int step in Falling(parts).Take(Listed))
        {
            output.WriteLine($"{Text(parts[step]),12}  {TrainedCopy.Labels[tokens[step]]} at step {step}{(step == Asked ? ", the one that is copied" : "")}");
        }

        int first = 0, ofWords = 0;
        for (int i = 0; i < Strings; i++)
        {
            int[] other = TrainedCopying.String(random, Length);
            int copied = 1 + (i % Length);
            int[] falling = Falling(orders.ByToken(other, copied - 1));
            first += falling[0] == copied ? 1 : 0;
            ofWords += falling.First(step => step is >= 1 and <= Length) == copied ? 1 : 0;
        }

        output.WriteLine($"Over {Strings} words of other strings the copied token has the greatest part of all {first} times, and of the {Length} words {ofWords} times; at random the latter would be {Strings / Length} times.");

        static int[] Falling(IReadOnlyList<double> parts) => [.. Enumerable.Range(0, parts.Count).OrderByDescending(step => Math.Abs(parts[step]))];
        static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
    }

    private static string Total(string name, BigInteger count, double value) => string.Create(CultureInfo.InvariantCulture, $"{name,-10}{count,13:N0}    {value,12:F3}");

    // The mean share of each order over words of other strings.
    private static string Average(SelectingOrders orders, Random random)
    {
        OrderShares[] shares = [.. Enumerable.Range(0, Averaged).Select(i => OrderShares.Of(orders.Explain(TrainedCopying.String(random, Length), i % Length, Order, 0))!)];
        string Percent(Func<OrderShares, double> share) => string.Create(CultureInfo.InvariantCulture, $"{100 * shares.Average(share):F1} %");
        return $"Over {Averaged} words of other strings: single waves {Percent(share => share.Orders[0])}, pairs {Percent(share => share.Orders[1])}, triples {Percent(share => share.Orders[2])}, "
            + $"higher orders {Percent(share => share.Orders.Skip(3).Sum())}, the remainder {Percent(share => share.Remainder)}.";
    }

    private static void Strongest(TextWriter output, string name, ScoreExplanation explanation, int order)
    {
        ContributionTerm[] terms = [.. explanation.Strongest.Where(term => term.Order == order)];
        double all = explanation.Orders[order - 1].Contribution;
        output.WriteLine($"The {Listed} strongest {name}, {Share(terms.Take(Listed).Sum(term => term.Contribution), all)}. {Needed(name, terms)}");
        output.WriteLine();
        output.WriteLine("contribution  product                        periods of the waves that the product is, in time steps");
        foreach (ContributionTerm term in terms.Take(Listed))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{term.Contribution,12:F3}  {term.Name,-29}  {Periods(term.Waves)}"));
        }
    }

    private static string Share(double sum, double all) => string.Create(CultureInfo.InvariantCulture, $"together {sum:F3} of {all:F3}");

    private static string Needed(string name, ContributionTerm[] terms)
    {
        double sizes = terms.Sum(term => Math.Abs(term.Contribution)), sum = 0;
        int count = terms.TakeWhile(term => (sum += Math.Abs(term.Contribution)) < sizes / 2).Count() + 1;
        return string.Create(CultureInfo.InvariantCulture, $"Of the {terms.Length:N0} {name} among the {Top:N0} strongest terms, {count:N0} have half of the sum of sizes, {sizes:F1}.");
    }

    private static string Periods(IReadOnlyList<InteractionWave> waves) => waves.Count == 0
        ? "none: a factor lasts one step"
        : string.Join(", ", waves.Select(wave => wave.Period is { } period && double.IsFinite(period) ? period.ToString("F1", CultureInfo.InvariantCulture) : "does not turn"));
}
