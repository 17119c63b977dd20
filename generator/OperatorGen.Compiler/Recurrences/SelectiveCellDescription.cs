using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>Describes selective cells with the model's numbers.</summary>
internal sealed class SelectiveCellDescription
{
    private readonly SelectiveCell _cell;
    private readonly SelectiveCellNumbers _numbers;

    private SelectiveCellDescription(SelectiveCell cell) => (_cell, _numbers) = (cell, new SelectiveCellNumbers(cell));

    /// <summary>The description of a cell.</summary>
    public static SelectiveRecurrence Of(SelectiveCell cell) => new SelectiveCellDescription(cell).Recurrence();

    /// <summary>D of every readout; null: none.</summary>
    public static double[]? Skip(SelectiveCell cell) => cell.Skip is not { } d ? null
        : d.Count == cell.OutputWidth ? d.Values.ToArray()
        : [.. Enumerable.Range(0, cell.OutputWidth).Select(c => d.Values[c / cell.ValueWidth])];

    /// <summary>The path form and what is in it, as lines.</summary>
    public static IEnumerable<string> Formulas(SelectiveCell cell) => SelectiveCellPaths.Solve(cell).Formulas.Select(formula => formula.Text);

    private SelectiveRecurrence Recurrence() => new(
        new SelectiveSignals(_cell.Inputs, [.. _numbers.Signals.Select(Node)]),
        _cell.Count,
        _cell.KeyWidth,
        _cell.ValueWidth,
        _cell.Field == Field.Complex,
        Gate(),
        _numbers.Of(_cell.Value),
        Operand(_cell.Key),
        Operand(_cell.Query),
        _cell.Gamma,
        _cell.Order == ReadOrder.PreUpdate,
        _cell.Bonus?.Values.ToArray(),
        Skip(_cell),
        [.. Formulas(_cell)])
    {
        MeanGateFormulas = [.. SelectiveCellPaths.Solve(_cell).MeanGateFormulas.Select(formula => formula.Text)],
    };

    private SignalNode Node(Signal signal)
    {
        int source = _numbers.SourceOf(signal);
        return signal switch
        {
            ProjectedSignal s => new ProjectedNode(source, new LinearDescription(s.Projection.Inputs, s.Projection.Outputs, s.Projection.Weight.Values.ToArray(), s.Projection.Bias?.Values.ToArray()), s.Name),
            SlicedSignal s => new SlicedNode(source, s.Start, s.Width),
            MappedSignal s => new MappedNode(source, s.Function),
            AffineSignal s => new AffineNode(source, s.Factor, s.Offset?.Values.ToArray()),
            ClampedSignal s => new ClampedNode(source, s.Lower, s.Upper),
            PolarSignal => new PolarNode(source),
            _ => throw new ArgumentException($"No description is known for a {signal.GetType().Name}.", nameof(signal)),
        };
    }

    private SelectiveGate Gate() => _cell.Transition switch
    {
        StepTransition step => new StepGate(step.A.Values.ToArray(), _numbers.Of(step.Delta)),
        LogGateTransition log => new LogGate(_numbers.Of(log.LogGate), log.PerKey),
        GateTransition gate => new GivenGate(_numbers.Of(gate.Gate)),
        DecayTransition decay => new DecayGate(decay.A.Values.ToArray()),
        DeltaTransition delta => new DeltaGate(_numbers.Of(delta.Beta), delta.LogGate is null ? null : _numbers.Of(delta.LogGate)),
        _ => throw new ArgumentException($"No description is known for a {_cell.Transition.GetType().Name}."),
    };

    private SelectiveOperand? Operand(Parameter? parameter) => parameter switch
    {
        null => null,
        SelectiveParameter selective => new SelectiveOperand(_numbers.Of(selective.Signal), null, parameter.Field == Field.Complex),
        ConstantParameter constant => new SelectiveOperand(null, constant.Value.Values.ToArray(), parameter.Field == Field.Complex),
        _ => throw new ArgumentException($"The parameter {parameter.GetType().Name} is not known.", nameof(parameter)),
    };
}
