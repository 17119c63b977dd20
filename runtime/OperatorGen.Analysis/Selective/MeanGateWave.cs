using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A wave of the mean gate: what a state of a selective cell is where its gate is always the mean one. Its drive and its read stay selective.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Key">The key; null where one gate carries all keys of the cell.</param>
/// <param name="Gate">The gate about its mean.</param>
/// <param name="Range">Where the gate lies.</param>
public sealed record MeanGateWave(int Cell, int? Key, MeanGate Gate, GateRange Range)
{
    /// <summary>e^(r c). Of complex gates the magnitude: their phases stay selective.</summary>
    public ComplexNumber Eigenvalue => Gate.Eigenvalue;

    /// <summary>Steps until the amplitude is 1/e of what it was; infinite where it does not decay.</summary>
    public double Lifetime => Gate.Decay > 0 ? 1 / Gate.Decay : double.PositiveInfinity;

    /// <summary>Im(r c): radians per step, also beyond pi.</summary>
    public double Frequency => Gate.Rate.Im == 0 ? 0 : Gate.Rate.Im * Gate.Centre;

    /// <summary>Steps of one period; infinite for a wave that only decays.</summary>
    public double Period => Frequency == 0 ? double.PositiveInfinity : 2 * Math.PI / Math.Abs(Frequency);

    /// <summary>The waves of a recurrence, longest-lived first; none where there is an <see cref="Obstacle"/>.</summary>
    /// <param name="recurrence">The recurrence.</param>
    /// <param name="ranges">Where its gates lie, [<see cref="SelectiveRecurrence.GateNumbers"/>]; null or empty: not known.</param>
    /// <exception cref="ArgumentException">There are more or fewer ranges.</exception>
    public static IReadOnlyList<MeanGateWave> Of(SelectiveRecurrence recurrence, IReadOnlyList<GateRange>? ranges)
    {
        if (Obstacle(recurrence, ranges) is not null)
        {
            return [];
        }

        MeanGate[] gates = recurrence.MeanGates([.. ranges!.Select(range => range.MeanCentre)]);
        int perCell = recurrence.GatesPerCell;
        IEnumerable<MeanGateWave> waves = gates.Select((gate, i) =>
            new MeanGateWave(i / perCell, perCell == 1 ? null : i % perCell, gate, ranges![recurrence.GateNumber(i)]));
        return [.. waves.OrderByDescending(wave => wave.Lifetime)]; // stable: equal ones stay in order
    }

    /// <summary>Why there are no waves; null where there are.</summary>
    /// <param name="recurrence">The recurrence.</param>
    /// <param name="ranges">Where its gates lie; null or empty: not known.</param>
    public static string? Obstacle(SelectiveRecurrence recurrence, IReadOnlyList<GateRange>? ranges) =>
        recurrence.MeanGateRefusal ?? (ranges is { Count: > 0 } ? null : "where the gates lie is not known; operatorgen calibrate records it");
}
