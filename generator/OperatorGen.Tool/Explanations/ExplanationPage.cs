using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;

namespace OperatorGen.Tool.Explanations;

/// <summary>Explanations as the tool prints them.</summary>
internal static class ExplanationPage
{
    /// <summary>Writes the explanation of a sequence's score.</summary>
    public static void Write(Terminal terminal, ExplainedInput subject) =>
        ExplanationText.Write(terminal, subject.Explanation, subject.Sequence.Heading, subject.Sequence.Label);

    /// <summary>Writes a ranking by bounds.</summary>
    public static void Write(Terminal terminal, OperatorExplainer explainer, BoundRanking ranking, int score, string within)
    {
        int order = explainer.Expansion.Order;
        string ranked = ranking.RankedOrder == order ? $"order 1 to {order}" : $"order 1 to {ranking.RankedOrder} (those of order {ranking.RankedOrder + 1} to {order} are too many to be ranked)";
        terminal.Line($"score {DecisionText.Named(score, explainer.Label(score))}: the terms of layer {explainer.Layer} with the greatest proven bounds, {ranked}, expansion {OptionNames.Expansions.Of(explainer.Expansion.Kind)} of order {order}");
        terminal.Line($"for every input with {within}");
        terminal.Table(
            ["|contribution| at most", "term", "coefficient", "what it is"],
            [.. ranking.Terms.Select(term => new[] { PlainText.Number(term.Bound), TermNames.Of(term.Factors), PlainText.Number(term.Coefficient), term.Waves is { Count: > 0 } waves ? InteractionText.Of(waves) : "" })]);
    }
}
