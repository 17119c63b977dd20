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
public sealed class ChannelModesLowering(ChannelModes cell) : ModeLowering(cell)
{
    // Tables of twice the size are read once per chunk. Where they come from memory, that costs what the arithmetic saves.
    private const long MostLookAheadNumbers = 1L << 20;

    private ComplexNumber[] Input => field ??= DiscreteModes.InputWeights(cell); // b-bar, [channel, mode]

    private ComplexNumber[] Output => field ??= DiscreteModes.OutputWeights(cell); // gamma c, [readout, mode]

    private bool Folds => cell.StateName is null;

    /// <summary>Whether the modes are scanned two steps at a time.</summary>
    /// <exception cref="InvalidOperationException">The form is not known.</exception>
    public bool LooksAhead => FormOf(ElementType.Single) != ScanForm.StepByStep; // for each type alike

    /// <summary>
    /// The form of the scan. Two steps at a time take 9 N + 3 multiply-adds instead of 12 N + 2, for N modes of a channel, and tables of twice the size. Channels or modes are side
    /// by side in a vector, whichever takes fewer vector operations. All by shapes alone, so that a packed file fits code that is made of shapes.
    /// </summary>
    /// <param name="element">The number type of the code.</param>
    /// <exception cref="InvalidOperationException">The form is not known.</exception>
    public ScanForm FormOf(ElementType element)
    {
        int lanes = EvaluationPlan.LanesOf(element);
        return cell.Form switch
        {
            ScanForm.StepByStep => ScanForm.StepByStep,
            ScanForm.LookAhead or ScanForm.LookAheadOfModes => CanLookAhead ? cell.Form : ScanForm.StepByStep,
            ScanForm.Counted when !CanLookAhead || (long)LookAhead.Rows(cell.Modes) * cell.Channels > MostLookAheadNumbers => ScanForm.StepByStep,
            ScanForm.Counted => NarrowScanStep.Vectors(cell.Channels, cell.Modes, lanes) < LookAheadScanStep.Vectors(cell.Channels, cell.Modes, lanes) ? ScanForm.LookAheadOfModes : ScanForm.LookAhead,
            _ => throw new InvalidOperationException($"The form {cell.Form} is not known."),
        };
    }

    private bool CanLookAhead => cell is { Field: Field.Complex, Reads: 1, IsCausal: true } && Folds;

    private bool HasGroups => Folds && cell.Reads == 1;

    /// <inheritdoc/>
    public override ComplexNumber? Rate(int readout, int wave) => DiscreteModes.Rate(cell, (readout % cell.Channels * cell.Modes) + (wave % cell.Modes));

    /// <inheritdoc/>
    internal override PlannedCell Plan(PlanBuilder builder, CellPlace place)
    {
        ScanForm form = FormOf(builder.Element);
        ChannelGroup[] groups = form == ScanForm.LookAheadOfModes ? [new ChannelGroup(0, cell.Channels, cell.Modes)] : [.. Groups(builder)];
        ScanTables[] tables =
        [
            .. groups.Select((group, i) => Tables(builder, groups.Length == 1 ? place.Prefix : place.Prefix + "Group" + NumberText.Format(i), group, form)),
        ];
        DescriptionCall forward = Described(tables, table => table.Weight, table => table.Skip);
        if (cell.Backward is not { } read)
        {
            return new PlannedCell(() => Read(builder, forward), v => Scan(builder, place, tables, v, default));
        }

        DescriptionCall backward = Described(tables, table => table.BackwardWeight!.Value, _ => null);
        return new PlannedCell(
            () => Read(builder, DescriptionCall.BothDirections(forward, backward, read.Delay)),
            v => Scan(builder, place, tables, v, default),
            v => Scan(builder, place, tables, v, new ModeTiming(Backward: true, read.Delay)));
    }

