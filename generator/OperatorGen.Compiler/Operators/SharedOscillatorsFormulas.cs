using System;
using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes oscillators that all channels share, and the modes that they are.</summary>
internal static class SharedOscillatorsFormulas
{
    /// <summary>The oscillators, the modes and the kernels: p counts oscillators, n modes, h readouts, i inputs.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="hasSkip">Whether there is a D.</param>
    /// <param name="hasBlocks">Whether an oscillator has no eigenbasis.</param>
    public static EquatableArray<Formula> Of(OscillatorScheme scheme, bool hasSkip, bool hasBlocks)
    {
        VariableExpression p = Eq.Symbol("p"), i = Eq.Symbol("i"), t = Eq.Symbol("t");
        VariableExpression z = Eq.Symbol("z"), x = Eq.Symbol("x"), u = Eq.Symbol("u"), a = Eq.Symbol("A"), delta = Eq.Symbol("Delta"), s = Eq.Symbol("S");
        Expression force = u[p].At(t);
        List<Formula> formulas = [u[p].At(t).Is(Eq.Sum(Eq.All(i, Eq.Symbol("I")), Eq.Symbol("B")[p, i] * Eq.Symbol("v")[i].At(t)))];
        switch (scheme)
        {
            case OscillatorScheme.Implicit:
                formulas.Add(s[p].Is(1 / (1 + (delta[p].Power(2) * a[p]))));
                formulas.Add(z[p].At(t).Is(s[p] * (z[p].At(t - 1) - (delta[p] * a[p] * x[p].At(t - 1)) + (delta[p] * force))));
                formulas.Add(x[p].At(t).Is(s[p] * (x[p].At(t - 1) + (delta[p] * z[p].At(t - 1)) + (delta[p].Power(2) * force))));
                break;
            case OscillatorScheme.ImplicitExplicit:
                formulas.Add(z[p].At(t).Is(z[p].At(t - 1) - (delta[p] * a[p] * x[p].At(t - 1)) + (delta[p] * force)));
                formulas.Add(x[p].At(t).Is(x[p].At(t - 1) + (delta[p] * z[p].At(t))));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(scheme));
        }

        formulas.AddRange(CellFormulas.Shared(hasSkip, null, hasBlocks));
        return formulas.ToEquatableArray();
    }
}
