using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// Modes that all channels share: a linear map drives them, a scan with modes as lanes moves them on, a linear map reads them, and the skip is added.
/// </summary>
internal sealed class SharedModesLowering(SharedModes cell) : ModeLowering(cell)
{
    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => DiscreteModes.Rate(cell, wave);

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place, PlanView v) => throw new System.NotSupportedException("planned after the steps have their new form");

    private protected override ModeBank MakeBank() => ModeBank.Shared(
        cell.Inputs,
        DiscreteModes.Eigenvalues(cell),
        DiscreteModes.InputWeights(cell),
        [.. DiscreteModes.OutputWeights(cell).Select(c => cell.Gamma * c)],
        Skip());

    private protected override EquatableArray<Formula> Formulas() => CellFormulas.Shared(cell.Skip is not null);

    private protected override CellOperator Symbolic() => throw new System.InvalidOperationException("Shared modes have no symbols.");
}
