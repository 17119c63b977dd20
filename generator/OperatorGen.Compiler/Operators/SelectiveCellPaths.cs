using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// Writes a selective cell in path form (the recurrence unrolled; Cirone et al. 2024 take it from there to signatures):
/// the state is the sum over all past inputs, each carried by the product of the gates since.
/// </summary>
internal static class SelectiveCellPaths
{
    /// <summary>The path form of a cell.</summary>
    public static PathCell Solve(SelectiveCell cell)
    {
        VariableExpression n = Eq.Symbol("n"), t = Eq.Symbol("t"), tau = Eq.Symbol("tau"), r = Eq.Symbol("r"), s = Eq.Symbol("s");
        VariableExpression gate = Eq.Symbol("gate", typeset: "alpha"), input = Eq.Symbol("input", typeset: "beta");
        Expression readout = Eq.Number(cell.Gamma) * Eq.Sum(Eq.All(n, Eq.Symbol("N")), Eq.Symbol("C")[n].At(t) * s[n].At(t));
        Formula?[] formulas =
        [
            s[n].At(t).Is(Eq.Sum(Eq.Past(tau, t), Eq.Product(Eq.Between(r, tau + 1, t), gate[n].At(r)) * input[n].At(tau))),
            gate[n].At(t).Is(Discretized.Eigenvalue(cell.Rule, Formula.At("Delta"), cell.Rule == DiscretizationRule.None ? Eq.Symbol("A")[n].At(t) : Eq.Symbol("A")[n])),
            input[n].At(t).Is(Discretized.InputWeight(cell.Rule, Formula.At("Delta"), Eq.Symbol("A")[n]) * Eq.Symbol("B")[n].At(t) * Formula.At("v")),
            Formula.At("o").Is(readout + (cell.Skip is null ? 0 : Eq.Symbol("D") * Formula.At("v"))),
            Signal("Delta", cell.Delta),
            Signal("B", cell.B),
            Signal("C", cell.C),
        ];
        return new PathCell(cell.OutputWidth, cell.KeyWidth, formulas.OfType<Formula>().ToEquatableArray());
    }

    /// <summary>What a parameter is as a function of the input; null where it is constant.</summary>
    private static Formula? Signal(string name, Parameter parameter) =>
        parameter is SelectiveParameter selective ? new Formula(Formula.At(name).Is(Tree(selective.Signal))) : null;

    private static Expression Tree(Signal signal) => signal switch
    {
        CellInputSignal => Formula.At("v"),
        ProjectedSignal s => Eq.Name(s.Name).At(Tree(s.Source)),
        SlicedSignal s => Tree(s.Source).Slice(s.Start, s.Start + s.Width),
        MappedSignal s => Eq.Name(s.Function.Name).At(Tree(s.Source)),
        _ => throw new NotSupportedException($"There is no formula for a {signal.GetType().Name}."),
    };
}
