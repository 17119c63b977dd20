using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <content>The cells: the constant recurrence and the selective one, or why there is no code for them.</content>
internal sealed partial class LayerPlanner
{
    private RecurrenceStep? PlanCell(Layer layer, string name, string prefix, PlanView v)
    {
        Cell cell = layer.Cell;
        if (cell.Order != ReadOrder.PostUpdate)
        {
            Refusal = PlanFaults.NoLowering($"The recurrence of {name}", "its cells read the state before the update, for which no code is written yet; its operator can be inspected", null);
            return null;
        }

        return cell.IsConstant ? PlanScan(cell, name, prefix, v) : PlanSelectiveScan(cell, name, prefix, v);
    }

    private ScanStep PlanScan(Cell cell, string name, string prefix, PlanView v)
    {
        ConstantModes modes = ConstantModes.Of(cell);
        bool complex = cell.Field == Field.Complex;
        int parts = complex ? 2 : 1;
        int width = cell.OutputWidth;
        string layout = complex ? "[mode, (re, im), channel]" : "[mode, channel]";

        double Part(ComplexNumber z, int row) => complex && row % 2 == 1 ? z.Im : z.Re;
        TableHandle transition = builder.Table(
            prefix + "Eigenvalues",
            $"lambda, the discrete eigenvalues, {layout}.",
            cell.KeyWidth * parts,
            [width],
            (row, c) => Part(modes.Eigenvalue(c / cell.ValueWidth, row / parts), row));
        TableHandle weight = builder.Table(
            prefix + "Weights",
            $"w = gamma c b-bar, the weights of the waves, {layout}.",
            cell.KeyWidth * parts,
            [width],
            (row, c) => Part(modes.Weight(c / cell.ValueWidth, row / parts), row));
        TableHandle? skip = PlanSkip(cell, prefix, width);
        int columns = builder.Pad(width);
        StateAxis[] axes = complex
            ? [new StateAxis(width, 1), new StateAxis(cell.KeyWidth, 2 * columns), new StateAxis(2, columns)]
            : [new StateAxis(width, 1), new StateAxis(cell.KeyWidth, columns)];
        SlotHandle slot = builder.Slot(StateName(name, cell.StateName), cell.KeyWidth * parts, width, axes);
        PlanView o = builder.Acquire(width);
        return builder.Add(new ScanStep(name, v, o, cell.KeyWidth, complex, transition, weight, skip, slot));
    }

    private SelectiveScanStep? PlanSelectiveScan(Cell cell, string name, string prefix, PlanView v)
    {
        if (cell is not
            {
                Field: Field.Real,
                ValueWidth: 1,
                Gamma: 1,
                Rule: DiscretizationRule.ExponentialEuler,
                Transition: DiagonalTransition { A: ConstantParameter a },
                Delta: SelectiveParameter delta,
                B: SelectiveParameter b,
                C: SelectiveParameter c,
            })
        {
            Refusal = PlanFaults.NoLowering(
                $"The recurrence of {name}",
                "code is written only for selective cells that are real and diagonal, with constant A, selective Delta, B and C, one value per mode, gamma 1 and the rule exponential-euler; its operator can be inspected",
                null);
            return null;
        }

        var signals = new SignalPlanner(builder, name, prefix, v);
        PlanView deltaView = signals.Plan(delta.Signal);
        PlanView bView = signals.Plan(b.Signal);
        PlanView cView = signals.Plan(c.Signal);
        TableHandle transition = builder.Table(
            prefix + "Transition",
            "A, the continuous eigenvalues, [mode, channel].",
            cell.KeyWidth,
            [cell.Count],
            (k, g) => a.Value.Values[(g * cell.KeyWidth) + k]);
        TableHandle? skip = PlanSkip(cell, prefix, cell.Count);
        SlotHandle slot = builder.Slot(
            StateName(name, cell.StateName),
            cell.KeyWidth,
            cell.Count,
            [new StateAxis(cell.Count, 1), new StateAxis(cell.KeyWidth, builder.Pad(cell.Count))]);
        PlanView o = builder.Acquire(cell.Count);
        signals.Release();
        return builder.Add(new SelectiveScanStep(name, v, o, cell.KeyWidth, transition, deltaView, bView, cView, skip, slot));
    }

    private TableHandle? PlanSkip(Cell cell, string prefix, int width) => cell.Skip is { } skip
        ? builder.Table(prefix + "Skip", "D, the skip, [channel].", 1, [width], (_, c) => skip.Values[c / cell.ValueWidth])
        : null;
}
