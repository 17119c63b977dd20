using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>Cells whose parameters depend on the input: the path form as operator; code for Mamba's kind.</summary>
internal sealed class SelectiveCellLowering(SelectiveCell cell) : Lowering
{
    /// <inheritdoc/>
    internal override string? Refusal =>
        cell.Order != ReadOrder.PostUpdate ? "its cells read the state before the update, for which no code is written yet; its operator can be inspected"
        : cell is
        {
            Field: Field.Real,
            ValueWidth: 1,
            Gamma: 1,
            Rule: DiscretizationRule.ExponentialEuler,
            Transition: DiagonalTransition { A: ConstantParameter },
            Delta: SelectiveParameter,
            B: SelectiveParameter,
            C: SelectiveParameter,
        } ? null
        : "code is written only for selective cells that are real and diagonal, with constant A, selective Delta, B and C, one value per mode, gamma 1 and the rule exponential-euler; its operator can be inspected";

    /// <inheritdoc/>
    public override RecurrenceDescription Describe() => new SelectiveRecurrence(cell.InputWidth, cell.OutputWidth, cell.KeyWidth, [.. Solve().Formulas.Select(formula => formula.Text)]);

    /// <inheritdoc/>
    public override CellOperator Solve() => SelectiveCellPaths.Solve(cell);

    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => null;

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place) => new(
        new DescriptionCall(
            "new SelectiveRecurrence", DescriptionArgument.Of("inputs", cell.InputWidth), DescriptionArgument.Of("readouts", cell.OutputWidth), DescriptionArgument.Of("modes", cell.KeyWidth),
            DescriptionArgument.Of("formulas", Solve().Formulas.Select(formula => formula.Text))),
        v => Scan(builder, place, v));

    private PlanView Scan(PlanBuilder builder, CellPlace place, PlanView v)
    {
        Tensor a = ((ConstantParameter)cell.Transition.Parameter).Value;
        var signals = new SignalPlanner(builder, place.Heading, place.Prefix, v);
        PlanView delta = signals.Plan(((SelectiveParameter)cell.Delta).Signal);
        PlanView b = signals.Plan(((SelectiveParameter)cell.B).Signal);
        PlanView c = signals.Plan(((SelectiveParameter)cell.C).Signal);
        TableHandle transition = builder.Table(place.Prefix + "Transition", "A, the continuous eigenvalues, [mode, channel]." + TableOrigin.Of(a), cell.KeyWidth, [cell.Count], (k, g) => a.Values[(g * cell.KeyWidth) + k]);
        TableHandle? skip = cell.Skip is { } d ? builder.Table(place.Prefix + "Skip", "D, the skip, [channel]." + TableOrigin.Of(d), 1, [cell.Count], (_, g) => d.Values[g]) : null;
        SlotHandle slot = builder.Slot(place.StateName, cell.KeyWidth, cell.Count, [new StateAxis(cell.Count, 1), new StateAxis(cell.KeyWidth, builder.Pad(cell.Count))]);
        PlanView o = builder.Acquire(cell.Count);
        signals.Release();
        builder.Add(new SelectiveScanStep(place.Heading, v, o, cell.KeyWidth, transition, delta, b, c, skip, slot));
        return o;
    }
}
