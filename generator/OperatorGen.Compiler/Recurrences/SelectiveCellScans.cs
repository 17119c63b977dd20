using System;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// Plans the scan of selective cells. Cells with one value are channels, lane by lane, where they have eigenvalues and a step size or one key only; all other cells
/// have their values as lanes and go through their keys; delta rules have a scan of their own.
/// </summary>
internal sealed class SelectiveCellScans(SelectiveCell cell, PlanBuilder builder, CellPlace place)
{
    private readonly Parameter? _query = ScaledQuery(cell);
    private readonly SignalPlanner _signals = new(builder, place.Heading, place.Prefix, SelectiveCellNumbers.Roots(cell with { Query = ScaledQuery(cell) }));
    private SelectiveCellTables? _tables;
    private readonly bool _complex = cell.Field == Field.Complex;
    private readonly MatrixSizes _sizes = new(cell.Count, cell.KeyWidth, cell.ValueWidth);
    private readonly string _heading = place.Heading + " recurrence";

    // The symbols of the operator's text.
    private const string Value = "value", Gate = "gate", Delta = "Delta", Beta = "beta";
    private readonly string _keyName = cell.Transition is StepTransition ? "B" : "k", _queryName = cell.Transition is StepTransition ? "C" : "q";

    /// <summary>Whether the cells are channels whose scan has channels as lanes.</summary>
    public static bool IsChannelWise(SelectiveCell cell) =>
        cell is { ValueWidth: 1, Order: ReadOrder.PostUpdate } && cell.Transition switch
        {
            StepTransition => cell.HasGatePerKey,
            LogGateTransition or GateTransition => cell.KeyWidth == 1 && cell.Key?.Field != Field.Complex && cell.Query?.Field != Field.Complex && (cell.Field == Field.Real || cell.Transition is GateTransition),
            DecayTransition or DeltaTransition => false,
            _ => throw new ArgumentException($"The transition {cell.Transition.GetType().Name} is not known.", nameof(cell)),
        };

    /// <summary>Adds the steps.</summary>
    /// <param name="v">The cells' input.</param>
    /// <returns>Where the readouts are.</returns>
    public PlanView Plan(PlanView v)
    {
        _signals.Start(v);
        return IsChannelWise(cell) ? Channels() : Matrices();
    }

    /// <summary>How generated code describes the cells, whose steps were added.</summary>
    public DescriptionCall Describe() => new SelectiveCellCalls(cell, _tables ?? throw new InvalidOperationException("The cells are described before they are planned.")).Call();

    private PlanView Channels()
    {
        PlanView source = Lanes(cell.Value, Value);
        TableHandle? transition = null;
        EquatableArray<PlanView> gates;
        switch (cell.Transition)
        {
            case StepTransition step:
                transition = PerMode("Transition", "A, the continuous eigenvalues", step.A, 1, _complex);
                gates = EquatableArray.Of(Lanes(step.Delta, Delta));
                break;
            case LogGateTransition log:
                gates = EquatableArray.Of(Lanes(_signals.Exponential(log.LogGate, Gate), Gate));
                break;
            case GateTransition gate when _complex:
                gates = _signals.ComplexGate(gate.Gate, Gate, cell.Count);
                break;
            case GateTransition gate:
                gates = EquatableArray.Of(Lanes(gate.Gate, Gate));
                break;
            default:
                throw new InvalidOperationException($"Channels of a {cell.Transition.GetType().Name} are not planned.");
        }

        ChannelOperand? key = Channel(cell.Key, _keyName, "Keys", "B, the input weights", 1);
        ChannelOperand? query = Channel(_query, _queryName, "Queries", "gamma C, the output weights", cell.Gamma);
        TableHandle? skip = Skip();
        int parts = _complex ? 2 : 1;
        int columns = builder.Pad(cell.Count);
        SlotHandle slot = builder.Slot(place.StateName, cell.KeyWidth * parts, cell.Count, Axes(new StateAxis(cell.Count, 1), new StateAxis(cell.KeyWidth, parts * columns), new StateAxis(1, 1), columns));
        PlanView o = builder.Acquire(cell.Count);
        _signals.Release();
        _tables = new SelectiveCellTables(_signals, IsChannelWise: true) { Transition = transition, Key = key?.Table, Query = query?.Table, Skip = skip };
        return builder.Add(new ChannelScanStep(_heading, source, o, cell.KeyWidth, _complex, transition, gates, key, query, skip, slot)).Target;
    }

