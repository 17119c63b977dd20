using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>Stub.</summary>
internal sealed class LinearCdeLowering(LinearCde cell) : Lowering
{
    internal override string? Refusal => "not yet";

    /// <inheritdoc/>
    public override RecurrenceDescription Describe() => throw new System.NotSupportedException(cell.Text);

    /// <inheritdoc/>
    public override CellOperator Solve() => throw new System.NotSupportedException();

    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => null;

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place) => throw new System.NotSupportedException();
}
