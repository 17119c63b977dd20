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
    public int SourceOf(Signal signal) => Of(Source(signal));

    /// <summary>The signals that a cell reads.</summary>
    public static IEnumerable<Signal> Roots(SelectiveCell cell) =>
        Gates(cell.Transition).Prepend(cell.Value).Append((cell.Key as SelectiveParameter)?.Signal).Append((cell.Query as SelectiveParameter)?.Signal).OfType<Signal>();

    /// <summary>What a signal is made of.</summary>
    public static Signal Source(Signal signal) => signal switch
    {
        ProjectedSignal s => s.Source,
        SlicedSignal s => s.Source,
        MappedSignal s => s.Source,
        AffineSignal s => s.Source,
        ClampedSignal s => s.Source,
        PolarSignal s => s.Source,
        _ => throw new ArgumentException($"The signal {signal.GetType().Name} is made of nothing that is known.", nameof(signal)),
    };

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
}