    private PlanView Matrices()
    {
        EquatableArray<PlanView> sources = _signals.Spread(_signals.Plan(cell.Value, Value), Value, cell.Value.Width / cell.ValueWidth, cell.Count, cellsAreLanes: false);
        ScanOperand? factor = null;
        ScanOperand? gate = cell.Transition switch
        {
            StepTransition step => Step(step, out factor),
            LogGateTransition log => Operand(_signals.Exponential(log.LogGate, Gate), log.PerKey ? cell.KeyWidth : 1),
            GateTransition given when _complex => Complex(given.Gate),
            GateTransition given => Operand(_signals.Plan(given.Gate, Gate), 1),
            DecayTransition decay => new ScanOperand(null, builder.Table(place.Prefix + "Decay", "The gates, [cell]." + TableOrigin.Of(decay.A), 1, [cell.Count], (_, g) => decay.A.Values[g]), cell.Count, 1),
            DeltaTransition { LogGate: { } log } => Operand(_signals.Exponential(log, Gate), 1),
            DeltaTransition => null,
            _ => throw new InvalidOperationException($"The transition {cell.Transition.GetType().Name} is not known."),
        };
        ScanOperand? key = Operand(cell.Key, _keyName, "Keys", "k, the keys", 1);
        ScanOperand? query = Operand(_query, _queryName, "Queries", "gamma q, the queries", cell.Gamma);
        ScanOperand? beta = cell.Transition is DeltaTransition delta ? Operand(_signals.Plan(delta.Beta, Beta), 1) : null;
        TableHandle? bonus = cell.Bonus is { } u
            ? builder.Table(place.Prefix + "Bonus", "u, the bonus of the present input, [cell key]." + TableOrigin.Of(u), 1, [_sizes.Cells * _sizes.Keys], (_, i) => u.Values[i])
            : null;
        TableHandle? skip = Skip();
        int parts = _complex ? 2 : 1;
        int columns = builder.Pad(cell.ValueWidth);
        StateAxis[] axes = Axes(new StateAxis(cell.Count, cell.KeyWidth * parts * columns), new StateAxis(cell.KeyWidth, parts * columns), new StateAxis(cell.ValueWidth, 1), columns);
        SlotHandle slot = builder.Slot(place.StateName, cell.Count * cell.KeyWidth * parts, cell.ValueWidth, axes);
        EquatableArray<PlanView> targets = builder.AcquireParts([.. _sizes.Parts]);
        _signals.Release();
        _tables = new SelectiveCellTables(_signals, IsChannelWise: false)
        {
            Transition = cell.Transition is DecayTransition ? gate!.Table : null,
            Key = key?.Table,
            Query = query?.Table,
            Bonus = bonus,
            Skip = skip,
        };
        builder.Add<PlanStep>(beta is null
            ? new MatrixScanStep(_heading, sources, targets, _sizes, gate!, _complex, factor, key, query, cell.Order == ReadOrder.PreUpdate, bonus, skip, slot)
            : new DeltaScanStep(_heading, sources, targets, _sizes, beta, gate, key!, query!, skip, slot));
        return builder.Packed(place.Heading + " readouts", targets);
    }

    /// <summary>A signal of one number per block with cells as lanes.</summary>
    private PlanView Lanes(Signal signal, string name) => Lanes(_signals.Plan(signal, name), name);

    private PlanView Lanes(PlanView signal, string name) => _signals.Spread(signal, name, signal.Width, cell.Count, cellsAreLanes: true)[0];

    /// <summary>e^(Delta A) of every cell, and Delta, by which the values are multiplied.</summary>
    private ScanOperand Step(StepTransition step, out ScanOperand? factor)
    {
        PlanView delta = _signals.Plan(step.Delta, Delta);
        factor = Operand(delta, 1);
        return Operand(_signals.Exponential(delta, step.A, Gate), 1);
    }

