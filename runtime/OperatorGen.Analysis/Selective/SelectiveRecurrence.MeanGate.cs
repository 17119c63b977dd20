using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <content>The gates about constant centres.</content>
public sealed partial class SelectiveRecurrence
{
    /// <summary>Why the recurrence is not expanded about its mean gates; null where it is.</summary>
    public string? MeanGateRefusal => Gate switch
    {
        DeltaGate => "its transition is a matrix that depends on the input, and matrices of different times do not commute",
        DecayGate or StepGate or LogGate or GivenGate => null,
        _ => throw new InvalidOperationException($"The gate {Gate.GetType().Name} is not known."),
    };

    /// <summary>The path form about mean gates, for people; empty: none.</summary>
    public IReadOnlyList<string> MeanGateFormulas { get; init; } = [];

    /// <summary>How many numbers the gates are expanded in: one per cell where the gates are e^(Delta A), else one per gate.</summary>
    public int GateNumbers => Gate is StepGate ? Cells : Cells * GatesPerCell;

    /// <summary>The gates about centres.</summary>
    /// <param name="centres">The centres of the step sizes or log-gates, [<see cref="GateNumbers"/>].</param>
    /// <returns>One per gate, [cell, gate].</returns>
    /// <exception cref="ArgumentException">There are more or fewer centres.</exception>
    public MeanGate[] MeanGates(ReadOnlySpan<double> centres)
    {
        if (centres.Length != GateNumbers)
        {
            throw new ArgumentException($"{centres.Length} centres are given for {GateNumbers} gates.", nameof(centres));
        }

        var gates = new MeanGate[Cells * GatesPerCell];
        for (int i = 0; i < gates.Length; i++)
        {
            gates[i] = Gate is StepGate step
                ? new MeanGate(IsComplex ? new ComplexNumber(step.Rates[2 * i], step.Rates[(2 * i) + 1]) : step.Rates[i], centres[GateNumber(i)])
                : MeanGate.OfLogGate(centres[i]);
        }

        return gates;
    }

    /// <summary>Which of the numbers a gate is expanded in.</summary>
    /// <param name="gate">The gate, [cell, gate].</param>
    public int GateNumber(int gate) => Gate is StepGate ? gate / GatesPerCell : gate;
}
