using System.Globalization;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>What every explanation begins with: what is held fixed, and the exact scores.</summary>
internal static class DecisionText
{
    private const int StrongestTokens = 10;

    /// <summary>Writes it.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="what">What is explained, for example the expansion.</param>
    /// <param name="label">The true class where it is known.</param>
    /// <param name="asked">The scores that are explained: they are listed, however small they are.</param>
    public static void Write(ITextPage page, Decision decision, string what, int? label, params int[] asked)
    {
        page.Line($"{what}{(decision.Step is { } step ? $", outputs of time step {step}" : ", mean over time")}");
        if (decision.Frozen.Count > 0)
        {
            page.Line("frozen, held at its exact values for this input:");
            page.Table(
                ["what", "values", "least", "greatest"],
                [.. decision.Frozen.Select(frozen => new[] { frozen.Name, $"{decision.Steps} x {frozen.Width}", PlainText.Number(frozen.Least), PlainText.Number(frozen.Greatest) })]);
        }

        page.Line("");
        // Of a model of tokens the strongest are named: a vocabulary has thousands, and what pads it is never chosen.
        int[] shown = decision.Operator.Vocabulary is not int tokens ? [.. Enumerable.Range(0, decision.Scores.Count)]
            : [.. Enumerable.Range(0, tokens).OrderByDescending(token => decision.Scores[token]).Where((token, place) => place < StrongestTokens || asked.Contains(token))];
        int greatest = System.Math.Min(StrongestTokens, shown.Length);
        page.Line(decision.Operator.Vocabulary is int all && all > shown.Length ? $"exact logits, the {greatest} greatest of {all}{(shown.Length > greatest ? " and those asked for" : "")}" : decision.Operator.Vocabulary is not null ? "exact logits" : decision.Noun == "score" ? "exact scores" : $"outputs of layer {decision.Layer}, which take the place of scores");
        page.Table(
            [decision.Operator.Vocabulary is null ? decision.Noun : "token", "name", "value", ""],
            [.. shown.Select(s => new[] { $"{s}", decision.Label(s), PlainText.Number(decision.Scores[s]), Mark(decision, s, label) })]);
        page.Line("");
    }

    /// <summary>A score by its number and its name: <c>7 (seven)</c>.</summary>
    public static string Named(int score, string label)
    {
        string number = score.ToString(CultureInfo.InvariantCulture);
        return label.Length == 0 || label == number ? number : $"{number} ({VisibleText.Of(label)})";
    }

    private static string Mark(Decision decision, int score, int? label) => !decision.IsClassifier ? "" : string.Join(
        ", ",
        new[] { score == decision.Best ? "predicted" : "", score == label ? "label" : "" }.Where(mark => mark.Length > 0));
}
