using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes modes of one channel each that a low-rank part couples: n and k count stored modes, r the rank. T is the transition of all of them together.</summary>
internal static class LowRankModesFormulas
{
    /// <summary>The recurrence, the readout and the kernel.</summary>
    /// <param name="hasSkip">Whether there is a skip.</param>
    /// <param name="delay">How many steps the backward read leaves out; null: all modes run forward.</param>
    public static EquatableArray<Formula> Of(bool hasSkip, int? delay)
    {
        VariableExpression t = Eq.Symbol("t"), tau = Eq.Symbol("tau"), weight = Eq.Symbol("weight"), b = Eq.Symbol("b"), transition = Eq.Symbol("T"), skip = Eq.Symbol("D");
        List<Formula> formulas = [.. Direction(Eq.Symbol("s"), Eq.Symbol("f"), Eq.Symbol("w"), t - 1, t)];
        if (delay is { } read)
        {
            formulas.AddRange(Direction(Eq.Symbol("z"), Eq.Symbol("g"), Eq.Symbol("w_bwd"), t + 1, t + read));
        }

        Expression waves = Waves(Eq.Symbol("w"));
        formulas.Add(Formula.At("o").Is((delay is null ? waves : waves + Waves(Eq.Symbol("w_bwd"))) + (hasSkip ? Formula.At("d") : 0)));
        if (hasSkip)
        {
            formulas.Add(Formula.At("d").Is(skip * Formula.At("v")));
        }

        Expression kernel = Eq.Re(weight * transition.Power(tau) * b) + (hasSkip ? skip * Eq.Delta(tau, 0) : 0);
        formulas.Add(new Formula(Eq.Symbol(delay is null ? "K" : "K_fwd").At(tau).Is(kernel), delay is null ? null : "answers to v(t - tau)"));
        if (delay is { } left)
        {
            var directions = new CellFormulas.Directions(1, left);
            formulas.Add(new Formula(Eq.Symbol("K_bwd").At(tau).Is(Eq.Re(Eq.Symbol("weight_bwd") * transition.Power(directions.Age) * b)), directions.Note("v")));
        }

        return formulas.ToEquatableArray();
    }

    private static Expression Waves(VariableExpression w)
    {
        VariableExpression n = Eq.Symbol("n");
        return Eq.Sum(Eq.All(n, Eq.Symbol("N")), w[n].At(Eq.Symbol("t")));
    }

    private static Formula[] Direction(VariableExpression s, VariableExpression f, VariableExpression w, Expression before, Expression read)
    {
        VariableExpression n = Eq.Symbol("n"), k = Eq.Symbol("k"), r = Eq.Symbol("r"), t = Eq.Symbol("t");
        VariableExpression h = Eq.Symbol("h"), p = Eq.Symbol("p"), b = Eq.Symbol("b"), lambda = Eq.Symbol("lambda");
        VariableExpression weight = Eq.Symbol(w.Name == "w" ? "weight" : "weight_bwd");
        return
        [
            f[r].At(t).Is(Eq.Re(Eq.Sum(Eq.All(k, Eq.Symbol("N")), h[r, k] * s[k].At(t)))),
            s[n].At(t).Is((lambda[n] * s[n].At(before)) - Eq.Sum(Eq.All(r, Eq.Symbol("R")), p[r, n] * f[r].At(before)) + (b[n] * Formula.At("v"))),
            new Formula(w[n].At(t).Is(Eq.Re(weight[n] * s[n].At(read))), "listed below as two waves, one of Re " + s.Name + "_n and one of Im " + s.Name + "_n"),
        ];
    }
}
