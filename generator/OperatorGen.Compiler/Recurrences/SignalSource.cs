using System;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>What a signal is made of.</summary>
internal static class SignalSource
{
    /// <summary>The signal that a signal is a function of.</summary>
    public static Signal Of(Signal signal) => signal switch
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
