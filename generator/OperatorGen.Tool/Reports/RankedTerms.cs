using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Reports;

/// <summary>The terms of a readout's polynomial that can weigh most: by |coefficient| times the reach of each wave.</summary>
internal static class RankedTerms
{
    private const int Most = 200_000;
    private const int Digits = 5;

    /// <summary>The strongest terms in MathML, strongest first; empty where there are none.</summary>
    /// <param name="expansion">The polynomial.</param>
    /// <param name="bank">The layer's modes.</param>
    /// <param name="readout">The readout.</param>
    /// <param name="top">How many.</param>
    public static string Markup(DecoderExpansion expansion, ModeBank bank, int readout, int top)
    {
        double[] reaches = [.. Enumerable.Range(0, bank.WavesPerReadout).Select(n => bank.WaveReach(readout, n)), .. bank.HasSkip ? [Math.Abs(bank.Skip(readout))] : Array.Empty<double>()];
        int[] summands = [.. Enumerable.Range(0, reaches.Length).OrderByDescending(i => reaches[i])];
        while (expansion.TermCount(summands.Length) > Most)
        {
            summands = summands[..^1]; // the shortest reach: terms of it are weaker than those of any other
        }

        VariableNames all = OperatorView.Names(bank.WavesPerReadout);
        var names = new VariableNames(i => all[summands[i]]);
        IEnumerable<DecoderTerm> strongest = expansion.Terms(summands.Length).Where(term => term.Monomial.Degree > 0)
            .OrderByDescending(term => Math.Abs(term.Coefficient) * Reach(term.Monomial, i => reaches[summands[i]])).Take(top);
        return string.Join(" ", strongest.Select(term => ExpressionMathML.Render(term.Tree(names), digits: Digits)));
    }

    private static double Reach(Monomial monomial, Func<int, double> reach)
    {
        double product = 1;
        foreach (Factor factor in monomial)
        {
            product *= Math.Pow(reach(factor.Variable), factor.Power);
        }

        return product;
    }
}
