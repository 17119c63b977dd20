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
        string skip = hasSkip ? " + d(t)" : "";
        List<Formula> formulas =
        [
            new("s_n(t) = lambda_n s_n(t-1) + v(t)", @"s_n(t) = \lambda_n s_n(t-1) + v(t)"),
            new("w_n(t) = Re(weight_n s_n(t))", @"w_n(t) = \operatorname{Re}\left(\mathrm{weight}_n s_n(t)\right)"),
            new($"o(t) = sum_n w_n(t){skip}", $@"o(t) = \sum_n w_n(t){skip}"),
        ];
        if (hasSkip)
        {
            formulas.Add(new("d(t) = D v(t)", "d(t) = D v(t)"));
        }

        formulas.Add(new(
            $"K(tau) = Re(sum_n weight_n lambda_n^tau){(hasSkip ? " + D [tau = 0]" : "")}",
            $@"K(\tau) = \operatorname{{Re}} \sum_n \mathrm{{weight}}_n \lambda_n^{{\tau}}{(hasSkip ? @" + D \delta_{\tau 0}" : "")}"));
        return formulas.ToEquatableArray();
    }

    private static bool IsNumeric(Cell cell) =>
        new[] { (cell.Transition as DiagonalTransition)?.A ?? (cell.Transition as ScalarTransition)?.A, cell.Delta, cell.B, cell.C }
            .OfType<ConstantParameter>().All(p => p.Value.IsNumeric)
        && cell.Skip?.IsNumeric != false;
}
