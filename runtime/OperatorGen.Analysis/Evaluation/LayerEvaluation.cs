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
            (normed, trace.PreNormMean, trace.PreNormScale) = Norm(pre, x);
        }

        (trace.CellInput, trace.GateArguments) = InputStage(layer, normed, steps, decoders);
        return trace;
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
            (y, trace.PostNormMean, trace.PostNormScale) = Norm(post, y);
        }

        trace.Output = y;
    }

    /// <summary>A norm of every row with its means and scales, which are empty where the norm is affine.</summary>
    private static (double[] Y, double[] Mean, double[] Scale) Norm(NormDescription norm, double[] x)
    {
        (double[] means, double[] scales) = SequenceRows.Statistics(norm, x);
        double[] y = SequenceRows.Normed(norm, x, means, scales);
        return norm.IsAffine ? (y, [], []) : (y, means, scales);
    }

    private static (double[] V, double[] Stream) InputStage(LayerDescription layer, double[] x, int steps, DecoderEvaluation decoders)
    {
        InputDescription input = layer.Input;
        double[] v = x;
        double[] stream = [];
        if (input.Projection is { } projection)
        {
            double[] both = SequenceRows.Map(projection, x, steps);
            v = SequenceRows.Columns(both, steps, 0, projection.Outputs - input.GateWidth);
            stream = SequenceRows.Columns(both, steps, projection.Outputs - input.GateWidth, input.GateWidth);
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
            h = SequenceRows.Map(mixing, h, steps);
        }

        if (layer.Glu is not { } glu)
        {
            return (h, stream);
        }

        double[] mixed = glu.ReadsReadouts ? SequenceRows.Map(layer.Mixing!, readouts, steps) : h;
        double[] values = SequenceRows.Columns(mixed, steps, 0, layer.OutputWidth);
        double[] gates = SequenceRows.Columns(h, steps, layer.OutputWidth, layer.OutputWidth);
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
            return (layer.Mixing is { } mixing ? SequenceRows.Map(mixing, h, steps) : h, []);
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
}
