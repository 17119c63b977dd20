using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// Modes of one channel each. Unless the state is read and written by name, it has a unit input weight: b-bar is folded into the read, w = gamma c b-bar, which is
/// the same function and one multiplication less.
/// </summary>
internal sealed class ChannelModesLowering(ChannelModes cell) : ModeLowering(cell)
{
    private ComplexNumber[] Input => field ??= DiscreteModes.InputWeights(cell); // b-bar, [channel, mode]

    private ComplexNumber[] Output => field ??= DiscreteModes.OutputWeights(cell); // gamma c, [readout, mode]

    private bool Folds => cell.StateName is null;

    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => DiscreteModes.Rate(cell, (readout % cell.Channels * cell.Modes) + wave);

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place, PlanView v)
    {
        bool complex = cell.Field == Field.Complex;
        int parts = complex ? 2 : 1;
        int rows = cell.Modes * parts;
        int[] channels = [cell.Channels];
        int[] readouts = [.. Enumerable.Repeat(cell.Channels, cell.Reads)];
        string layout = complex ? "[mode, (re, im), channel]" : "[mode, channel]";
        TableHandle transition = builder.Table(
            place.Prefix + "Eigenvalues", $"lambda, the discrete eigenvalues, {layout}.", rows, channels, (row, c) => DiscreteModes.Part(Bank[c, row / parts].Eigenvalue, row % parts));
        TableHandle? input = Folds
            ? null
            : builder.Table(place.Prefix + "Inputs", $"b-bar, the input weights of the modes, {layout}.", rows, channels, (row, c) => DiscreteModes.Part(Input[(c * cell.Modes) + (row / parts)], row % parts));
        TableHandle weight = builder.Table(
            place.Prefix + "Weights",
            Folds ? $"w = gamma c b-bar, the weights of the waves, {layout}." : $"w = gamma c, the weights of the modes, {layout}.",
            rows,
            readouts,
            (row, h) => DiscreteModes.Part(Folds ? Bank[h, row / parts].Weight : Output[(h * cell.Modes) + (row / parts)], row % parts));
        TableHandle? skip = Bank.HasSkip ? builder.Table(place.Prefix + "Skip", "D, the skip, [channel].", 1, readouts, (_, h) => Bank.Skip(h)) : null;
        int columns = builder.Pad(cell.Channels);
        StateAxis[] axes = complex
            ? [new StateAxis(cell.Channels, 1), new StateAxis(cell.Modes, 2 * columns), new StateAxis(2, columns)]
            : [new StateAxis(cell.Channels, 1), new StateAxis(cell.Modes, columns)];
        SlotHandle slot = builder.Slot(place.StateName, rows, cell.Channels, axes);
        EquatableArray<PlanView> o = builder.AcquireParts(readouts);
        builder.Add(new ScanStep(place.Heading, v, o, cell.Modes, complex, transition, input, weight, skip, slot));
        return new PlannedCell(Packed(builder, place, o), new DescriptionCall(
            "ModeRows.PerChannel",
            DescriptionArgument.Of(cell.Channels),
            DescriptionArgument.Of(cell.Modes),
            DescriptionArgument.Of(complex),
            DescriptionArgument.Of(transition, channels),
            DescriptionArgument.Of(input, channels),
            DescriptionArgument.Of(weight, readouts),
            DescriptionArgument.Of(skip, readouts)));
    }

    private static PlanView Packed(PlanBuilder builder, CellPlace place, EquatableArray<PlanView> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        PlanView packed = builder.Acquire(parts.Sum(part => part.Width));
        builder.Add(new PackStep(place.Heading, parts, packed));
        builder.Release(parts[0]);
        return packed;
    }

    private protected override ModeBank MakeBank()
    {
        var weights = new ComplexNumber[Output.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Output[i] * Input[i % Input.Length];
        }

        return ModeBank.PerChannel(cell.Channels, DiscreteModes.Eigenvalues(cell), weights, Skip());
    }

    private protected override EquatableArray<Formula> Formulas() => CellFormulas.Constant(cell.Skip is not null);

    private protected override CellOperator Symbolic() => ChannelModesSymbols.Solve(cell);
}
