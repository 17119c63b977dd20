using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What a layer is given for one input: its cells' input, and everything that is held fixed.</summary>
internal sealed class LayerInput
{
    private LayerInput(int steps, double[] v, double[] bias, OperatorTrace? trace, int layer)
    {
        Steps = steps;
        V = v;
        Bias = bias;
        Trace = trace;
        Layer = trace?.Layers[layer];
    }

    public int Steps { get; }

    /// <summary>v, [time, stride].</summary>
    public double[] V { get; }

    /// <summary>v for a silent input: [time, stride], or one row; empty where there is no response of its own to the encoder's bias.</summary>
    public double[] Bias { get; }

    /// <summary>The exact evaluation; null where the layer needs none.</summary>
    public OperatorTrace? Trace { get; }

    /// <summary>The layer's part of it.</summary>
    public LayerTrace? Layer { get; }

    public static LayerInput Of(OperatorExplainer explainer, ReadOnlySpan<double> input)
    {
        OperatorDescription operators = explainer.Operator;
        LayerDescription layer = explainer.Target.Layer;
        int width = operators.InputWidth;
        if (input.IsEmpty || input.Length % width != 0)
        {
            throw new ArgumentException($"The input has shape [time, {width}] with at least one time step, but {input.Length} numbers were given.", nameof(input));
        }

        int steps = input.Length / width;
        bool direct = explainer.Layer == 0 && layer is { PreNorm: null, PostNorm: null, Residual: false, Input.IsNone: true, Gates: 0 };
        int stride = explainer.Tables.Stride;
        if (direct)
        {
            return new LayerInput(steps, Encode(operators, input, steps, stride), Pad(Silent(operators, layer, 1), layer.Channels, stride), null, 0);
        }

        OperatorTrace trace = OperatorTrace.Of(operators, input);
        return new LayerInput(
            steps,
            Pad(trace.Layers[explainer.Layer].CellInput, layer.Channels, stride),
            explainer.Layer == 0 && layer.PreNorm is null ? Pad(Silent(operators, layer, layer.Input.Convolution is null ? 1 : steps), layer.Channels, stride) : [],
            trace,
            explainer.Layer);
    }

    /// <summary>Scaling and encoder, [time, stride].</summary>
    private static double[] Encode(OperatorDescription operators, ReadOnlySpan<double> input, int steps, int stride)
    {
        int width = operators.InputWidth;
        LinearDescription? encoder = operators.Encoder;
        int channels = encoder?.Outputs ?? width;
        double[] v = channels == stride ? GC.AllocateUninitializedArray<double>(steps * stride) : new double[steps * stride];
        double[] rows = new double[encoder is null ? 0 : (width + 1) * channels]; // W transposed, and b after it
        for (int c = 0; encoder is not null && c < channels; c++)
        {
            for (int i = 0; i < width; i++)
            {
                rows[(i * channels) + c] = encoder.Weight(c, i);
            }

            rows[(width * channels) + c] = encoder.Bias(c);
        }

        for (int t = 0; t < steps; t++)
        {
            Span<double> row = v.AsSpan(t * stride, channels);
            if (encoder is not null)
            {
                rows.AsSpan(width * channels).CopyTo(row);
            }

            for (int i = 0; i < width; i++)
            {
                double u = input[(t * width) + i];
                u = operators.Scaling is { } scaling ? scaling.Apply(i, u) : u;
                if (encoder is null)
                {
                    row[i] = u;
                }
                else
                {
                    System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(rows.AsSpan(i * channels, channels), u, row, row);
                }
            }
        }

        return v;
    }

    /// <summary>v of the first layer for u = 0, [time, channel]; empty where it is 0 or where v is no affine function of u.</summary>
    private static double[] Silent(OperatorDescription operators, LayerDescription layer, int steps)
    {
        InputDescription stage = layer.Input;
        if (operators.Encoder is not { } encoder || !stage.Activation.Equals(DecoderFunctions.Identity))
        {
            return [];
        }

        var one = new double[encoder.Outputs];
        for (int c = 0; c < one.Length; c++)
        {
            one[c] = encoder.Bias(c);
        }

        if (Array.TrueForAll(one, static b => b == 0))
        {
            return [];
        }

        if (stage.Projection is { } projection)
        {
            var projected = new double[projection.Outputs];
            projection.Apply(one, projected);
            one = projected;
        }

        var all = new double[steps * layer.Channels];
        for (int t = 0; t < steps; t++)
        {
            one.AsSpan(0, layer.Channels).CopyTo(all.AsSpan(t * layer.Channels));
        }

        return stage.Convolution?.Apply(all) ?? all;
    }

    private static double[] Pad(double[] rows, int channels, int stride)
    {
        if (channels == stride)
        {
            return rows;
        }

        var padded = new double[rows.Length / channels * stride];
        for (int t = 0; t < rows.Length / channels; t++)
        {
            Array.Copy(rows, t * channels, padded, t * stride, channels);
        }

        return padded;
    }
}
