using System;
using System.Numerics.Tensors;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>What a layer's decoder makes of its readouts, time step by time step, before the residual: mixing and gates included.</summary>
internal static class DecodedRows
{
    /// <summary>r of silent waves, [output].</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="mixing">Its mixing; null: none.</param>
    public static double[] OfSilentWaves(LayerDescription layer, MixingTable? mixing)
    {
        var silent = new double[layer.OutputWidth];
        Apply(layer, mixing, new double[layer.Channels], layer.Channels, layer.Gate is null ? [] : new double[layer.Channels], silent);
        return silent;
    }

    /// <summary>r of some time steps.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="mixing">Its mixing; null: none.</param>
    /// <param name="readouts">o, [time, stride].</param>
    /// <param name="stride">From a row of readouts to the next.</param>
    /// <param name="stream">The gate stream's arguments, [time, readout]; empty without.</param>
    /// <param name="decoded">Takes r, [time, output].</param>
    public static void Apply(LayerDescription layer, MixingTable? mixing, ReadOnlySpan<double> readouts, int stride, ReadOnlySpan<double> stream, Span<double> decoded)
    {
        int steps = readouts.Length / stride;
        int channels = layer.Channels;
        int width = mixing?.Stride ?? stride;
        var hidden = new double[readouts.Length];
        FunctionValues.Apply(layer.Decoder, readouts, hidden);
        if (layer.Gate is { } gate)
        {
            var gates = new double[stream.Length];
            FunctionValues.Apply(gate, stream, gates);
            for (int t = 0; t < steps; t++)
            {
                Span<double> row = hidden.AsSpan(t * stride, channels);
                TensorPrimitives.Multiply(row, gates.AsSpan(t * channels, channels), row);
            }
        }

        double[] mixed = mixing?.Apply(hidden, stride, steps) ?? hidden;
        double[] values = mixed;
        double[] factors = [];
        if (layer.Glu is { } glu)
        {
            values = glu.ReadsReadouts ? mixing!.Apply(readouts, stride, steps) : mixed;
            factors = new double[mixed.Length];
            FunctionValues.Apply(glu.Gate, mixed, factors);
        }

        for (int t = 0; t < steps; t++)
        {
            Span<double> target = decoded.Slice(t * layer.OutputWidth, layer.OutputWidth);
            ReadOnlySpan<double> row = values.AsSpan(t * width, layer.OutputWidth);
            if (layer.Glu is not null)
            {
                TensorPrimitives.Multiply(row, factors.AsSpan((t * width) + layer.OutputWidth, layer.OutputWidth), target);
            }
            else
            {
                row.CopyTo(target);
            }
        }
    }
}
