using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Evaluates one layer for a whole sequence.</summary>
internal static class LayerEvaluation
{
    /// <summary>The layer's trace.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">[time, width].</param>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="expansion">The decoder's polynomials; null: its functions.</param>
    /// <param name="decoders">How the decoder is evaluated.</param>
    public static LayerTrace Trace(LayerDescription layer, double[] x, int steps, LayerExpansion? expansion, DecoderEvaluation decoders)
    {
        LayerTrace trace = Undecoded(layer, x, steps, decoders);
        Finish(layer, trace, steps, expansion, decoders);
        return trace;
    }

    /// <summary>A trace from its readouts on, with polynomials; everything before is taken over.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">A trace of the layer.</param>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="expansion">The decoder's polynomials.</param>
    /// <param name="decoders">How the decoder is evaluated.</param>
    public static LayerTrace Decoded(LayerDescription layer, LayerTrace source, int steps, LayerExpansion expansion, DecoderEvaluation decoders)
    {
        var trace = new LayerTrace
        {
            Input = source.Input,
            PreNormMean = source.PreNormMean,
            PreNormScale = source.PreNormScale,
            CellInput = source.CellInput,
            Readouts = source.Readouts,
            GateArguments = layer.Gate is null ? [] : source.GateArguments,
        };
        Finish(layer, trace, steps, expansion, decoders);
        return trace;
    }

    /// <summary>A trace up to the readouts and the gate stream.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">[time, width].</param>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="decoders">How the activation of the input stage is evaluated.</param>
    public static LayerTrace Undecoded(LayerDescription layer, double[] x, int steps, DecoderEvaluation decoders)
    {
        LayerTrace trace = CellInputs(layer, x, steps, decoders);
        trace.Readouts = ModeSeries.Readouts(layer.Bank!, trace.CellInput, steps);
        return trace;
    }

    /// <summary>A trace up to the cells' input and the gate stream.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">[time, width].</param>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="decoders">How the activation of the input stage is evaluated.</param>
    public static LayerTrace CellInputs(LayerDescription layer, double[] x, int steps, DecoderEvaluation decoders)
    {
        if (layer.IsSelective)
        {
            throw new InvalidOperationException($"The layer \"{layer.Name}\" is selective: its recurrence depends on the input and has no waves.");
        }

        var trace = new LayerTrace { Input = x };
        double[] normed = x;
        if (layer.PreNorm is { } pre)
        {
            (normed, trace.PreNormMean, trace.PreNormScale) = Norm(pre, x, steps);
        }

        (trace.CellInput, trace.GateArguments) = InputStage(layer, normed, steps, decoders);
        return trace;
    }

    /// <summary>A linear map of every row.</summary>
    public static double[] Linear(LinearDescription map, double[] x, int steps)
    {
        var y = new double[steps * map.Outputs];
        for (int t = 0; t < steps; t++)
        {
            map.Apply(x.AsSpan(t * map.Inputs, map.Inputs), y.AsSpan(t * map.Outputs, map.Outputs));
        }

        return y;
    }

    private static void Finish(LayerDescription layer, LayerTrace trace, int steps, LayerExpansion? expansion, DecoderEvaluation decoders)
    {
        double[] stream = trace.GateArguments;
        double[] x = trace.Input;
        (trace.Decoded, trace.GateArguments) = expansion is null ? Decode(layer, trace.Readouts, stream, steps, decoders) : Decode(expansion, trace.Readouts, stream, steps, decoders);
        double[] y = trace.Decoded;
        if (layer.Residual)
        {
            y = new double[y.Length];
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = trace.Decoded[i] + x[i];
            }
        }

        if (layer.PostNorm is { } post)
        {
            (y, trace.PostNormMean, trace.PostNormScale) = Norm(post, y, steps);
        }

        trace.Output = y;
    }

    private static (double[] Y, double[] Mean, double[] Scale) Norm(NormDescription norm, double[] x, int steps)
    {
        var y = new double[x.Length];
        var means = new double[steps];
        var scales = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<double> row = x.AsSpan(t * norm.Width, norm.Width);
            (means[t], scales[t]) = norm.Statistics(row);
            norm.Apply(row, means[t], scales[t], y.AsSpan(t * norm.Width, norm.Width));
        }

        return norm.IsAffine ? (y, [], []) : (y, means, scales);
    }

    private static (double[] V, double[] Stream) InputStage(LayerDescription layer, double[] x, int steps, DecoderEvaluation decoders)
    {
        InputDescription input = layer.Input;
        double[] v = x;
        double[] stream = [];
        if (input.Projection is { } projection)
        {
            double[] both = Linear(projection, x, steps);
            v = Columns(both, steps, 0, projection.Outputs - input.GateWidth);
            stream = Columns(both, steps, projection.Outputs - input.GateWidth, input.GateWidth);
        }

        v = input.Convolution?.Apply(v) ?? v;
        return (input.Activation.Equals(DecoderFunctions.Identity) ? v : Values(input.Activation, v, decoders), stream);
    }

    private static (double[] Decoded, double[] Gates) Decode(LayerDescription layer, double[] readouts, double[] stream, int steps, DecoderEvaluation decoders)
    {
        double[] h = Values(layer.Decoder, readouts, decoders);
        if (layer.Gate is not null)
        {
            Multiply(h, Values(layer.Gate, stream, decoders));
        }

        if (layer.Mixing is { } mixing)
        {
            h = Linear(mixing, h, steps);
        }

        if (layer.Glu is not { } glu)
        {
            return (h, stream);
        }

        double[] mixed = glu.ReadsReadouts ? Linear(layer.Mixing!, readouts, steps) : h;
        double[] values = Columns(mixed, steps, 0, layer.OutputWidth);
        double[] gates = Columns(h, steps, layer.OutputWidth, layer.OutputWidth);
        Multiply(values, Values(glu.Gate, gates, decoders));
        return (values, gates);
    }

    private static double[] Values(DecoderFunction function, double[] x, DecoderEvaluation decoders)
    {
        var y = new double[x.Length];
        decoders.Values(function, x, y);
        return y;
    }

    private static void Multiply(double[] values, double[] factors)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factors[i];
        }
    }

    private static (double[] Decoded, double[] Gates) Decode(LayerExpansion expansion, double[] readouts, double[] stream, int steps, DecoderEvaluation decoders)
    {
        LayerDescription layer = expansion.Layer;
        if (layer.Gates == 0)
        {
            // No products of polynomials: one per readout, all steps at once.
            var h = new double[readouts.Length];
            decoders.Values(expansion.Readouts, readouts, h);
            return (layer.Mixing is { } mixing ? Linear(mixing, h, steps) : h, []);
        }

        var decoded = new double[steps * layer.OutputWidth];
        var gates = new double[steps * layer.Gates];
        for (int t = 0; t < steps; t++)
        {
            Span<double> z = gates.AsSpan(t * layer.Gates, layer.Gates);
            if (layer.Gate is not null)
            {
                stream.AsSpan(t * layer.Gates, layer.Gates).CopyTo(z);
            }

            expansion.Evaluate(readouts.AsSpan(t * layer.Channels, layer.Channels), z, decoded.AsSpan(t * layer.OutputWidth, layer.OutputWidth));
        }

        return (decoded, gates);
    }

    private static double[] Columns(double[] rows, int steps, int start, int width)
    {
        int stride = rows.Length / steps;
        var part = new double[steps * width];
        for (int t = 0; t < steps; t++)
        {
            Array.Copy(rows, (t * stride) + start, part, t * width, width);
        }

        return part;
    }
}
