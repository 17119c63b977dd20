using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes the recurrence, the readout and the kernel of modes.</summary>
internal static class CellFormulas
{
    /// <summary>The recurrence, the readout and the kernel of modes of one channel each.</summary>
    /// <param name="hasSkip">Whether there is a D.</param>
    /// <param name="hasBlocks">Whether there are blocks: k counts them, and s, b and weight of a block are vectors.</param>
    public static EquatableArray<Formula> Constant(bool hasSkip, bool hasBlocks = false)
    {
        VariableExpression n = Eq.Symbol("n"), t = Eq.Symbol("t"), tau = Eq.Symbol("tau"), s = Eq.Symbol("s"), w = Eq.Symbol("w");
        VariableExpression lambda = Eq.Symbol("lambda"), weight = Eq.Symbol("weight"), skip = Eq.Symbol("D");
        VariableExpression k = Eq.Symbol("k"), transition = Eq.Symbol("T"), b = Eq.Symbol("b");
        IndexRange modes = Eq.All(n, Eq.Symbol("N"));
        List<Formula> formulas =
        [
            s[n].At(t).Is((lambda[n] * s[n].At(t - 1)) + Formula.At("v")),
            .. hasBlocks ? [(Formula)s[k].At(t).Is((transition[k] * s[k].At(t - 1)) + (b[k] * Formula.At("v")))] : (Formula[])[],
            w[n].At(t).Is(Eq.Re(weight[n] * s[n].At(t))),
            Formula.At("o").Is(Eq.Sum(modes, w[n].At(t)) + (hasSkip ? Formula.At("d") : 0)),
        ];
        if (hasSkip)
        {
            formulas.Add(Formula.At("d").Is(skip * Formula.At("v")));
        }

        Expression powers = Eq.Sum(modes, weight[n] * lambda[n].Power(tau));
        Expression kernel = Eq.Re(hasBlocks ? powers + Eq.Sum(Eq.All(k, Eq.Symbol("blocks")), weight[k] * transition[k].Power(tau) * b[k]) : powers);
        formulas.Add(Eq.Symbol("K").At(tau).Is(kernel + (hasSkip ? skip * Eq.Delta(tau, 0) : 0)));
        return formulas.ToEquatableArray();
    }

    /// <summary>
    /// The recurrence, the readout and the kernel of modes of one channel each that a low-rank part couples: n and k count the stored modes, r the rank. T is the
    /// transition of all of them.
    /// </summary>
    public static EquatableArray<Formula> LowRank(bool hasSkip)
    {
        VariableExpression n = Eq.Symbol("n"), k = Eq.Symbol("k"), r = Eq.Symbol("r"), t = Eq.Symbol("t"), tau = Eq.Symbol("tau"), s = Eq.Symbol("s"), w = Eq.Symbol("w");
        VariableExpression f = Eq.Symbol("f"), h = Eq.Symbol("h"), p = Eq.Symbol("p"), b = Eq.Symbol("b"), transition = Eq.Symbol("T");
        VariableExpression lambda = Eq.Symbol("lambda"), weight = Eq.Symbol("weight"), skip = Eq.Symbol("D");
        List<Formula> formulas =
        [
            f[r].At(t).Is(Eq.Re(Eq.Sum(Eq.All(k, Eq.Symbol("N")), h[r, k] * s[k].At(t)))),
            s[n].At(t).Is((lambda[n] * s[n].At(t - 1)) - Eq.Sum(Eq.All(r, Eq.Symbol("R")), p[r, n] * f[r].At(t - 1)) + (b[n] * Formula.At("v"))),
            w[n].At(t).Is(Eq.Re(weight[n] * s[n].At(t))),
            Formula.At("o").Is(Eq.Sum(Eq.All(n, Eq.Symbol("N")), w[n].At(t)) + (hasSkip ? Formula.At("d") : 0)),
        ];
        if (hasSkip)
        {
            formulas.Add(Formula.At("d").Is(skip * Formula.At("v")));
        }

        Expression kernel = Eq.Re(weight * transition.Power(tau) * b);
        formulas.Add(Eq.Symbol("K").At(tau).Is(kernel + (hasSkip ? skip * Eq.Delta(tau, 0) : 0)));
        return formulas.ToEquatableArray();
    }

    /// <summary>The recurrence, the readouts and the kernels of modes that all channels share: h counts readouts, i inputs.</summary>
    /// <param name="hasSkip">Whether there is a D.</param>
    /// <param name="hasBlocks">Whether there are blocks: k counts them, and s, b and weight of a block are vectors.</param>
    public static EquatableArray<Formula> Shared(bool hasSkip, bool hasBlocks = false)
    {
        VariableExpression n = Eq.Symbol("n"), i = Eq.Symbol("i"), h = Eq.Symbol("h"), t = Eq.Symbol("t"), tau = Eq.Symbol("tau");
        VariableExpression s = Eq.Symbol("s"), w = Eq.Symbol("w"), v = Eq.Symbol("v"), d = Eq.Symbol("d"), b = Eq.Symbol("b");
        VariableExpression lambda = Eq.Symbol("lambda"), weight = Eq.Symbol("weight"), skip = Eq.Symbol("D"), k = Eq.Symbol("k"), transition = Eq.Symbol("T");
        IndexRange modes = Eq.All(n, Eq.Symbol("N")), inputs = Eq.All(i, Eq.Symbol("I"));
        List<Formula> formulas =
        [
            s[n].At(t).Is((lambda[n] * s[n].At(t - 1)) + Eq.Sum(inputs, b[n, i] * v[i].At(t))),
            .. hasBlocks ? [(Formula)s[k].At(t).Is((transition[k] * s[k].At(t - 1)) + Eq.Sum(inputs, b[k, i] * v[i].At(t)))] : (Formula[])[],
            w[h, n].At(t).Is(Eq.Re(weight[h, n] * s[n].At(t))),
            Eq.Symbol("o")[h].At(t).Is(Eq.Sum(modes, w[h, n].At(t)) + (hasSkip ? d[h].At(t) : 0)),
        ];
        if (hasSkip)
        {
            formulas.Add(d[h].At(t).Is(skip[h] * v[h].At(t)));
        }

        Expression powers = Eq.Sum(modes, weight[h, n] * lambda[n].Power(tau) * b[n, i]);
        Expression kernel = Eq.Re(hasBlocks ? powers + Eq.Sum(Eq.All(k, Eq.Symbol("blocks")), weight[h, k] * transition[k].Power(tau) * b[k, i]) : powers);
        formulas.Add(Eq.Symbol("K")[h, i].At(tau).Is(kernel + (hasSkip ? skip[h] * Eq.Delta(h, i) * Eq.Delta(tau, 0) : 0)));
        return formulas.ToEquatableArray();
    }
}
