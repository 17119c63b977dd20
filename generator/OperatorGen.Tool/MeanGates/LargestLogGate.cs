using System;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen.Tool.MeanGates;

/// <summary>The largest log-gate of a selective recurrence: above 0 states grow.</summary>
internal static class LargestLogGate
{
    /// <summary>The largest Re(r g) of all gates and times.</summary>
    /// <param name="recurrence">The recurrence.</param>
    /// <param name="numbers">Step sizes or log-gates, [time, <see cref="SelectiveRecurrence.GateNumbers"/>].</param>
    public static double Of(SelectiveRecurrence recurrence, ReadOnlySpan<double> numbers)
    {
        double largest = double.NegativeInfinity;
        for (int at = 0; at < numbers.Length; at += recurrence.GateNumbers)
        {
            largest = Math.Max(largest, recurrence.MeanGates(numbers.Slice(at, recurrence.GateNumbers)).Max(gate => double.IsNaN(gate.Decay) ? double.NegativeInfinity : -gate.Decay));
        }

        return largest;
    }
}
