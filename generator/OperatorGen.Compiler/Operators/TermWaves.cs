using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>What the products of an operator's terms are as waves.</summary>
internal static class TermWaves
{
    /// <summary>The waves of a product of two and more; none of a single wave and where the product is no wave.</summary>
    /// <param name="bank">The layer's modes.</param>
    /// <param name="monomial">The product.</param>
    /// <param name="mode">The mode of a variable; negative where it is none.</param>
    public static IReadOnlyList<InteractionWave> Of(ModeBank bank, Monomial monomial, Func<int, int> mode)
    {
        List<(int Mode, int Power)> factors = [];
        foreach (Factor factor in monomial)
        {
            factors.Add((mode(factor.Variable), factor.Power));
        }

        return monomial.Degree < 2 ? [] : WaveProducts.Of(bank, factors);
    }
}
