using System;
using System.Buffers;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What a layer is given for one input: its cells' input, and everything that is held fixed.</summary>
internal sealed class LayerInput
{
    private readonly OperatorDescription _operators;
    private readonly double[] _raw;
    private readonly int _stride;
    private double[]? _v;

    private LayerInput(OperatorDescription operators, int steps, int stride, double[] raw, double[] bias)
    {
        _operators = operators;
        _stride = stride;
        _raw = raw;
        Steps = steps;
        Bias = bias;
    }

    private LayerInput(OperatorDescription operators, int steps, int stride, double[] v, double[] bias, OperatorTrace trace, int layer)
        : this(operators, steps, stride, [], bias)
    {
        _v = v;
        Trace = trace;
        Layer = trace.Layers[layer];
    }

    public int Steps { get; }

    /// <summary>v, [time, stride]; where nothing but scaling and encoder stands before the layer it is computed at first use.</summary>
    public double[] V
    {
        get
        {
            if (_v is null)
            {
                _v = new double[Steps * _stride];
                Encode(_operators, _raw, Steps, _stride, _v);
            }

            return _v;
        }
    }

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
            return new LayerInput(operators, steps, stride, input.ToArray(), Pad(Silent(operators, layer, 1), layer.Channels, stride));
        }

        OperatorTrace trace = OperatorTrace.Of(operators, input);
        return new LayerInput(
            operators,
            steps,
            stride,
            Pad(trace.Layers[explainer.Layer].CellInput, layer.Channels, stride),
            explainer.Layer == 0 && layer.PreNorm is null or { IsAffine: true } ? Pad(Silent(operators, layer, layer.Input.Convolution is null ? 1 : steps), layer.Channels, stride) : [],
            trace,
            explainer.Layer);
    }

    /// <summary>v for one pass over it, [time, stride] and perhaps more room after it: from the pool unless it is kept anyway.</summary>
    public double[] Borrow()
    {
        if (_v is not null)
        {
            return _v;
        }

        double[] v = ArrayPool<double>.Shared.Rent(Steps * _stride);
        Encode(_operators, _raw, Steps, _stride, v);
        return v;
    }

    /// <summary>Gives back what <see cref="Borrow"/> gave.</summary>
    public void Return(double[] borrowed)
    {
        if (!ReferenceEquals(borrowed, _v))
        {
            ArrayPool<double>.Shared.Return(borrowed);
        }
    }

    /// <summary>Scaling and encoder, into [time, stride].</summary>
    private static void Encode(OperatorDescription operators, ReadOnlySpan<double> input, int steps, int stride, double[] v)
    {
        int width = operators.InputWidth;
        LinearDescription? encoder = operators.Encoder;
        int channels = encoder?.Outputs ?? width;
        if (channels < stride)
        {
            Array.Clear(v, 0, steps * stride);
        }

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
    }

    /// <summary>v of the first layer for u = 0, [time, channel]; empty where it is 0 or where v is no affine function of u.</summary>
    private static double[] Silent(OperatorDescription operators, LayerDescription layer, int steps)
    {
        InputDescription stage = layer.Input;
        if (!stage.Activation.Equals(DecoderFunctions.Identity))
        {
            return [];
        }

        var one = new double[layer.Width];
        for (int c = 0; c < one.Length; c++)
        {
            one[c] = operators.Encoder?.Bias(c) ?? 0;
        }

        layer.PreNorm?.Apply(one, 0, 1, one);

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
