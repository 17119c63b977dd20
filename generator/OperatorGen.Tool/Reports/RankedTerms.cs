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
    private const int Digits = 5;

    /// <summary>The strongest terms in MathML, strongest first; empty where there are none.</summary>
    /// <param name="coefficients">The polynomial in powers of the readout.</param>
    /// <param name="bank">The layer's modes.</param>
    /// <param name="readout">The readout.</param>
    /// <param name="top">How many.</param>
    public static string Markup(IReadOnlyList<double> coefficients, ModeBank bank, int readout, int top)
    {
        double[] reaches = [.. Enumerable.Range(0, bank.WavesPerReadout).Select(n => bank.WaveReach(readout, n)), .. bank.HasSkip ? [Math.Abs(bank.Skip(readout))] : Array.Empty<double>()];
        VariableNames names = OperatorView.Names(bank.WavesPerReadout);
        return string.Join(" ", StrongestMonomials.Of(coefficients, reaches, top).Select(term => ExpressionMathML.Render(Term(term).Tree(names), digits: Digits)));
    }

    private static DecoderTerm Term(RankedMonomial term) =>
        new(Monomial.FromFactors(term.Factors.Select(factor => new Factor(factor.Variable, factor.Power))), term.Coefficient, null);
}