    /// <summary>The tables of one group of channels.</summary>
    private ScanTables Tables(PlanBuilder builder, string prefix, ChannelGroup group, ScanForm form)
    {
        int parts = cell.Field == Field.Complex ? 2 : 1;
        int rows = group.Modes * parts;
        int[] channels = [group.Channels];
        int[] readouts = [.. Enumerable.Repeat(group.Channels, cell.Reads)];
        string layout = parts == 2 ? "[mode, (re, im), channel]" : "[mode, channel]";
        TableHandle transition = builder.Table(
            prefix + "Eigenvalues", $"lambda, the discrete eigenvalues, {layout}." + TableOrigin.Of(cell.A, cell.Delta), rows, channels, (row, c) => DiscreteModes.Part(Bank[group.Start + c, row / parts].Eigenvalue, row % parts));
        TableHandle? input = Folds
            ? null
            : builder.Table(prefix + "Inputs", $"b-bar, the input weights of the modes, {layout}." + TableOrigin.Of(cell.A, cell.Delta, cell.B), rows, channels, (row, c) => DiscreteModes.Part(Input[(c * cell.Modes) + (row / parts)], row % parts));
        TableHandle weight = builder.Table(
            prefix + "Weights",
            Folds
                ? $"w = gamma c b-bar, the weights of the waves, {layout}." + TableOrigin.Of(cell.C, cell.A, cell.Delta, cell.B)
                : $"w = gamma c, the weights of the modes, {layout}." + TableOrigin.Of(cell.C),
            rows,
            readouts,
            (row, h) => DiscreteModes.Part(Folds ? Bank[group.Start + h, row / parts].Weight : Output[(h * cell.Modes) + (row / parts)], row % parts));
        TableHandle? skip = cell.Skip is not null
            ? builder.Table(prefix + "Skip", "D, the skip, [channel]." + TableOrigin.Of(cell.Skip), 1, readouts, (_, h) => Bank.Skip(group.Start + h))
            : null;
        TableHandle? backward = cell.Backward is { } read
            ? builder.Table(
                prefix + "BackwardWeights",
                $"w = gamma c b-bar, the weights of the waves that run backward, {layout}." + TableOrigin.Of(read.C, cell.A, cell.Delta, cell.B),
                rows,
                readouts,
                (row, h) => DiscreteModes.Part(Bank[group.Start + h, cell.Modes + (row / parts)].Weight, row % parts))
            : null;
        double[]? numbers = form != ScanForm.StepByStep && builder.HasNumbers ? Numbers(builder, group, builder.Element == ElementType.Single) : null;
        bool fits = numbers is null || numbers.All(number => !double.IsNaN(number) && !double.IsInfinity(number));
        if (!fits && builder.ByShapes)
        {
            // Code that is made of shapes has the products: the builder notes which number does not fit.
            foreach (double number in Numbers(builder, group, single: false))
            {
                builder.Round(number, prefix + "LookAhead");
            }
        }

        // Code that has the numbers does without, where a product is beyond the range of the element type.
        return new ScanTables(group, transition, input, weight, skip, backward)
        {
            LookAhead = fits && form == ScanForm.LookAhead ? Products(builder, prefix, group, new TableProducts(transition, weight, skip, group.Modes, group.Channels), numbers) : null,
            Narrow = fits && form == ScanForm.LookAheadOfModes ? Narrow(builder, prefix, group, numbers) : null,
        };
    }

    private string Origin => TableOrigin.Of(cell.A, cell.Delta, cell.B, cell.C, cell.Skip);

    /// <summary>The table of two steps at a time.</summary>
    private TableHandle Products(PlanBuilder builder, string prefix, ChannelGroup group, TableProducts products, double[]? numbers) => builder.Products(
        prefix + "LookAhead",
        "Two steps at a time: k0 and k1, then c, d, e, f, P, Q, br and bi of every mode, [row, channel]." + Origin,
        LookAhead.Rows(group.Modes),
        products,
        (row, c) => numbers![(row * group.Channels) + c]);

