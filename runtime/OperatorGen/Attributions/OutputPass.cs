using System;
using System.Collections.Generic;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>Takes what the outputs of a layer get back to its input, along the straight path from silent waves to the actual ones: norm after it, residual, decoder, waves.</summary>
/// <param name="layer">The layer.</param>
/// <param name="trace">The layer's evaluation for an input.</param>
/// <param name="steps">The number of time steps.</param>
internal readonly struct OutputPass(LayerDescription layer, LayerTrace trace, int steps)
{
    // A path integral of a time step is refined until its gap is this part of the sum of sizes at most.
    private const double Tolerance = 1e-11;

    /// <summary>What a unit of every number of the layer's input gets, [time, width].</summary>
    /// <param name="outputs">What a unit of every output gets, [time, output]; is overwritten.</param>
    /// <param name="rows">Takes what biases, norms and the decoder of silent waves get.</param>
    public double[] ToInput(double[] outputs, List<NamedContribution> rows)
    {
        if (layer.PostNorm is { } norm)
        {
            rows.Add(new("bias of the norm", LayerPass.Bias(outputs, norm.Width, norm.Bias)));
            double mean = LayerPass.ThroughNorm(norm, outputs, trace.PostNormMean, trace.PostNormScale);
            if (!norm.IsAffine)
            {
                rows.Add(new("mean of the norm", mean));
            }
        }

        MixingTable? mixing = layer.Mixing is null ? null : new MixingTable(layer.Mixing);
        double[] silent = DecodedRows.OfSilentWaves(layer, mixing);
        rows.Add(new("decoder of silent waves", LayerPass.Bias(outputs, silent.Length, i => silent[i])));
        (double[] weights, double[] gates) = layer.Gates == 0 ? Slopes(outputs) : GatedSlopes(outputs);
        var pass = new LayerPass(layer, ChannelSeries.Of(layer.Bank!), trace, steps);
        double[] a = pass.ToInput(pass.ToCells(weights), gates, rows);
        if (layer.Residual)
        {
            System.Numerics.Tensors.TensorPrimitives.Add<double>(a, outputs, a);
        }

        return a;
    }

    private (double[] Weights, double[] Gates) Slopes(double[] outputs)
    {
        double[] slopes = new double[trace.Readouts.Length];
        FunctionValues.Apply(layer.Decoder, trace.Readouts, slopes);
        new MeanSlope(layer.Decoder).Apply(trace.Readouts, slopes);
        for (int t = 0; t < steps; t++)
        {
            double[] kappa = ContributionTarget.Kappa(layer, outputs.AsSpan(t * layer.OutputWidth, layer.OutputWidth));
            Span<double> row = slopes.AsSpan(t * layer.Channels, layer.Channels);
            System.Numerics.Tensors.TensorPrimitives.Multiply(row, kappa, row);
        }

        return (slopes, []);
    }

    private (double[] Weights, double[] Gates) GatedSlopes(double[] outputs)
    {
        int channels = layer.Channels;
        GluTables? tables = layer.Glu is null ? null : new GluTables(layer.Mixing!);
        double[] stream = layer.Gate is null ? [] : trace.GateArguments;
        double[] weights = new double[trace.Readouts.Length], gates = new double[stream.Length];
        for (int t = 0; t < steps; t++)
        {
            double[] eta = outputs.AsSpan(t * layer.OutputWidth, layer.OutputWidth).ToArray();
            GatedPath path = GatedPath.Of(layer, tables, eta);
            double[] arguments = new double[path.Arguments], slopes = new double[path.Arguments];
            trace.Readouts.AsSpan(t * channels, channels).CopyTo(arguments);
            if (stream.Length > 0)
            {
                stream.AsSpan(t * channels, channels).CopyTo(arguments.AsSpan(channels));
            }

            new PathIntegral(path, Tolerance).MeanSlopes(arguments, slopes);
            slopes.AsSpan(0, channels).CopyTo(weights.AsSpan(t * channels));
            if (stream.Length > 0)
            {
                slopes.AsSpan(channels).CopyTo(gates.AsSpan(t * channels));
            }
        }

        return (weights, gates);
    }
}
