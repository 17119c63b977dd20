using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// An operator evaluated for one sequence with every rounding accounted for: each number is an interval that contains what real arithmetic gives for exactly
/// this input and the description's doubles. The half width is the rounding slack of an evaluation in double. Decoders are the exact functions, or the
/// polynomials of an expansion. States are kept as a double and a radius (<see cref="EnclosedRecurrence"/>), everything else as intervals.
/// </summary>
public sealed class EnclosedTrace
{
    private readonly Interval[][] _readouts;

    private EnclosedTrace(int steps, Interval[][] readouts, Interval[] outputs)
    {
        Steps = steps;
        _readouts = readouts;
        Outputs = outputs;
    }

    /// <summary>The number of time steps.</summary>
    public int Steps { get; }

    /// <summary>The scores, [time, output]; of a pooled model [output]. An output function is not applied.</summary>
    public IReadOnlyList<Interval> Outputs { get; }

    /// <summary>o of a layer, [time, channel].</summary>
    /// <param name="layer">The layer.</param>
    public IReadOnlyList<Interval> Readouts(int layer) => _readouts[layer];

    /// <summary>Evaluates.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, input].</param>
    /// <param name="expansion">The polynomials that replace the decoder functions; null: the functions themselves.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="InvalidOperationException">A layer is selective.</exception>
    public static EnclosedTrace Of(OperatorDescription operators, ReadOnlySpan<double> input, OperatorExpansion? expansion = null)
    {
        int width = operators.InputWidth;
        if (input.IsEmpty || input.Length % width != 0)
        {
            throw new ArgumentException($"The input has shape [time, {width}] with at least one time step, but {input.Length} numbers were given.", nameof(input));
        }

        var x = new Interval[input.Length / width][];
        for (int t = 0; t < x.Length; t++)
        {
            var u = new Interval[width];
            for (int i = 0; i < width; i++)
            {
                u[i] = InputRange.Scaled(operators.Scaling, i, input[(t * width) + i]);
            }

            x[t] = operators.Encoder is null ? u : IntervalMaps.Apply(operators.Encoder, u);
        }

        var readouts = new Interval[operators.Layers.Count][];
        for (int l = 0; l < readouts.Length; l++)
        {
            (readouts[l], x) = EnclosedLayer.Of(operators.Layers[l], x, expansion?.Layers[l]);
        }

        Interval[][] rows = operators.Pooling switch
        {
            Pooling.None => x,
            Pooling.Mean => [Mean(x)],
            Pooling.Last => [x[x.Length - 1]],
            _ => throw new ArgumentException($"The pooling {operators.Pooling} is not known.", nameof(operators)),
        };
        return new EnclosedTrace(x.Length, readouts, [.. rows.SelectMany(row => operators.Head is null ? row : IntervalMaps.Apply(operators.Head, row))]);
    }

    private static Interval[] Mean(Interval[][] x)
    {
        Interval[] sum = x[0];
        foreach (Interval[] row in x.Skip(1))
        {
            sum = IntervalMaps.Sum(sum, row);
        }

        return [.. sum.Select(s => s / x.Length)];
    }
}
