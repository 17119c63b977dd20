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
    public override ComplexNumber? Rate(int readout, int wave) => DiscreteModes.Rate(cell, wave % cell.Modes);

    private bool Complex => cell.Field == Field.Complex;

    private int[] Parts => [.. Enumerable.Repeat(cell.Modes, Complex ? 2 : 1)]; // the real parts, then the imaginary ones

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place)
    {
        int[] modes = Parts;
        TableHandle drive = builder.Matrix(
            place.Prefix + "Drive", (Complex ? "b-bar, [input, (re, im), mode]." : "b-bar, [input, mode].") + TableOrigin.Of(cell.A, cell.Delta, cell.B), cell.Inputs, modes, (i, m) => DiscreteModes.Part(Bank.Drive(m % cell.Modes, i), m / cell.Modes));
        TableHandle transition = builder.Table(
            place.Prefix + "Eigenvalues", (Complex ? "lambda, the discrete eigenvalues, [(re, im), mode]." : "lambda, the discrete eigenvalues, [mode].") + TableOrigin.Of(cell.A, cell.Delta), modes.Length, [cell.Modes], (part, m) => DiscreteModes.Part(Bank.Eigenvalue(m), part));
        TableHandle reads = Reads(builder, place.Prefix + "Reads", "", cell.C, 0);
        TableHandle? skip = cell.Skip is not null ? builder.Table(place.Prefix + "Skip", "D, the skip, [channel]." + TableOrigin.Of(cell.Skip), 1, [cell.Outputs], (_, h) => Bank.Skip(h)) : null;
        DescriptionCall forward = Described(transition, drive, reads, skip);
        if (cell.Backward is not { } read)
        {
            return new PlannedCell(() => forward, Forward);
        }

        TableHandle backwardReads = Reads(builder, place.Prefix + "BackwardReads", " of the modes that run backward", read.C, cell.Modes);
        return new PlannedCell(
            () => DescriptionCall.BothDirections(forward, Described(transition, drive, backwardReads, null), read.Delay),
            Forward,
            v => Scan(builder, place, v, drive, transition, backwardReads, new ModeTiming(Backward: true, read.Delay)));

        PlanView Forward(PlanView v)
        {
            PlanView o = Scan(builder, place, v, drive, transition, reads, default);
            return skip is { } factor ? builder.Add(new SkipStep(place.Heading, v, o, factor, builder.Rewrite(o))).Target : o;
        }
    }

    /// <summary>The read weights of one direction.</summary>
    /// <param name="builder">Where the table goes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="whose">Of which modes, for its summary.</param>
    /// <param name="c">Where they come from.</param>
    /// <param name="first">The first wave of the direction.</param>
    private TableHandle Reads(PlanBuilder builder, string name, string whose, Tensor c, int first)
    {
        return builder.Matrix(
            name, (Complex ? $"gamma c{whose}, the imaginary parts negated, [(re, im), mode, readout]." : $"gamma c{whose}, [mode, readout].") + TableOrigin.Of(c), Parts.Sum(), [cell.Outputs], Read);

        double Read(int row, int h) => row < cell.Modes ? Bank[h, first + row].Weight.Re : -Bank[h, first + row - cell.Modes].Weight.Im;
    }

    private PlanView Scan(PlanBuilder builder, CellPlace place, PlanView v, TableHandle drive, TableHandle transition, TableHandle reads, ModeTiming timing)
    {
        StateAxis[] axes = Complex ? [new StateAxis(cell.Modes, 1), new StateAxis(2, builder.Pad(cell.Modes))] : [new StateAxis(cell.Modes, 1)];
        SlotHandle slot = builder.Slot(place.StateName, Parts.Length, cell.Modes, axes);
        EquatableArray<PlanView> x = builder.AcquireParts(Parts);
        builder.Add(new LinearStep(place.Heading, "x = B v", EquatableArray.Of(v), x, drive, null));
        EquatableArray<PlanView> s = x.Select(builder.Rewrite).ToEquatableArray();
        builder.Add(new ModeScanStep(place.Heading, x, s, transition, slot) { Timing = timing });
        PlanView o = builder.Acquire(cell.Outputs);
        builder.Add(new LinearStep(place.Heading, Complex ? "o = Re(C s)" : "o = C s", s, EquatableArray.Of(o), reads, null));
        builder.Release(s[0]);
        return o;
    }

    private DescriptionCall Described(TableHandle transition, TableHandle drive, TableHandle reads, TableHandle? skip) => new(
        "ModeRows.Shared",
        DescriptionArgument.Of("inputs", cell.Inputs),
        DescriptionArgument.Of("readouts", cell.Outputs),
        DescriptionArgument.Of("modes", cell.Modes),
        DescriptionArgument.Of("complex", Complex),
        DescriptionArgument.Of("eigenvalues", transition, cell.Modes),
        DescriptionArgument.Of("drive", drive, Parts),
        DescriptionArgument.Of("reads", reads, cell.Outputs),
        DescriptionArgument.Of("skip", skip, cell.Outputs));

    private protected override ModeBank MakeBank()
    {
        ComplexNumber[] eigenvalues = DiscreteModes.Eigenvalues(cell);
        ComplexNumber[] drive = DiscreteModes.InputWeights(cell);
        var forward = ModeBank.Shared(cell.Inputs, eigenvalues, drive, DiscreteModes.OutputWeights(cell), Skip());
        return cell.Backward is { } backward
            ? ModeBank.BothDirections(forward, ModeBank.Shared(cell.Inputs, eigenvalues, drive, DiscreteModes.OutputWeights(cell, backward.C), null), backward.Delay)
            : forward;
    }

    private protected override EquatableArray<Formula> Formulas() => CellFormulas.Shared(cell.Skip is not null, CellFormulas.Directions.Of(cell));

    private protected override CellOperator Symbolic() => throw new InvalidOperationException("Shared modes have no symbols.");
}
