using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// An operator evaluated for one sequence in double precision, with everything that happens on the way. The decoders are the exact
/// functions, or the polynomials of an expansion. It is the analysis' own evaluation: plain loops in a fixed order, the same on every machine, unless another
/// <see cref="DecoderEvaluation"/> is given.
/// </summary>
public sealed class OperatorTrace
{
    private readonly OperatorDescription _operator;
    private readonly DecoderEvaluation _decoders;

    private OperatorTrace(OperatorDescription operators, DecoderEvaluation decoders, int steps, double[] scaled, IReadOnlyList<LayerTrace> layers, double[] outputs)
    {
        _operator = operators;
        _decoders = decoders;
        Steps = steps;
        Scaled = scaled;
        Layers = layers;
        Outputs = outputs;
    }

    /// <summary>The number of time steps.</summary>
    public int Steps { get; }

    /// <summary>u, the scaled input, [time, input].</summary>
    public double[] Scaled { get; }

    /// <summary>Layer by layer.</summary>
    public IReadOnlyList<LayerTrace> Layers { get; }

    /// <summary>The scores, [time, output]; of a pooled model [output]. An output function is not applied.</summary>
    public double[] Outputs { get; }

    /// <summary>Evaluates.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, input].</param>
    /// <param name="expansion">The polynomials that replace the decoder functions; null: the functions themselves.</param>
    /// <param name="decoders">How decoder functions and polynomials are evaluated; null: <see cref="DecoderEvaluation.Plain"/>.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="InvalidOperationException">A layer is selective.</exception>
    public static OperatorTrace Of(OperatorDescription operators, ReadOnlySpan<double> input, OperatorExpansion? expansion = null, DecoderEvaluation? decoders = null)
    {
        decoders ??= DecoderEvaluation.Plain;
        (double[] x, double[] scaled, int steps) = Start(operators, input);
        var layers = new LayerTrace[operators.Layers.Count];
        for (int l = 0; l < layers.Length; l++)
        {
            layers[l] = LayerEvaluation.Trace(operators.Layers[l], x, steps, expansion?.Layers[l], decoders);
            x = layers[l].Output;
        }

        return new OperatorTrace(operators, decoders, steps, scaled, layers, Finish(operators, x, steps));
    }

    /// <summary>
    /// The arguments of the decoder functions only: the last layer is decoded as far as its gate arguments need it, and there are no outputs.
    /// </summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, input].</param>
    /// <param name="decoders">How decoder functions and polynomials are evaluated; null: <see cref="DecoderEvaluation.Plain"/>.</param>
    /// <returns>The layers' traces; of the last one, what comes after its arguments is empty.</returns>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="InvalidOperationException">A layer is selective.</exception>
    public static IReadOnlyList<LayerTrace> Arguments(OperatorDescription operators, ReadOnlySpan<double> input, DecoderEvaluation? decoders = null)
    {
        decoders ??= DecoderEvaluation.Plain;
        (double[] x, _, int steps) = Start(operators, input);
        var layers = new LayerTrace[operators.Layers.Count];
        for (int l = 0; l < layers.Length; l++)
        {
            LayerDescription layer = operators.Layers[l];
            bool undecoded = l == layers.Length - 1 && layer.Glu is null;
            layers[l] = undecoded ? LayerEvaluation.Undecoded(layer, x, steps, decoders) : LayerEvaluation.Trace(layer, x, steps, null, decoders);
            x = layers[l].Output;
        }

        return layers;
    }

    /// <summary>What one layer is given: the layers before it are evaluated, and of its own trace what comes before the cells.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, input].</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="decoders">How decoder functions and polynomials are evaluated; null: <see cref="DecoderEvaluation.Plain"/>.</param>
    /// <returns>The layer's trace up to the cells' input and the gate stream; what comes after is empty.</returns>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="InvalidOperationException">A layer is selective.</exception>
    public static LayerTrace CellInputs(OperatorDescription operators, ReadOnlySpan<double> input, int layer, DecoderEvaluation? decoders = null)
    {
        decoders ??= DecoderEvaluation.Plain;
        (double[] x, _, int steps) = Start(operators, input);
        for (int l = 0; l < layer; l++)
        {
            x = LayerEvaluation.Trace(operators.Layers[l], x, steps, null, decoders).Output;
        }

        return LayerEvaluation.CellInputs(operators.Layers[layer], x, steps, decoders);
    }

    /// <summary>The same input with polynomials for the decoder functions. The readouts of the first layer do not depend on them and are taken over.</summary>
    /// <param name="expansion">The polynomials.</param>
    public OperatorTrace With(OperatorExpansion expansion)
    {
        var layers = new LayerTrace[Layers.Count];
        layers[0] = LayerEvaluation.Decoded(_operator.Layers[0], Layers[0], Steps, expansion.Layers[0], _decoders);
        for (int l = 1; l < layers.Length; l++)
        {
            layers[l] = LayerEvaluation.Trace(_operator.Layers[l], layers[l - 1].Output, Steps, expansion.Layers[l], _decoders);
        }

        return new OperatorTrace(_operator, _decoders, Steps, Scaled, layers, Finish(_operator, layers[layers.Length - 1].Output, Steps));
    }

    private static (double[] X, double[] Scaled, int Steps) Start(OperatorDescription operators, ReadOnlySpan<double> input)
    {
        int steps = operators.StepsOf(input);
        double[] scaled = operators.Scaled(input);
        return (operators.Encoder is null ? scaled : SequenceRows.Map(operators.Encoder, scaled, steps), scaled, steps);
    }

    private static double[] Finish(OperatorDescription operators, double[] y, int steps)
    {
        y = SequenceRows.Pooled(operators.Pooling, y, steps);
        return operators.Head is null ? y : SequenceRows.Map(operators.Head, y, operators.Pooled ? 1 : steps);
    }
}