    /// <summary>The tables of two steps at a time with modes side by side: few numbers, which are in the code.</summary>
    private (TableHandle Inputs, TableHandle Modes) Narrow(PlanBuilder builder, string prefix, ChannelGroup group, double[]? numbers) => (
        builder.Table(
            prefix + "LookAheadInputs",
            "Two steps at a time: k0 and k1, [row, channel]." + Origin,
            LookAhead.InputRows,
            [group.Channels],
            (row, c) => numbers![(row * group.Channels) + c]),
        builder.Table(
            prefix + "LookAhead",
            "Two steps at a time: c, d, e, f, P, Q, br and bi of every channel, [channel, row, mode]." + Origin,
            LookAhead.ModeRows * group.Channels,
            [group.Modes],
            (row, n) => numbers![((LookAhead.InputRows + (LookAhead.ModeRows * n) + (row % LookAhead.ModeRows)) * group.Channels) + (row / LookAhead.ModeRows)]));

    /// <summary>The numbers of two steps at a time, made of those that the other tables hold, [row, channel].</summary>
    private double[] Numbers(PlanBuilder builder, ChannelGroup group, bool single)
    {
        double[] Stored(Func<Wave, ComplexNumber> number) =>
        [
            .. Enumerable.Range(0, 2 * group.Modes).SelectMany(row => Enumerable.Range(group.Start, group.Channels)
                .Select(c => builder.Stored(DiscreteModes.Part(number(Bank[c, row / 2]), row % 2)))),
        ];
        return LookAhead.Table(
            single,
            group.Modes,
            group.Channels,
            Stored(wave => wave.Eigenvalue),
            Stored(wave => wave.Weight),
            cell.Skip is null ? null : [.. Enumerable.Range(group.Start, group.Channels).Select(h => builder.Stored(Bank.Skip(h)))]);
    }

    private DescriptionCall Described(ScanTables[] tables, Func<ScanTables, TableHandle> weight, Func<ScanTables, TableHandle?> skip)
    {
        DescriptionCall[] groups = [.. tables.Select(Group)];
        return groups.Length == 1 ? groups[0] : new DescriptionCall("ModeRows.SideBySide", [.. groups.Select(group => DescriptionArgument.Of(group))]);

        DescriptionCall Group(ScanTables table)
        {
            int channels = table.Group.Channels;
            int[] readouts = [.. Enumerable.Repeat(channels, cell.Reads)];
            return new DescriptionCall(
                "ModeRows.PerChannel",
                DescriptionArgument.Of("channels", channels),
                DescriptionArgument.Of("modes", table.Group.Modes),
                DescriptionArgument.Of("complex", cell.Field == Field.Complex),
                DescriptionArgument.Of("eigenvalues", table.Transition, channels),
                DescriptionArgument.Of("drive", table.Input, channels),
                DescriptionArgument.Of("weights", weight(table), readouts),
                DescriptionArgument.Of("skip", skip(table), readouts));
        }
    }

    /// <summary>The description without the modes that code with the numbers in it would not have; code that is made of shapes scans them.</summary>
    private DescriptionCall Read(PlanBuilder builder, DescriptionCall all) =>
        builder.ByShapes && HasGroups ? new DescriptionCall("ModeRows.Read", DescriptionArgument.Of("lanes", builder.Lanes), DescriptionArgument.Of(all, "bank")) : all;

