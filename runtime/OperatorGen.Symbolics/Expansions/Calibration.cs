using System;
using System.Linq;

namespace OperatorGen.Symbolics;

/// <summary>What the arguments of a model's decoder functions, or the gates of its selective layers, look like on a set of sequences, the calibration set.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Count">The number of its sequences.</param>
/// <param name="Hash">SHA-256 of the set's file, 64 lower-case hexadecimal digits.</param>
/// <param name="Layers">Layer by layer.</param>
public sealed record Calibration(string Name, int Count, string Hash, EquatableArray<ArgumentMeasures> Layers)
{
    /// <summary>Whether there are distributions of decoder functions' arguments, which expansions are made in; false of a model whose layers are all selective.</summary>
    public bool HasMeasures => Layers.Any(layer => layer.Readouts.Count > 0);
}

/// <summary>The distributions of one layer's arguments.</summary>
/// <param name="Readouts">Of every readout, [channel].</param>
/// <param name="Gates">Of every gate argument: [output] of a gated linear unit, [channel] of a gate stream; empty without gate.</param>
public sealed record ArgumentMeasures(EquatableArray<ArgumentMeasure> Readouts, EquatableArray<ArgumentMeasure> Gates)
{
    /// <summary>Of a selective layer, instead of both: where its step sizes lie, [cell], or its log-gates, [cell] or [cell, key]. Empty of any other layer.</summary>
    public EquatableArray<GateRange> GateRanges { get; init; } = EquatableArray<GateRange>.Empty;

    /// <summary>A selective layer.</summary>
    /// <param name="ranges">The ranges of its gates.</param>
    public static ArgumentMeasures OfGates(EquatableArray<GateRange> ranges) =>
        new(EquatableArray<ArgumentMeasure>.Empty, EquatableArray<ArgumentMeasure>.Empty) { GateRanges = ranges };
}

/// <summary>
/// The distribution of one argument: a few nodes with weights, which fits of its own function are made from, and the least and greatest
/// sample, which the nodes need not hold.
/// </summary>
public sealed class ArgumentMeasure : IEquatable<ArgumentMeasure>
{
    /// <summary>Takes a distribution.</summary>
    /// <param name="measure">Nodes and weights.</param>
    /// <param name="low">The least sample.</param>
    /// <param name="high">The greatest sample.</param>
    /// <exception cref="ArgumentException">An end is not finite, or a node lies outside of [low, high].</exception>
    public ArgumentMeasure(ReducedMeasure measure, double low, double high)
    {
        Measure = measure ?? throw new ArgumentNullException(nameof(measure));
        if (!(low <= measure.Nodes[0] && measure.Nodes[measure.Nodes.Count - 1] <= high) || double.IsInfinity(low) || double.IsInfinity(high))
        {
            throw new ArgumentException($"The nodes lie in [{NumberText.Format(measure.Nodes[0])}, {NumberText.Format(measure.Nodes[measure.Nodes.Count - 1])}], outside of the range [{NumberText.Format(low)}, {NumberText.Format(high)}] of all samples.", nameof(low));
        }

        Low = low;
        High = high;
    }

    /// <summary>Nodes and weights.</summary>
    public ReducedMeasure Measure { get; }

    /// <summary>The least sample.</summary>
    public double Low { get; }

    /// <summary>The greatest sample.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public bool Equals(ArgumentMeasure? other) => other is not null
        && (ReferenceEquals(this, other)
            || (Low == other.Low && High == other.High && Measure.Nodes.SequenceEqual(other.Measure.Nodes) && Measure.Weights.SequenceEqual(other.Measure.Weights)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ArgumentMeasure);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Low.GetHashCode() * 31) + High.GetHashCode());
}
