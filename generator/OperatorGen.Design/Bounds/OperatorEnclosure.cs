using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Proven ranges of all that a model computes, for every input of a range, every time step and every length up to a greatest one. They hold for real arithmetic
/// with the description's doubles as constants. A range that is not bounded has infinite ends.
/// </summary>
public sealed class OperatorEnclosure
{
    private OperatorEnclosure(OperatorDescription operators, IReadOnlyList<LayerEnclosure> layers)
    {
        Operator = operators;
        Layers = layers;
        Outputs = OutputMap.Values(operators, layers[layers.Count - 1]);
    }

    /// <summary>The operator.</summary>
    public OperatorDescription Operator { get; }

    /// <summary>Layer by layer.</summary>
    public IReadOnlyList<LayerEnclosure> Layers { get; }

    /// <summary>The outputs of every step, or the scores where the model pools, [output].</summary>
    public IReadOnlyList<Interval> Outputs { get; }

    /// <summary>Encloses.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="range">The range of the scaled input; null: any input, which only a condition or a norm makes useful.</param>
    /// <param name="maxLength">The greatest length of a sequence; null: any.</param>
    /// <param name="condition">What is assumed of the readouts; null: nothing.</param>
    /// <exception cref="System.ArgumentException">The range or the condition does not fit the operator.</exception>
    /// <exception cref="System.ArgumentOutOfRangeException">The length is below 1.</exception>
    public static OperatorEnclosure Of(OperatorDescription operators, InputRange? range, int? maxLength = null, ReadoutCondition? condition = null)
    {
        condition?.Verify(operators);
        Interval[] u = range?.For(operators) ?? [.. Enumerable.Repeat(Interval.Entire, operators.InputWidth)];
        Interval[] x = operators.Encoder is null ? u : IntervalMaps.Apply(operators.Encoder, u);
        var layers = new List<LayerEnclosure>();
        foreach (LayerDescription layer in operators.Layers)
        {
            bool encoded = layers.Count == 0 && operators.Encoder is not null;
            layers.Add(LayerEnclosure.Of(layer, x, maxLength, condition?[layers.Count], encoded ? (operators.Encoder!, u) : null));
            x = [.. layers[layers.Count - 1].Output];
        }

        return new OperatorEnclosure(operators, layers);
    }
}
