using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>How generated code describes selective cells: with the tables that its scan reads.</summary>
/// <param name="cell">The cells.</param>
/// <param name="tables">The tables.</param>
internal sealed class SelectiveCellCalls(SelectiveCell cell, SelectiveCellTables tables)
{
    private readonly SelectiveCellNumbers _numbers = new(cell);

    /// <summary>The call.</summary>
    public DescriptionCall Call() => new(
        "new SelectiveRecurrence",
        DescriptionArgument.Of(new DescriptionCall("new SelectiveSignals", [DescriptionArgument.Unnamed(cell.Inputs), .. _numbers.Signals.Select(signal => DescriptionArgument.Of(Node(signal)))]), "signals"),
        DescriptionArgument.Of("cells", cell.Count),
        DescriptionArgument.Of("keys", cell.KeyWidth),
        DescriptionArgument.Of("values", cell.ValueWidth),
        DescriptionArgument.Of("complex", cell.Field == Field.Complex),
        DescriptionArgument.Of(Gate(), "gate"),
        DescriptionArgument.Of("value", _numbers.Of(cell.Value)),
        Operand("key", cell.Key, tables.Key),
        Operand("query", cell.Query, tables.Query),
        DescriptionArgument.Of("gamma", cell.Query is SelectiveParameter ? cell.Gamma : 1),
        DescriptionArgument.Of("readsBefore", cell.Order == ReadOrder.PreUpdate),
        DescriptionArgument.Of("bonus", tables.Bonus, cell.Count * cell.KeyWidth),
        DescriptionArgument.Of("skip", tables.Skip, tables.IsChannelWise ? [cell.Count] : [.. Enumerable.Repeat(cell.ValueWidth, cell.Count)]),
        DescriptionArgument.Of("formulas", SelectiveCellDescription.Formulas(cell)));

    private DescriptionCall Node(Signal signal)
    {
        DescriptionArgument source = DescriptionArgument.Of("Source", _numbers.SourceOf(signal));
        return signal switch
        {
            ProjectedSignal s => new DescriptionCall("new ProjectedNode", source, DescriptionArgument.Of(Linear(s), "Map"), DescriptionArgument.Text("Name", s.Name)),
            SlicedSignal s => new DescriptionCall("new SlicedNode", source, DescriptionArgument.Of("Start", s.Start), DescriptionArgument.Of("Length", s.Width)),
            MappedSignal s => new DescriptionCall("new MappedNode", source, DescriptionArgument.Of("Function", s.Function)),
            AffineSignal s => new DescriptionCall("new AffineNode", source, DescriptionArgument.Of("Factor", s.Factor), s.Offset is null ? DescriptionArgument.Null("Offset") : DescriptionArgument.Of(Offset(s), "Offset")),
            ClampedSignal s => new DescriptionCall("new ClampedNode", source, DescriptionArgument.Of("Lower", s.Lower), DescriptionArgument.Of("Upper", s.Upper)),
            PolarSignal => new DescriptionCall("new PolarNode", source),
            _ => throw new ArgumentException($"No description is known for a {signal.GetType().Name}.", nameof(signal)),
        };
    }

    private DescriptionCall Linear(ProjectedSignal signal)
    {
        LinearStep step = tables.Signals.Projection(signal);
        return new DescriptionCall(
            "LinearDescription.FromTransposed",
            DescriptionArgument.Of("inputs", step.Inputs),
            DescriptionArgument.Of("outputs", step.Outputs),
            DescriptionArgument.Of("transposed", step.Weight, step.Outputs),
            DescriptionArgument.Of("bias", step.Bias, step.Outputs));
    }

    private DescriptionCall Offset(AffineSignal signal) =>
        new("SelectiveRecurrence.SecondRow", DescriptionArgument.Of("rows", tables.Signals.Offset(signal), signal.Width));

    private DescriptionCall Gate() => cell.Transition switch
    {
        StepTransition step => new DescriptionCall(
            "new StepGate",
            DescriptionArgument.Of(
                tables.IsChannelWise
                    ? new DescriptionCall("SelectiveRecurrence.ByCell", DescriptionArgument.Of("rows", tables.Transition, cell.Count), DescriptionArgument.Of("cells", cell.Count))
                    : new DescriptionCall("SelectiveRecurrence.FirstRow", DescriptionArgument.Of("rows", tables.Signals.Rates, cell.Count)),
                "Rates"),
            DescriptionArgument.Of("Delta", _numbers.Of(step.Delta))),
        LogGateTransition log => new DescriptionCall("new LogGate", DescriptionArgument.Of("Signal", _numbers.Of(log.LogGate)), DescriptionArgument.Of("PerKey", log.PerKey)),
        GateTransition gate => new DescriptionCall("new GivenGate", DescriptionArgument.Of("Signal", _numbers.Of(gate.Gate))),
        DecayTransition => new DescriptionCall("new DecayGate", DescriptionArgument.Of("Factors", tables.Transition, cell.Count)),
        DeltaTransition delta => new DescriptionCall("new DeltaGate", DescriptionArgument.Of("Beta", _numbers.Of(delta.Beta)), delta.LogGate is null ? DescriptionArgument.Null("LogGate") : DescriptionArgument.Of("LogGate", _numbers.Of(delta.LogGate))),
        _ => throw new ArgumentException($"No description is known for a {cell.Transition.GetType().Name}."),
    };

    /// <summary>Constant keys of channels are stored key by key, those of matrices cell by cell; constant queries hold gamma.</summary>
    private DescriptionArgument Operand(string name, Parameter? parameter, TableHandle? table)
    {
        if (parameter is SelectiveParameter selective)
        {
            return DescriptionArgument.Of(
                new DescriptionCall("new SelectiveOperand", DescriptionArgument.Of("Signal", _numbers.Of(selective.Signal)), DescriptionArgument.Null("Values"), DescriptionArgument.Of("Complex", parameter.Field == Field.Complex)), name);
        }

        if (table is null)
        {
            return DescriptionArgument.Null(name);
        }

        DescriptionArgument values = tables.IsChannelWise
            ? DescriptionArgument.Of(new DescriptionCall("SelectiveRecurrence.ByCell", DescriptionArgument.Of("rows", table, cell.Count), DescriptionArgument.Of("cells", cell.Count)), "Values")
            : DescriptionArgument.Of("Values", table, cell.Count * cell.KeyWidth);
        return DescriptionArgument.Of(new DescriptionCall("new SelectiveOperand", DescriptionArgument.Null("Signal"), values, DescriptionArgument.Of("Complex", parameter?.Field == Field.Complex)), name);
    }
}

/// <summary>The tables of planned selective cells.</summary>
/// <param name="Signals">The planned signals.</param>
/// <param name="IsChannelWise">Whether cells are lanes.</param>
internal sealed record SelectiveCellTables(SignalPlanner Signals, bool IsChannelWise)
{
    /// <summary>Eigenvalues of channels, or constant factors; null: none.</summary>
    public TableHandle? Transition { get; init; }

    /// <summary>Constant keys; null: none.</summary>
    public TableHandle? Key { get; init; }

    /// <summary>Constant queries times gamma; null: none.</summary>
    public TableHandle? Query { get; init; }

    /// <summary>The bonus; null: none.</summary>
    public TableHandle? Bonus { get; init; }

    /// <summary>The skip; null: none.</summary>
    public TableHandle? Skip { get; init; }
}
