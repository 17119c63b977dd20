using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Collects the ranges of many gates, [cell] or [cell, key], over many sequences.</summary>
public sealed class GateRanges
{
    private readonly GateRange[] _ranges;

    /// <summary>Collects from no values.</summary>
    /// <param name="gates">The number of gates.</param>
    public GateRanges(int gates)
    {
        _ranges = new GateRange[gates];
        _ranges.AsSpan().Fill(GateRange.Empty);
    }

    /// <summary>The number of gates.</summary>
    public int Count => _ranges.Length;

    /// <summary>The range of a gate.</summary>
    /// <param name="gate">Its index.</param>
    public GateRange this[int gate] => _ranges[gate];

    /// <summary>Adds the values of one sequence. A log-gate of -infinity, of a gate that closes completely, is counted apart.</summary>
    /// <param name="values">Step sizes or log-gates, [time, gate].</param>
    /// <exception cref="ArgumentException">The values are no whole number of rows, or one is +infinity or no number.</exception>
    public void Add(ReadOnlySpan<double> values)
    {
        if (values.Length % Math.Max(1, Count) != 0)
        {
            throw new ArgumentException($"{values.Length} values are no whole number of rows of {Count} gates.", nameof(values));
        }

        for (int gate = 0; gate < Count && !values.IsEmpty; gate++)
        {
            _ranges[gate] = _ranges[gate].Merge(OfColumn(values, gate));
        }
    }

    /// <summary>Adds what another has collected of the same gates.</summary>
    /// <param name="other">The other.</param>
    /// <exception cref="ArgumentException">The other has another number of gates.</exception>
    public void Merge(GateRanges other)
    {
        if (other.Count != Count)
        {
            throw new ArgumentException($"{other.Count} gates cannot be added to {Count}.", nameof(other));
        }

        for (int gate = 0; gate < Count; gate++)
        {
            _ranges[gate] = _ranges[gate].Merge(other[gate]);
        }
    }

    private GateRange OfColumn(ReadOnlySpan<double> values, int gate)
    {
        GateRange range = GateRange.Empty;
        var sum = default(CompensatedSum);
        for (int i = gate; i < values.Length; i += Count)
        {
            double value = values[i];
            if (double.IsNegativeInfinity(value))
            {
                range = range with { Closed = range.Closed + 1 };
                continue;
            }

            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                throw new ArgumentException($"Gate {gate} is not finite at step {i / Count}.", nameof(values));
            }

            range = range with { Min = Math.Min(range.Min, value), Max = Math.Max(range.Max, value), Count = range.Count + 1 };
            sum.Add(value);
        }

        return range with { Mean = range.Count == 0 ? 0 : sum.Value / range.Count };
    }
}
