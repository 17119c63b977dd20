using System;
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
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place, PlanView v)
    {
        bool complex = cell.Field == Field.Complex;
        int[] modes = [.. Enumerable.Repeat(cell.Modes, complex ? 2 : 1)]; // the real parts, then the imaginary ones
        TableHandle drive = builder.Table(
            place.Prefix + "Drive", (complex ? "b-bar, [input, (re, im), mode]." : "b-bar, [input, mode].") + TableOrigin.Of(cell.A, cell.Delta, cell.B), cell.Inputs, modes, (i, m) => DiscreteModes.Part(Bank.Drive(m % cell.Modes, i), m / cell.Modes));
        TableHandle transition = builder.Table(
            place.Prefix + "Eigenvalues", (complex ? "lambda, the discrete eigenvalues, [(re, im), mode]." : "lambda, the discrete eigenvalues, [mode].") + TableOrigin.Of(cell.A, cell.Delta), modes.Length, [cell.Modes], (part, m) => DiscreteModes.Part(Bank.Eigenvalue(m), part));
        TableHandle reads = builder.Table(
            place.Prefix + "Reads", (complex ? "gamma c, the imaginary parts negated, [(re, im), mode, readout]." : "gamma c, [mode, readout].") + TableOrigin.Of(cell.C), modes.Sum(), [cell.Outputs], Read);
        StateAxis[] axes = complex ? [new StateAxis(cell.Modes, 1), new StateAxis(2, builder.Pad(cell.Modes))] : [new StateAxis(cell.Modes, 1)];
        SlotHandle slot = builder.Slot(place.StateName, modes.Length, cell.Modes, axes);

        EquatableArray<PlanView> x = builder.AcquireParts(modes);
        builder.Add(new LinearStep(place.Heading, "x = B v", EquatableArray.Of(v), x, drive, null));
        EquatableArray<PlanView> s = x.Select(builder.Rewrite).ToEquatableArray();
        builder.Add(new ModeScanStep(place.Heading, x, s, transition, slot));
        PlanView o = builder.Acquire(cell.Outputs);
        builder.Add(new LinearStep(place.Heading, complex ? "o = Re(C s)" : "o = C s", s, EquatableArray.Of(o), reads, null));
        builder.Release(s[0]);
        TableHandle? skip = Bank.HasSkip ? builder.Table(place.Prefix + "Skip", "D, the skip, [channel]." + TableOrigin.Of(cell.Skip), 1, [cell.Outputs], (_, h) => Bank.Skip(h)) : null;
        if (skip is { } factor)
        {
            o = builder.Add(new SkipStep(place.Heading, v, o, factor, builder.Rewrite(o))).Target;
        }

        return new PlannedCell(o, new DescriptionCall(
            "ModeRows.Shared",
            DescriptionArgument.Of("inputs", cell.Inputs),
            DescriptionArgument.Of("readouts", cell.Outputs),
            DescriptionArgument.Of("modes", cell.Modes),
            DescriptionArgument.Of("complex", complex),
            DescriptionArgument.Of("eigenvalues", transition, cell.Modes),
            DescriptionArgument.Of("drive", drive, modes),
            DescriptionArgument.Of("reads", reads, cell.Outputs),
            DescriptionArgument.Of("skip", skip, cell.Outputs)));

        double Read(int row, int h) => row < cell.Modes ? Bank[h, row].Weight.Re : -Bank[h, row - cell.Modes].Weight.Im;
    }

    private protected override ModeBank MakeBank() => ModeBank.Shared(
        cell.Inputs,
        DiscreteModes.Eigenvalues(cell),
        DiscreteModes.InputWeights(cell),
        DiscreteModes.OutputWeights(cell),
        Skip());

    private protected override EquatableArray<Formula> Formulas() => CellFormulas.Shared(cell.Skip is not null);

    private protected override CellOperator Symbolic() => throw new InvalidOperationException("Shared modes have no symbols.");
}