    /// <summary>The scans of one direction, group by group.</summary>
    private PlanView Scan(PlanBuilder builder, CellPlace place, ScanTables[] tables, PlanView v, ModeTiming timing)
    {
        bool complex = cell.Field == Field.Complex;
        EquatableArray<PlanView> o = builder.AcquireParts([.. Enumerable.Repeat(cell.Channels, cell.Reads)]);
        foreach (ScanTables table in tables)
        {
            ChannelGroup group = table.Group;
            EquatableArray<PlanView> targets = tables.Length == 1 ? o : EquatableArray.Of(group.Of(o[0]));
            PlanView source = tables.Length == 1 ? v : group.Of(v);
            if (table.LookAhead is { } lookAhead)
            {
                builder.Add(new LookAheadScanStep(place.Heading, source, targets[0], group.Modes, lookAhead, builder.Slot(null, LookAheadScanStep.SlotRows(group.Modes), group.Channels, [])));
                continue;
            }

            if (table.Narrow is (TableHandle inputs, TableHandle modes))
            {
                SlotHandle state = builder.Slot(null, 2 * group.Channels, group.Modes, []), pending = builder.Slot(null, 1, group.Channels, []);
                builder.Add(new NarrowScanStep(place.Heading, source, targets[0], group.Modes, inputs, modes, state, pending));
                continue;
            }

            int columns = builder.Pad(group.Channels);
            StateAxis[] axes = complex
                ? [new StateAxis(group.Channels, 1), new StateAxis(group.Modes, 2 * columns), new StateAxis(2, columns)]
                : [new StateAxis(group.Channels, 1), new StateAxis(group.Modes, columns)];
            SlotHandle slot = builder.Slot(place.StateName, group.Modes * (complex ? 2 : 1), group.Channels, axes);
            builder.Add(timing.Backward
                ? new ScanStep(place.Heading, source, targets, group.Modes, complex, table.Transition, table.Input, table.BackwardWeight!.Value, null, slot) { Timing = timing }
                : new ScanStep(place.Heading, source, targets, group.Modes, complex, table.Transition, table.Input, table.Weight, table.Skip, slot));
        }

        return builder.Packed(place.Heading, o);
    }

    /// <summary>
    /// Channels that share a vector have as many modes as the one that needs most; neighbours that need as many are one group. A mode at the end of a channel that
    /// is not read needs no slot, unless the state has a name. Channels with several readouts stay together, and so do all where only shapes are known.
    /// </summary>
    private IEnumerable<ChannelGroup> Groups(PlanBuilder builder)
    {
        int lanes = builder.Lanes;
        if (builder.ByShapes || !HasGroups)
        {
            yield return new ChannelGroup(0, cell.Channels, cell.Modes);
            yield break;
        }

        for (int start = 0, next; start < cell.Channels; start = next)
        {
            next = Math.Min(start + lanes, cell.Channels);
            int modes = ModeRows.ModesRead(Bank, start, lanes);
            while (next < cell.Channels && ModeRows.ModesRead(Bank, next, lanes) == modes)
            {
                next = Math.Min(next + lanes, cell.Channels);
            }

            yield return new ChannelGroup(start, next - start, modes);
        }
    }

    private protected override ModeBank MakeBank()
    {
        ComplexNumber[] eigenvalues = DiscreteModes.Eigenvalues(cell);
        var forward = ModeBank.PerChannel(cell.Channels, eigenvalues, Weights(Output), Skip());
        return cell.Backward is { } backward
            ? ModeBank.BothDirections(forward, ModeBank.PerChannel(cell.Channels, eigenvalues, Weights(DiscreteModes.OutputWeights(cell, backward.C)), null), backward.Delay)
            : forward;
    }

    /// <summary>gamma c b-bar, [readout, mode].</summary>
    private ComplexNumber[] Weights(ComplexNumber[] output) => [.. output.Select((c, i) => c * Input[i % Input.Length])];

    private protected override EquatableArray<Formula> Formulas() => CellFormulas.Constant(cell.Skip is not null, CellFormulas.Directions.Of(cell));

    private protected override CellOperator Symbolic() => cell.IsCausal
        ? ChannelModesSymbols.Solve(cell)
        : throw new InvalidOperationException("Modes that run in both directions have no symbols.");

    /// <summary>What the scans of one group of channels read.</summary>
    private sealed record ScanTables(ChannelGroup Group, TableHandle Transition, TableHandle? Input, TableHandle Weight, TableHandle? Skip, TableHandle? BackwardWeight)
    {
        /// <summary>What two steps at a time read, with channels side by side.</summary>
        public TableHandle? LookAhead { get; init; }

        /// <summary>What two steps at a time read, with modes side by side.</summary>
        public (TableHandle Inputs, TableHandle Modes)? Narrow { get; init; }
    }

    /// <summary>Neighbouring channels that are scanned with as many modes.</summary>
    private sealed record ChannelGroup(int Start, int Channels, int Modes)
    {
        /// <summary>Their columns of a view of all channels.</summary>
        public PlanView Of(PlanView view) => view with { Column = view.Column + Start, Width = Channels };
    }
}