    /// <summary>A complex gate, real and imaginary parts of a cell side by side.</summary>
    private ScanOperand Complex(Signal gate) => Operand(_signals.Pairs(gate, Gate), 2);

    private static ScanOperand Operand(PlanView view, int blockWidth) => new(view, null, view.Width / blockWidth, blockWidth);

    private ScanOperand? Operand(Parameter? parameter, string name, string table, string summary, double factor) => parameter switch
    {
        null => null,
        SelectiveParameter selective => Operand(_signals.Plan(selective.Signal, name), cell.KeyWidth),
        ConstantParameter constant => new ScanOperand(
            null,
            builder.Table(place.Prefix + table, $"{summary}, [cell key]." + TableOrigin.Of(constant.Value), 1, [_sizes.Cells * _sizes.Keys], (_, i) => factor * constant.Value.Values[i]),
            cell.Count,
            cell.KeyWidth),
        _ => throw new InvalidOperationException($"The parameter {parameter.GetType().Name} is not known."),
    };

    private ChannelOperand? Channel(Parameter? parameter, string name, string table, string summary, double factor)
    {
        bool complex = parameter?.Field == Field.Complex;
        switch (parameter)
        {
            case null:
                return null;
            case ConstantParameter constant:
                return new ChannelOperand([], PerMode(table, summary, constant.Value, factor, complex), false, complex);
            case SelectiveParameter selective:
                int width = cell.KeyWidth * (complex ? 2 : 1);
                int blocks = selective.Signal.Width / width;
                bool shared = blocks == 1 && cell.Count > 1;
                PlanView signal = _signals.Plan(selective.Signal, name);
                EquatableArray<PlanView> views = shared ? EquatableArray.Of(signal) : _signals.Spread(signal, name, blocks, cell.Count, cellsAreLanes: true);
                return new ChannelOperand(views, null, shared, complex);
            default:
                throw new InvalidOperationException($"The parameter {parameter.GetType().Name} is not known.");
        }
    }

    /// <summary>The query times gamma where it is a signal; a constant one is scaled in its table.</summary>
    private static Parameter? ScaledQuery(SelectiveCell cell) => cell.Query switch
    {
        _ when cell.Gamma == 1 => cell.Query,
        null => new ConstantParameter(new Tensor(EquatableArray.Of(cell.Count, 1), [.. Enumerable.Repeat(1.0, cell.Count)])),
        SelectiveParameter selective => selective with { Signal = new AffineSignal(selective.Signal, cell.Gamma, null) },
        Parameter constant => constant,
    };

    /// <summary>Numbers of [cell, mode(, re and im)] with channels as columns.</summary>
    private TableHandle PerMode(string name, string summary, Tensor values, double factor, bool complex)
    {
        int parts = complex ? 2 : 1;
        string layout = complex ? "[mode, (re, im), channel]" : "[mode, channel]";
        return builder.Table(
            place.Prefix + name, $"{summary}, {layout}." + TableOrigin.Of(values), cell.KeyWidth * parts, [cell.Count], (row, g) => factor * values.Values[(g * cell.KeyWidth * parts) + row]);
    }

    private TableHandle? Skip()
    {
        if (cell.Skip is not { } d)
        {
            return null;
        }

        int perCell = d.Count / cell.Count;
        return builder.Table(
            place.Prefix + "Skip",
            "D, the skip, [channel]." + TableOrigin.Of(d),
            1,
            IsChannelWise(cell) ? [cell.Count] : [.. _sizes.Parts],
            (_, c) => d.Values[perCell == 1 ? c / cell.ValueWidth : c]);
    }

    /// <summary>The axes of the state by upstream's layout, real and imaginary parts last.</summary>
    private StateAxis[] Axes(StateAxis cells, StateAxis keys, StateAxis values, int columns)
    {
        StateAxis[] axes = cell.Layout switch
        {
            StateOrder.KeysValues => [cells, keys, values],
            StateOrder.ValuesKeys => [cells, values, keys],
            StateOrder.Keys => [cells, keys],
            StateOrder.Cells => [cells],
            _ => throw new InvalidOperationException($"The layout {cell.Layout} is not known."),
        };
        return _complex ? [.. axes, new StateAxis(2, columns)] : axes;
    }
}
