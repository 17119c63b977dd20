using System;
using System.Collections.Generic;

namespace OperatorGen.Analysis;

/// <summary>
/// An operator evaluated for one sequence in double precision, with everything that happens on the way. The decoders are the exact
/// functions, or the polynomials of an expansion. It is the analysis' own evaluation: plain loops in a fixed order, the same on every machine.
/// </summary>
public sealed class OperatorTrace
{
    private OperatorTrace(int steps, double[] scaled, IReadOnlyList<LayerTrace> layers, double[] outputs)
    {
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

    /// <summary>The outputs, [time, output]; of a pooled model the scores, [output].</summary>
    public double[] Outputs { get; }

    /// <summary>Evaluates.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, input].</param>
    /// <param name="expansion">The polynomials that stand for the decoder functions; null: the functions themselves.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="InvalidOperationException">A layer is selective.</exception>
    public static OperatorTrace Of(OperatorDescription operators, ReadOnlySpan<double> input, OperatorExpansion? expansion = null)
    {
        int width = operators.InputWidth;
        if (input.IsEmpty || input.Length % width != 0)
        {
            throw new ArgumentException($"The input has shape [time, {width}] with at least one time step, but {input.Length} numbers were given.", nameof(input));
        }

        int steps = input.Length / width;
        double[] scaled = input.ToArray();
        for (int i = 0; operators.Scaling is not null && i < scaled.Length; i++)
        {
            scaled[i] = operators.Scaling.Apply(i % width, scaled[i]);
        }

        double[] x = operators.Encoder is null ? scaled : LayerEvaluation.Linear(operators.Encoder, scaled, steps);
        var layers = new LayerTrace[operators.Layers.Count];
        for (int l = 0; l < layers.Length; l++)
        {
            layers[l] = LayerEvaluation.Trace(operators.Layers[l], x, steps, expansion?.Layers[l]);
            x = layers[l].Output;
        }

        return new OperatorTrace(steps, scaled, layers, Finish(operators, x, steps));
    }

    private static double[] Finish(OperatorDescription operators, double[] y, int steps)
    {
        if (operators.Pooled)
        {
            int width = y.Length / steps;
            var mean = new double[width];
            for (int i = 0; i < y.Length; i++)
            {
                mean[i % width] += y[i];
            }

            for (int c = 0; c < width; c++)
            {
                mean[c] /= steps;
            }

            y = mean;
            steps = 1;
        }

        return operators.Head is null ? y : LayerEvaluation.Linear(operators.Head, y, steps);
    }
}
