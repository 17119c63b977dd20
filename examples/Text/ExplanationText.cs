using System;
using System.Collections.Generic;
using System.Linq;

namespace Text;

/// <summary>An explanation as text: the strongest characters first.</summary>
internal static class ExplanationText
{
    private const int Listed = 12;
    private const int Around = 12;

    public static void Write(Page page, CharacterExplanation explanation)
    {
        (string chosen, string other) = (Characters.Visible(explanation.Chosen), Characters.Visible(explanation.RunnerUp));
        OperatorGen.SelectiveAttribution attribution = explanation.Attribution;
        page.Line();
        page.Line($"why \"{chosen}\" and not \"{other}\": the logit of \"{chosen}\" less that of \"{other}\", {attribution.Score:0.000}, taken apart by the {explanation.Before.Length} characters before it");
        page.Line($"       adds    values     gates   character");
        int[] ordered = Strongest(explanation.Added);
        foreach (int place in ordered.Take(Listed))
        {
            Row(page, attribution.Value[place], attribution.Gate[place], Named(explanation, place));
        }

        if (ordered.Length > Listed)
        {
            int[] rest = ordered[Listed..];
            Row(page, rest.Sum(place => attribution.Value[place]), rest.Sum(place => attribution.Gate[place]), FormattableString.Invariant($"the {rest.Length} others"));
        }

        page.Line($"  {attribution.ZeroScore,9:+0.000;-0.000;0.000}                       without any character: the zero embedding");
        page.Line($"  {attribution.Gap,9:+0.0e+0;-0.0e+0}                       gap: the error of the quadrature, {attribution.Panels} panel(s) of 16 nodes");
        page.Line($"  {attribution.Score,9:+0.000;-0.000;0.000}                       the difference of the logits");
        page.Line();
        page.Line($"attention of head {explanation.Head} of layer {explanation.Layer}, the head of the last layer that adds most with all gates held ({attribution.ByCell()[explanation.Head]:+0.000;-0.000;0.000}): how much of the value of a character it reads after the last one");
        foreach (int place in Strongest(explanation.Attention).Take(Listed / 2))
        {
            page.Line($"  {explanation.Attention[place],9:+0.000;-0.000;0.000}   {Named(explanation, place)}");
        }

        page.Line();
    }

    private static void Row(Page page, double value, double gate, string name) => page.Line($"  {value + gate,9:+0.000;-0.000;0.000} {value,9:+0.000;-0.000;0.000} {gate,9:+0.000;-0.000;0.000}   {name}");

    private static int[] Strongest(IReadOnlyList<double> values) => [.. Enumerable.Range(0, values.Count).OrderByDescending(place => Math.Abs(values[place]))];

    /// <summary>A character, how far back it is, and what is around it.</summary>
    private static string Named(CharacterExplanation explanation, int place)
    {
        int[] before = explanation.Before;
        (int from, int to) = (Math.Max(0, place - Around), Math.Min(before.Length, place + Around + 1));
        return FormattableString.Invariant($"{Characters.Visible(before[place])}  {before.Length - place,3} back   {new string(' ', Around - (place - from))}{Characters.Line(before[from..place])}[{Characters.Line([before[place]])}]{Characters.Line(before[(place + 1)..to])}");
    }
}
