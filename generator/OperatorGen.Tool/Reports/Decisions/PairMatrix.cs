using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Explanations;

namespace OperatorGen.Tool.Reports;

/// <summary>What pairs of waves add to a score in second order, as a matrix of the waves that pair most.</summary>
internal static class PairMatrix
{
    private const int Shown = 10;

    /// <summary>How many of the strongest terms are looked at.</summary>
    public const int Terms = 20_000;

    /// <summary>The matrix; null where there are no pairs.</summary>
    public static TableBlock? Of(ReportDecision decision, ScoreExplanation explanation)
    {
        (WaveFactor First, WaveFactor Second, double Value)[] pairs =
        [
            .. explanation.Strongest.Where(term => term.Order == 2)
                .Select(term => (term.Factors[0] with { Power = 1 }, term.Factors[^1] with { Power = 1 }, term.Contribution)),
        ];
        if (pairs.Length == 0)
        {
            return null;
        }

        WaveFactor[] waves =
        [
            .. pairs.SelectMany(pair => pair.First == pair.Second ? new[] { (Wave: pair.First, pair.Value) } : [(pair.First, pair.Value), (pair.Second, pair.Value)])
                .GroupBy(part => part.Wave).OrderByDescending(parts => parts.Sum(part => Math.Abs(part.Value))).Take(Shown).Select(parts => parts.Key)
                .OrderBy(wave => wave.Kind).ThenBy(wave => wave.Channel).ThenBy(wave => wave.Mode),
        ];
        var values = new double[waves.Length, waves.Length];
        double shown = 0;
        foreach ((WaveFactor first, WaveFactor second, double value) in pairs)
        {
            if (Array.IndexOf(waves, first) is var i and >= 0 && Array.IndexOf(waves, second) is var j and >= 0)
            {
                values[i, j] = values[j, i] = value;
                shown += value;
            }
        }

        double largest = Enumerable.Range(0, waves.Length).SelectMany(i => Enumerable.Range(0, waves.Length).Select(j => Math.Abs(values[i, j]))).Max();
        double all = explanation.Orders[1].Contribution;
        return new TableBlock(
            decision.Name("pairs"),
            $"What pairs of waves add to {decision.ScoreName}: the {NumberText.Format((long)waves.Length)} waves that pair most. A pair is in two cells and counts once. These pairs add {ReportNumber.Signed(shown)} of the {ReportNumber.Signed(all)} of order 2. Orange adds, blue takes away.",
            ["wave", .. waves.Select(wave => TermNames.Of([wave]))],
            [.. Enumerable.Range(0, waves.Length).Select(i => (IReadOnlyList<ReportCell>)
            [
                TermNames.Of([waves[i]]),
                .. Enumerable.Range(0, waves.Length).Select(j => Cell(values[i, j], largest)),
            ])]);
    }

    private static ReportCell Cell(double value, double largest) =>
        new(value == 0 ? "·" : NumberText.Format(value, 2).Replace('-', '−'), value, largest > 0 ? value / largest : 0);
}
