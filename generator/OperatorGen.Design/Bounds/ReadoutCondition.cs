using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The condition "while each readout stays in [l, h]" of a conditional bound: one interval per readout of every layer.</summary>
public sealed class ReadoutCondition
{
    private readonly Interval[][] _layers;

    /// <summary>Takes the intervals.</summary>
    /// <param name="layers">[layer][channel].</param>
    public ReadoutCondition(IEnumerable<IReadOnlyList<Interval>> layers) => _layers = [.. layers.Select(layer => (Interval[])[.. layer])];

    /// <summary>The intervals of a layer, [channel].</summary>
    public IReadOnlyList<Interval> this[int layer] => _layers[layer];

    /// <summary>The same interval for every readout.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="low">l.</param>
    /// <param name="high">h.</param>
    public static ReadoutCondition Uniform(OperatorDescription operators, double low, double high) =>
        new(operators.Layers.Select(layer => (IReadOnlyList<Interval>)[.. Enumerable.Repeat(new Interval(low, high), layer.Channels)]));

    /// <summary>
    /// Whether a given input stayed inside, and where it left first. "Inside" is proven: the readouts are enclosed with their rounding errors, and one whose
    /// interval reaches beyond its condition counts as outside.
    /// </summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, input].</param>
    /// <exception cref="ArgumentException">The condition does not fit the operator, or the input is empty or no whole number of samples.</exception>
    /// <exception cref="InvalidOperationException">A layer is selective.</exception>
    public ConditionCheck StaysInside(OperatorDescription operators, ReadOnlySpan<double> input)
    {
        Verify(operators);
        var trace = EnclosedTrace.Of(operators, input);
        for (int t = 0; t < trace.Steps; t++)
        {
            for (int l = 0; l < _layers.Length; l++)
            {
                for (int c = 0; c < _layers[l].Length; c++)
                {
                    Interval readout = trace.Readouts(l)[(t * _layers[l].Length) + c];
                    if (!_layers[l][c].Contains(readout))
                    {
                        return new ConditionCheck(new ConditionExit(t, l, c, readout));
                    }
                }
            }
        }

        return new ConditionCheck(null);
    }

    /// <summary>Checks that there is one interval per readout.</summary>
    /// <exception cref="ArgumentException">There is not.</exception>
    internal void Verify(OperatorDescription operators)
    {
        if (!_layers.Select(layer => layer.Length).SequenceEqual(operators.Layers.Select(layer => layer.Channels)))
        {
            throw new ArgumentException("The condition has not one interval per readout of every layer.", nameof(operators));
        }
    }
}

/// <summary>What <see cref="ReadoutCondition.StaysInside"/> found.</summary>
/// <param name="Exit">Where the input left first; null: it stayed inside.</param>
public sealed record ConditionCheck(ConditionExit? Exit)
{
    /// <summary>True where every readout stayed inside at every step.</summary>
    public bool Inside => Exit is null;
}

/// <summary>The first readout that is not proven to be inside its condition.</summary>
/// <param name="Step">The time step.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Readout">Contains the readout.</param>
public sealed record ConditionExit(int Step, int Layer, int Channel, Interval Readout);
