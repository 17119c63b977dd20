using System;
using System.Collections.Generic;
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
        EquatableArray<PlanView> o = builder.AcquireParts([.. Enumerable.Repeat(cell.Channels, cell.Reads)]);
        ChannelGroup[] groups = [.. Groups(builder.Lanes)];
        if (groups.Length == 1)
        {
            DescriptionCall description = Plan(builder, place, groups[0], v, o);
            return new PlannedCell(builder.Packed(place.Heading, o), description);
        }

        DescriptionArgument[] parts =
        [
            .. groups.Select((group, i) => DescriptionArgument.Of(Plan(
                builder, place with { Prefix = place.Prefix + "Group" + NumberText.Format(i) }, group, group.Of(v), EquatableArray.Of(group.Of(o[0]))))),
        ];
        return new PlannedCell(o[0], new DescriptionCall("ModeRows.SideBySide", parts));
    }

    /// <summary>The scan of one group of channels.</summary>
    private DescriptionCall Plan(PlanBuilder builder, CellPlace place, ChannelGroup group, PlanView v, EquatableArray<PlanView> o)
    {
        bool complex = cell.Field == Field.Complex;
        int parts = complex ? 2 : 1;
        int rows = group.Modes * parts;
        int[] channels = [group.Channels];
        int[] readouts = [.. o.Select(view => view.Width)];
        string layout = complex ? "[mode, (re, im), channel]" : "[mode, channel]";
        TableHandle transition = builder.Table(
            place.Prefix + "Eigenvalues", $"lambda, the discrete eigenvalues, {layout}." + TableOrigin.Of(cell.A, cell.Delta), rows, channels, (row, c) => DiscreteModes.Part(Bank[group.Start + c, row / parts].Eigenvalue, row % parts));
        TableHandle? input = Folds
            ? null
            : builder.Table(place.Prefix + "Inputs", $"b-bar, the input weights of the modes, {layout}." + TableOrigin.Of(cell.A, cell.Delta, cell.B), rows, channels, (row, c) => DiscreteModes.Part(Input[(c * cell.Modes) + (row / parts)], row % parts));
        TableHandle weight = builder.Table(
            place.Prefix + "Weights",
            Folds
                ? $"w = gamma c b-bar, the weights of the waves, {layout}." + TableOrigin.Of(cell.C, cell.A, cell.Delta, cell.B)
                : $"w = gamma c, the weights of the modes, {layout}." + TableOrigin.Of(cell.C),
            rows,
            readouts,
            (row, h) => DiscreteModes.Part(Folds ? Bank[group.Start + h, row / parts].Weight : Output[(h * cell.Modes) + (row / parts)], row % parts));
        TableHandle? skip = Bank.HasSkip
            ? builder.Table(place.Prefix + "Skip", "D, the skip, [channel]." + TableOrigin.Of(cell.Skip), 1, readouts, (_, h) => Bank.Skip(group.Start + h))
            : null;
        int columns = builder.Pad(group.Channels);
        StateAxis[] axes = complex
            ? [new StateAxis(group.Channels, 1), new StateAxis(group.Modes, 2 * columns), new StateAxis(2, columns)]
            : [new StateAxis(group.Channels, 1), new StateAxis(group.Modes, columns)];
        SlotHandle slot = builder.Slot(place.StateName, rows, group.Channels, axes);
        builder.Add(new ScanStep(place.Heading, v, o, group.Modes, complex, transition, input, weight, skip, slot));
        return new DescriptionCall(
            "ModeRows.PerChannel",
            DescriptionArgument.Of("channels", group.Channels),
            DescriptionArgument.Of("modes", group.Modes),
            DescriptionArgument.Of("complex", complex),
            DescriptionArgument.Of("eigenvalues", transition, channels),
            DescriptionArgument.Of("drive", input, channels),
            DescriptionArgument.Of("weights", weight, readouts),
            DescriptionArgument.Of("skip", skip, readouts));
    }

    /// <summary>
    /// Channels that share a vector have as many modes as the one that needs most; neighbours that need as many are one group. A mode at the end of a channel that
    /// is not read needs no slot, unless the state has a name. Channels with several readouts stay together.
    /// </summary>
    private IEnumerable<ChannelGroup> Groups(int lanes)
    {
        if (!Folds || cell.Reads > 1)
        {
            yield return new ChannelGroup(0, cell.Channels, cell.Modes);
            yield break;
        }

        for (int start = 0, next; start < cell.Channels; start = next)
        {
            next = Math.Min(start + lanes, cell.Channels);
            int modes = Needed(start, lanes);
            while (next < cell.Channels && Needed(next, lanes) == modes)
            {
                next = Math.Min(next + lanes, cell.Channels);
            }

            yield return new ChannelGroup(start, next - start, modes);
        }
    }

    private int Needed(int start, int lanes) => Enumerable.Range(start, Math.Min(lanes, cell.Channels - start))
        .Max(c => Math.Max(1, 1 + Enumerable.Range(0, cell.Modes).Where(n => Bank[c, n].Weight != ComplexNumber.Zero).DefaultIfEmpty(0).Max()));

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

    /// <summary>Neighbouring channels that are scanned with as many modes.</summary>
    private sealed record ChannelGroup(int Start, int Channels, int Modes)
    {
        /// <summary>Their columns of a view of all channels.</summary>
        public PlanView Of(PlanView view) => view with { Column = view.Column + Start, Width = Channels };
    }
}
