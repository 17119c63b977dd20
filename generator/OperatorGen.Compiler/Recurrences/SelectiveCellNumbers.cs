using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>Numbers the signals of selective cells as a description lists them: the cells' input is 0, and each signal comes after what it is made of.</summary>
internal sealed class SelectiveCellNumbers
{
    private readonly Dictionary<Signal, int> _numbers = [];
    private readonly List<Signal> _signals = [];

    /// <summary>Numbers the signals of a cell.</summary>
    public SelectiveCellNumbers(SelectiveCell cell)
    {
        foreach (Signal root in Roots(cell))
        {
            Add(root);
        }
    }

    /// <summary>The signals from number 1 on.</summary>
    public IReadOnlyList<Signal> Signals => _signals;

    /// <summary>The number of a signal.</summary>
    public int Of(Signal signal) => signal is CellInputSignal ? 0 : _numbers[signal];

    /// <summary>The number of what a signal is made of.</summary>
    public int SourceOf(Signal signal) => Of(SignalSource.Of(signal));

    /// <summary>The signals that a cell reads.</summary>
    public static IEnumerable<Signal> Roots(SelectiveCell cell) =>
        Gates(cell.Transition).Prepend(cell.Value).Append((cell.Key as SelectiveParameter)?.Signal).Append((cell.Query as SelectiveParameter)?.Signal).OfType<Signal>();

    private static IEnumerable<Signal?> Gates(Transition transition) => transition switch
    {
        StepTransition step => [step.Delta],
        LogGateTransition log => [log.LogGate],
        GateTransition gate => [gate.Gate],
        DecayTransition => [],
        DeltaTransition delta => [delta.Beta, delta.LogGate],
        _ => throw new ArgumentException($"The transition {transition.GetType().Name} is not known.", nameof(transition)),
    };

    private void Add(Signal signal)
    {
        if (signal is CellInputSignal || _numbers.ContainsKey(signal))
        {
            return;
        }

        Add(SignalSource.Of(signal));
        _signals.Add(signal);
        _numbers.Add(signal, _signals.Count);
    }
}
