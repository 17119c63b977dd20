using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// Writes a selective cell in path form (the recurrence unrolled; Cirone et al. 2024 take it from there to signatures):
/// the state is the sum over all past inputs, each carried by the product of the gates since.
/// </summary>
internal static class PathFormulas
{
    /// <summary>The path form of a cell.</summary>
    public static PathCell Solve(SelectiveCell cell)
    {
        var signals = new SignalNames();
        string delta = signals.Name(cell.Delta, "Delta");
        string b = signals.Name(cell.B, "B");
        string c = signals.Name(cell.C, "C");
        string skip = cell.Skip is null ? "" : " + D v(t)";
        (string gateText, string gateLatex) = Gate(cell.Rule, delta);
        (string inputText, string inputLatex) = Input(cell.Rule, delta, b);
        string gamma = cell.Gamma == 1 ? "" : NumberText.Format(cell.Gamma) + " ";
        List<Formula> formulas =
        [
            new("s_n(t) = sum_(tau <= t) (prod_(r = tau+1..t) gate_n(r)) input_n(tau)", @"s_n(t) = \sum_{\tau \le t} \Bigl(\prod_{r=\tau+1}^{t} \alpha_n(r)\Bigr) \beta_n(\tau)"),
            new($"gate_n(t) = {gateText}", $@"\alpha_n(t) = {gateLatex}"),
            new($"input_n(t) = {inputText}", $@"\beta_n(t) = {inputLatex}"),
            new($"o(t) = {gamma}sum_n {c}_n(t) s_n(t){skip}", $@"o(t) = {gamma}\sum_n {c}_n(t)\, s_n(t){skip}"),
        ];
        formulas.AddRange(signals.Formulas);
        return new PathCell(cell.OutputWidth, cell.KeyWidth, formulas.ToEquatableArray());
    }

    private static (string Text, string Latex) Gate(DiscretizationRule rule, string delta) => rule switch
    {
        DiscretizationRule.Bilinear => ($"(1 + {delta}(t) A_n / 2) / (1 - {delta}(t) A_n / 2)", @"\frac{1 + \Delta(t) A_n / 2}{1 - \Delta(t) A_n / 2}"),
        DiscretizationRule.None => ("A_n(t)", "A_n(t)"),
        _ => ($"exp({delta}(t) A_n)", @"e^{\Delta(t) A_n}"),
    };

    private static (string Text, string Latex) Input(DiscretizationRule rule, string delta, string b) => rule switch
    {
        DiscretizationRule.ZeroOrderHold => ($"(exp({delta}(t) A_n) - 1) / A_n {b}_n(t) v(t)", $@"\frac{{e^{{\Delta(t) A_n}} - 1}}{{A_n}} {b}_n(t)\, v(t)"),
        DiscretizationRule.Bilinear => ($"{delta}(t) / (1 - {delta}(t) A_n / 2) {b}_n(t) v(t)", $@"\frac{{\Delta(t)}}{{1 - \Delta(t) A_n / 2}} {b}_n(t)\, v(t)"),
        DiscretizationRule.None => ($"{b}_n(t) v(t)", $@"{b}_n(t)\, v(t)"),
        _ => ($"{delta}(t) {b}_n(t) v(t)", $@"\Delta(t)\, {b}_n(t)\, v(t)"),
    };
}
