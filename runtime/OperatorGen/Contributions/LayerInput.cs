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
    private readonly LayerWaves _waves;
    private double[]? _v;

    private LayerInput(OperatorExplainer explainer, int steps, double[] raw, double[] bias)
    {
        _operators = explainer.Operator;
        _waves = explainer.Waves;
        Description = explainer.Target.Layer;
        Raw = raw;
        Steps = steps;
        Bias = bias;
    }

    private LayerInput(OperatorExplainer explainer, int steps, double[] raw, double[] v, double[] bias, LayerTrace layer, OperatorTrace? trace)
        : this(explainer, steps, raw, bias)
    {
        _v = v;
        Trace = trace;
        Layer = layer;
    }

    /// <summary>The raw input, [time, InputWidth].</summary>
    public double[] Raw { get; }

    public LayerDescription Description { get; }

    public int Steps { get; }

    /// <summary>v as the waves listen to it, [time, stride]; where only scaling and encoder come before the layer it is computed at first use.</summary>
    public double[] V
    {
        get
        {
            if (_v is null)
            {
                var v = new double[Steps * _waves.InputStride];
                Encode(v);
                _v = v; // whole, so that another thread sees none or all of it
            }

            return _v;
        }
    }

    /// <summary>v for a silent input: [time, stride], or one row; empty where there is no response of its own to the encoder's bias.</summary>
    public double[] Bias { get; }

    /// <summary>The exact evaluation of the operator, where the layer ends with a norm, whose scale is known after it only; else null.</summary>
    public OperatorTrace? Trace { get; }

    /// <summary>The exact evaluation of the layer, up to its cells' input at least; null where nothing but scaling and encoder is before them.</summary>
    public LayerTrace? Layer { get; }

    /// <summary>The gate stream's arguments, [time, readout]; empty without.</summary>
    public double[] Stream => Description.Gate is null ? [] : Layer!.GateArguments;

    public static LayerInput Of(OperatorExplainer explainer, ReadOnlySpan<double> input)
    {
        OperatorDescription operators = explainer.Operator;
        LayerDescription layer = explainer.Target.Layer;
        int steps = operators.StepsOf(input);
        bool direct = explainer.Layer == 0 && layer is { PreNorm: null, PostNorm: null, Residual: false, Input.IsNone: true };
        if (direct)
        {
            return new LayerInput(explainer, steps, input.ToArray(), Rows(explainer, Silent(operators, layer, 1)));
        }

        OperatorTrace? trace = explainer.Target.FrozenNorm ? OperatorTrace.Of(operators, input) : null;
        LayerTrace own = trace?.Layers[explainer.Layer] ?? OperatorTrace.CellInputs(operators, input, explainer.Layer);
        double[] silent = explainer.Layer == 0 && layer.PreNorm is null or { IsAffine: true } ? Silent(operators, layer, layer.Input.Convolution is null ? 1 : steps) : [];
        return new LayerInput(explainer, steps, input.ToArray(), Rows(explainer, own.CellInput), Rows(explainer, silent), own, trace);
    }

    /// <summary>v for one pass over it, [time, stride] and perhaps more room after it: from the pool unless it is kept anyway.</summary>
    public double[] Borrow()
    {
        if (_v is not null)
        {
            return _v;
        }

        double[] v = ArrayPool<double>.Shared.Rent(Steps * _waves.InputStride);
        Encode(v);
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
    private void Encode(double[] v)
    {
        int width = _operators.InputWidth;
        int stride = _waves.InputStride;
        LinearDescription? encoder = _operators.Encoder;
        int channels = encoder?.Outputs ?? width;
        if (channels < stride)
        {
            Array.Clear(v, 0, Steps * stride);
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

        for (int t = 0; t < Steps; t++)
        {
            Span<double> row = v.AsSpan(t * stride, channels);
            if (encoder is not null)
            {
                rows.AsSpan(width * channels).CopyTo(row);
            }

            for (int i = 0; i < width; i++)
            {
                double u = Raw[(t * width) + i];
                u = _operators.Scaling is { } scaling ? scaling.Apply(i, u) : u;
                if (encoder is null)
                {
                    row[i] = u;
                }
                else
                {
                    System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(rows.AsSpan(i * channels, channels), u, row, row);
                }
            }

            Repeat(row, v.AsSpan(t * stride, _waves.InputWidth));
        }
    }

    /// <summary>v of the first layer for u = 0, [time, input]; empty where it is 0 or where v is no affine function of u.</summary>
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

        if (stage.Projection is { } projection)
        {
            var projected = new double[projection.Outputs];
            projection.Apply(one, projected);
            one = projected;
        }

        if (Array.TrueForAll(one, static b => b == 0))
        {
            return [];
        }

        int inputs = layer.Recurrence.Inputs;
        var all = new double[steps * inputs];
        for (int t = 0; t < steps; t++)
        {
            one.AsSpan(0, inputs).CopyTo(all.AsSpan(t * inputs));
        }

        return stage.Convolution?.Apply(all) ?? all;
    }

    /// <summary>Rows of v as the waves listen to them.</summary>
    private static double[] Rows(OperatorExplainer explainer, double[] v)
    {
        int inputs = explainer.Target.Layer.Recurrence.Inputs;
        int stride = explainer.Waves.InputStride;
        if (inputs == stride)
        {
            return v;
        }

        var rows = new double[v.Length / inputs * stride];
        for (int t = 0; t < v.Length / inputs; t++)
        {
            Span<double> row = rows.AsSpan(t * stride, explainer.Waves.InputWidth);
            v.AsSpan(t * inputs, inputs).CopyTo(row);
            Repeat(row[..inputs], row);
        }

        return rows;
    }

    /// <summary>Writes the inputs once more for every further readout of their channels.</summary>
    private static void Repeat(ReadOnlySpan<double> inputs, Span<double> row)
    {
        for (int start = inputs.Length; start < row.Length; start += inputs.Length)
        {
            inputs.CopyTo(row[start..]);
        }
    }
}
