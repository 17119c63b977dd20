using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>Cells whose parameters depend on the input: the path form as operator; the scans are <see cref="SelectiveCellScans"/>'.</summary>
internal sealed class SelectiveCellLowering(SelectiveCell cell) : Lowering
{
    /// <inheritdoc/>
    internal override string? Refusal =>
        SelectiveCellScans.IsChannelWise(cell) ? null
        : cell is { Transition: StepTransition, HasGatePerKey: true, KeyWidth: > 1 } ? Only("cells with a step size and an eigenvalue per key have one value per key and are read after the update")
        : cell.Key?.Field == Field.Complex || cell.Query?.Field == Field.Complex ? Only("complex keys and queries are those of cells with one value per key and constant eigenvalues")
        : cell.Field == Field.Complex && cell.Transition is not GateTransition ? Only("complex cells of several values have complex gates that are signals")
        : cell is { Transition: DeltaTransition, Order: ReadOrder.PreUpdate } ? Only("cells with a delta rule are read after the update")
        : cell is { Transition: DeltaTransition } and ({ Key: null } or { Query: null }) ? Only("cells with a delta rule have keys and queries")
        : cell is { Bonus: not null } and ({ Key: null } or { Query: null } or { Order: ReadOrder.PostUpdate }) ? Only("a bonus belongs to a read before the update of cells with keys and queries")
        : null;

    /// <inheritdoc/>
    public override RecurrenceDescription Describe() => SelectiveCellDescription.Of(cell);

    /// <inheritdoc/>
    public override CellOperator Solve() => SelectiveCellPaths.Solve(cell);

    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => null;

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place)
    {
        var scans = new SelectiveCellScans(cell, builder, place);
        return new PlannedCell(scans.Describe, scans.Plan);
    }

    private static string Only(string what) => $"code is written only where {what}; its operator can be inspected";
}
