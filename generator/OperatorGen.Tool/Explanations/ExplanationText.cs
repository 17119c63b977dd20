using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Explanations;

/// <summary>An explanation for people.</summary>
internal static class ExplanationText
{
    /// <summary>Writes the explanation of a sequence's score.</summary>
    public static void Write(Terminal terminal, ExplainedInput subject)
    {
        ScoreExplanation explanation = subject.Explanation;
        InputContributions contributions = subject.Contributions;
        string label = subject.Data.HasLabels ? $", label {subject.Data.Label(subject.Index)}" : "";
        terminal.Output.WriteLine($"{subject.Model}: sequence {subject.Index} of x_{subject.Data.Split} in {subject.Data.Name}, {CountText.Of(contributions.Steps, "time step")}{label}");
        terminal.Output.WriteLine($"terms of layer {subject.Explainer.Layer}, expansion {Name(subject.Explainer)}{(contributions.Step is { } step ? $", outputs of time step {step}" : ", mean over time")}");
        WriteFrozen(terminal, contributions);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine("exact scores");
        terminal.Table(
            ["score", "name", "value", ""],
            [.. subject.Scores.Select((value, s) => new[] { $"{s}", subject.Explainer.Label(s), Number(value), Mark(subject, s) })]);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine($"score {explanation.Score} ({VisibleText.Of(explanation.Label)}) taken apart");
        terminal.Table(["what", "terms", "contribution"], Totals(explanation));
        if (OrderShares.Of(explanation) is { } shares)
        {
            terminal.Output.WriteLine(shares);
        }

        terminal.Output.WriteLine($"score - terms - remainder = {Number(explanation.Deviation)}, the sum of |terms| is {Number(explanation.Magnitude)}");
        if (explanation.Strongest.Count == 0)
        {
            return;
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine($"the {CountText.Of(explanation.Strongest.Count, "strongest term")} of {Ranked(explanation.RankedOrder, subject.Explainer.Expansion.Order)}");
        bool shared = explanation.Strongest.Any(term => term.Readouts is not null);
        terminal.Output.WriteLine($"{(shared ? "s(n): oscillator n, in all readouts that it has" : "w(c,n): wave of mode n in channel c")}; d(c): skip; z(c): gate argument. Lifetimes and periods in time steps.");
        terminal.Table(["contribution", "term", "what it is"], [.. explanation.Strongest.Select(term => new[] { Signed(term.Contribution), TermNames.Of(term.Factors), What(subject, term) })]);
    }

    /// <summary>Writes a ranking by bounds.</summary>
    public static void Write(Terminal terminal, OperatorExplainer explainer, BoundRanking ranking, int score, string within)
    {
        terminal.Output.WriteLine($"score {score} ({VisibleText.Of(explainer.Label(score))}): the terms of layer {explainer.Layer} with the greatest proven bounds, {Ranked(ranking.RankedOrder, explainer.Expansion.Order)}, expansion {Name(explainer)}");
        terminal.Output.WriteLine($"for every input with {within}");
        terminal.Table(["|contribution| at most", "term", "coefficient"], [.. ranking.Terms.Select(term => new[] { Number(term.Bound), TermNames.Of(term.Factors), Number(term.Coefficient) })]);
    }

    private static void WriteFrozen(Terminal terminal, InputContributions contributions)
    {
        if (contributions.Frozen.Count == 0)
        {
            return;
        }

        terminal.Output.WriteLine("frozen, held at its exact values for this input:");
        terminal.Table(
            ["what", "values", "least", "greatest"],
            [.. contributions.Frozen.Select(frozen => new[] { frozen.Name, $"{contributions.Steps} x {frozen.Width}", Number(frozen.Least), Number(frozen.Greatest) })]);
    }

    private static List<string[]> Totals(ScoreExplanation explanation)
    {
        List<string[]> rows = [.. explanation.Constants.Select(constant => new[] { constant.Name, "1", Signed(constant.Contribution) })];
        FirstOrderTotals waves = explanation.Waves;
        rows.Add(["order 1", explanation.Orders[0].Count.ToString(CultureInfo.InvariantCulture), Signed(explanation.Orders[0].Contribution)]);
        rows.Add(["  waves, response to the input", "", Signed(waves.WavesOfInput)]);
        rows.Add(["  waves, response to the encoder's bias", "", Signed(waves.WavesOfBias)]);
        rows.Add(["  skips, response to the input", "", Signed(waves.SkipOfInput)]);
        rows.Add(["  skips, response to the encoder's bias", "", Signed(waves.SkipOfBias)]);
        if (waves.Gates != 0)
        {
            rows.Add(["  gate stream", "", Signed(waves.Gates)]);
        }

        rows.AddRange(explanation.Orders.Skip(1).Select(order => new[] { order.Order == 2 ? "order 2, pairs of waves" : $"order {order.Order}", order.Count.ToString(CultureInfo.InvariantCulture), Signed(order.Contribution) }));
        rows.Add(["sum of the terms", "", Signed(explanation.Sum)]);
        rows.Add(["remainder, what the polynomials leave out", "", Signed(explanation.Remainder)]);
        rows.Add(["exact score", "", Signed(explanation.Exact)]);
        return rows;
    }

    private static string What(ExplainedInput subject, ContributionTerm term)
    {
        string readouts = term.Readouts is { } parts ? "; " + Readouts(parts) : "";
        if (term.Order == 1)
        {
            string split = term.OfBias == 0 ? "" : $"; input {Signed(term.OfInput)}, encoder's bias {Signed(term.OfBias)}";
            WaveFactor factor = term.Factors[0];
            return (factor.Kind is WaveKind.Mode or WaveKind.Oscillator ? Mode(subject.Explainer.Operator.Layers[subject.Explainer.Layer], factor) : "instantaneous") + split + readouts;
        }

        if (!InputContributions.IsPair(term))
        {
            return (term.Order != 2 ? "" : "instantaneous") + readouts;
        }

        if (subject.Contributions.InteractionObstacle(term) is { } obstacle)
        {
            return "no frequencies: " + obstacle + readouts;
        }

        PairInteraction pair = subject.Contributions.Interaction(term);
        return (pair.Sum.Eigenvalue == pair.Difference.Eigenvalue
            ? $"{Signed(pair.Sum.Contribution + pair.Difference.Contribution)} at {Half(Both(pair))}"
            : $"sum {Signed(pair.Sum.Contribution)} at {Half(pair.Sum)}; difference {Signed(pair.Difference.Contribution)} at {Half(pair.Difference)}") + readouts;
    }

    /// <summary>The two halves as one, where they have one eigenvalue.</summary>
    private static PairMode Both(PairInteraction pair) => new(
        pair.Sum.Eigenvalue,
        pair.Sum.OfFirst + pair.Difference.OfFirst,
        pair.Sum.OfSecond + pair.Difference.OfSecond,
        pair.Sum.OfInput + pair.Difference.OfInput);

    private static string Readouts(TermReadouts parts)
    {
        string listed = string.Join(", ", parts.Strongest.Select(part => $"{part.Readout}{(part.Other is { } other ? $" x {other}" : "")} {Signed(part.Contribution)}"));
        int rest = parts.Count - parts.Strongest.Count;
        return $"readouts {listed}{(rest > 0 ? $", {rest} more {Signed(parts.Rest)}" : "")}";
    }

    private static string Mode(LayerDescription layer, WaveFactor factor)
    {
        Wave wave = layer.Wave(factor.Channel, factor.Mode);
        bool backward = layer.Bank!.Timing(layer.Bank.ModeOf(factor.Channel, factor.Mode)).Backward;
        return $"lifetime {Number(wave.Lifetime)}, {Period(wave.Period)}{(backward ? ", runs backward" : "")}";
    }

    private static string Half(PairMode half) =>
        $"{Period(half.Period)}, lifetime {Number(half.Lifetime)} (input x first {Signed(half.OfFirst)}, x second {Signed(half.OfSecond)}, x itself {Signed(half.OfInput)})";

    private static string Period(double period) => double.IsInfinity(period) ? "frequency 0" : $"period {Number(period)}";

    private static string Mark(ExplainedInput subject, int score) => string.Join(
        ", ",
        new[]
        {
            subject.IsClassifier && score == subject.Best ? "predicted" : null,
            subject.IsClassifier && subject.Data.HasLabels && score == subject.Data.Label(subject.Index) ? "label" : null,
        }.Where(mark => mark is not null));

    private static string Ranked(int ranked, int order) => ranked == order
        ? $"order 1 to {order}"
        : $"order 1 to {ranked} (those of order {ranked + 1} to {order} are too many to be ranked)";

    private static string Name(OperatorExplainer explainer) => $"{OptionNames.Expansions.Of(explainer.Expansion.Kind)} of order {explainer.Expansion.Order}";

    private static string Number(double value) => NumberText.Format(value, 5);

    private static string Signed(double value) => (value >= 0 ? "+" : "") + Number(value);
}
