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
        Signal?[] roots = [cell.Value, .. Gates(cell.Transition), (cell.Key as SelectiveParameter)?.Signal, (cell.Query as SelectiveParameter)?.Signal];
        foreach (Signal root in roots.OfType<Signal>())
        {
            Add(root);
        }
    }

    /// <summary>The signals from number 1 on.</summary>
    public IReadOnlyList<Signal> Signals => _signals;

    /// <summary>The number of a signal.</summary>
    public int Of(Signal signal) => signal is CellInputSignal ? 0 : _numbers[signal];

    /// <summary>The number of what a signal is made of.</summary>
    public int SourceOf(Signal signal) => Of(Source(signal));

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

        Add(Source(signal));
        _signals.Add(signal);
        _numbers.Add(signal, _signals.Count);
    }

    private static Signal Source(Signal signal) => signal switch
    {
        ProjectedSignal s => s.Source,
        SlicedSignal s => s.Source,
        MappedSignal s => s.Source,
        AffineSignal s => s.Source,
        ClampedSignal s => s.Source,
        PolarSignal s => s.Source,
        _ => throw new ArgumentException($"The signal {signal.GetType().Name} is made of nothing that is known.", nameof(signal)),
    };
}
