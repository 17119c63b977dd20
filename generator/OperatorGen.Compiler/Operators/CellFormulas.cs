using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Solves a cell's recurrence: waves, waves with symbols, or paths.</summary>
internal static class CellFormulas
{
    /// <summary>The operator of a cell.</summary>
    public static CellOperator Solve(Cell cell)
    {
        if (!cell.IsConstant)
        {
            return PathFormulas.Solve(cell);
        }

        return IsNumeric(cell)
            ? new WaveCell(cell.OutputWidth, Constant(cell.Skip is not null), OperatorDescriptions.Waves(cell))
            : SymbolicFormulas.Solve(cell);
    }

    /// <summary>The recurrence, the readout and the kernel of a constant cell.</summary>
    public static EquatableArray<Formula> Constant(bool hasSkip)
    {
        VariableExpression n = Eq.Symbol("n"), t = Eq.Symbol("t"), tau = Eq.Symbol("tau"), s = Eq.Symbol("s"), w = Eq.Symbol("w");
        VariableExpression lambda = Eq.Symbol("lambda"), weight = Eq.Symbol("weight"), skip = Eq.Symbol("D");
        IndexRange modes = Eq.All(n, Eq.Symbol("N"));
        List<Formula> formulas =
        [
            s[n].At(t).Is((lambda[n] * s[n].At(t - 1)) + Formula.At("v")),
            w[n].At(t).Is(Eq.Re(weight[n] * s[n].At(t))),
            Formula.At("o").Is(Eq.Sum(modes, w[n].At(t)) + (hasSkip ? Formula.At("d") : 0)),
        ];
        if (hasSkip)
        {
            formulas.Add(Formula.At("d").Is(skip * Formula.At("v")));
        }

        Expression kernel = Eq.Re(Eq.Sum(modes, weight[n] * lambda[n].Power(tau)));
        formulas.Add(Eq.Symbol("K").At(tau).Is(kernel + (hasSkip ? skip * Eq.Delta(tau, 0) : 0)));
        return formulas.ToEquatableArray();
    }

    private static bool IsNumeric(Cell cell) =>
        new[] { (cell.Transition as DiagonalTransition)?.A ?? (cell.Transition as ScalarTransition)?.A, cell.Delta, cell.B, cell.C }
            .OfType<ConstantParameter>().All(p => p.Value.IsNumeric)
        && cell.Skip?.IsNumeric != false;
}
