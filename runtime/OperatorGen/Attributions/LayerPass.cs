using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Takes what the readouts of a layer get back to the layer's input: one pass through the transposed recurrence, then through what is linear before it.</summary>
/// <param name="layer">The layer.</param>
/// <param name="series">Its modes where each belongs to one channel; null where all channels share them.</param>
/// <param name="trace">The layer's evaluation for an input.</param>
/// <param name="steps">The number of time steps.</param>
internal readonly struct LayerPass(LayerDescription layer, ChannelSeries? series, LayerTrace trace, int steps)
{
    /// <summary>True where a function that is not linear comes before the cells: nothing can be taken further back than to their input.</summary>
    public static bool EndsAtCells(LayerDescription layer) => !layer.Input.Activation.Equals(DecoderFunctions.Identity);

    /// <summary>What a unit of every number of the cells' input gets, [time, cell input].</summary>
    /// <param name="weights">What a unit of every readout gets, [time, readout].</param>
    public double[] ToCells(double[] weights) => series?.Transposed(weights, steps) ?? TransposedSeries.Of(layer.Bank!, weights, steps);

    /// <summary>What a unit of every number of the layer's input gets, [time, width].</summary>
    /// <param name="cells">What a unit of every number of the cells' input gets.</param>
    /// <param name="gates">What a unit of every argument of the gate stream gets, [time, readout]; empty without.</param>
    /// <param name="rows">Takes what the biases and norms on the way get.</param>
    public double[] ToInput(double[] cells, double[] gates, List<NamedContribution> rows)
    {
        double[] a = cells;
        if (layer.Input.Convolution is { } convolution)
        {
            rows.Add(new("bias of the convolution", Bias(a, convolution.Channels, convolution.Bias)));
            a = Transposed(convolution, a);
        }

        if (layer.Input.Projection is { } projection)
        {
            double[] both = Beside(a, gates, steps);
            rows.Add(new("bias of the projection", Bias(both, projection.Outputs, projection.Bias)));
            a = Transposed(projection, both, steps);
        }

        if (layer.PreNorm is { } norm)
        {
            rows.Add(new("bias of the norm before the layer", Bias(a, norm.Width, norm.Bias)));
            double mean = ThroughNorm(norm, a, trace.PreNormMean, trace.PreNormScale);
            if (!norm.IsAffine)
            {
                rows.Add(new("mean of the norm before the layer", mean));
            }
        }

        return a;
    }

    /// <summary>Takes what a norm's outputs get back to its inputs, in place; its mean and scale are held fixed. Its bias is not counted.</summary>
    /// <returns>What the means get, 0 of an affine norm.</returns>
    public static double ThroughNorm(NormDescription norm, double[] a, double[] means, double[] scales)
    {
        double mean = 0;
        for (int i = 0; i < a.Length; i++)
        {
            int t = i / norm.Width;
            a[i] *= norm.Weight(i % norm.Width) * (norm.IsAffine ? 1 : scales[t]);
            mean -= norm.IsAffine ? 0 : a[i] * means[t];
        }

        return mean;
    }

    /// <summary>What the biases of a map get: sum_t sum_c a_c(t) b_c.</summary>
    public static double Bias(double[] a, int width, Func<int, double> bias)
    {
        var sum = default(CompensatedSum);
        for (int i = 0; i < a.Length; i++)
        {
            sum.Add(a[i] * bias(i % width));
        }

        return sum.Value;
    }

    /// <summary>Takes what the outputs of a linear map get back to its inputs.</summary>
    public static double[] Transposed(LinearDescription map, double[] a, int steps)
    {
        var back = new double[steps * map.Inputs];
        for (int t = 0; t < steps; t++)
        {
            Span<double> row = back.AsSpan(t * map.Inputs, map.Inputs);
            for (int o = 0; o < map.Outputs; o++)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(map.Row(o), a[(t * map.Outputs) + o], row, row);
            }
        }

        return back;
    }

    private static double[] Transposed(ConvolutionDescription map, double[] a)
    {
        var back = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            int t = i / map.Channels;
            int c = i % map.Channels;
            for (int j = Math.Max(0, map.Width - 1 - t); j < map.Width; j++)
            {
                back[((t - map.Width + 1 + j) * map.Channels) + c] += map.Weight(j, c) * a[i];
            }
        }

        return back;
    }

    private static double[] Beside(double[] left, double[] right, int steps)
    {
        int a = left.Length / steps;
        int b = right.Length / steps;
        var both = new double[steps * (a + b)];
        for (int t = 0; t < steps; t++)
        {
            Array.Copy(left, t * a, both, t * (a + b), a);
            Array.Copy(right, t * b, both, (t * (a + b)) + a, b);
        }

        return both;
    }
}
