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
