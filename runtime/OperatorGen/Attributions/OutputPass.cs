using System;
using System.Collections.Generic;
using System.Numerics.Tensors;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>Takes what the outputs of a layer get back to its input: through the norm after it, the residual path, the decoder by its mean slopes, and the waves.</summary>
/// <param name="layer">The layer.</param>
/// <param name="slopes">What was made of it once.</param>
/// <param name="trace">Its evaluation for an input.</param>
/// <param name="steps">The number of time steps.</param>
internal readonly struct OutputPass(LayerDescription layer, LayerSlopes slopes, LayerTrace trace, int steps)
{
    // The integral of a time step is refined until it lacks this part of the sum of sizes at most.
    private const double Tolerance = 1e-12;

    /// <summary>What a unit of every number of the layer's input gets, [time, width].</summary>
    /// <param name="outputs">What a unit of every output gets, [time, output]; is overwritten.</param>
    /// <param name="rows">Takes what biases, norms and the decoder of silent waves get.</param>
    public double[] ToInput(double[] outputs, List<NamedContribution> rows)
    {
        if (layer.PostNorm is { } norm)
        {
            rows.Add(new(HeldParts.NormBias, LayerPass.Bias(outputs, norm.Width, norm.Bias)));
            double mean = LayerPass.ThroughNorm(norm, outputs, trace.PostNormMean, trace.PostNormScale);
            if (!norm.IsAffine)
            {
                rows.Add(new(HeldParts.NormMean, mean));
            }
        }

        double[] silent = DecodedRows.OfSilentWaves(layer, slopes.Mixing);
        rows.Add(new(slopes.SilentName, LayerPass.Bias(outputs, silent.Length, i => silent[i])));
        (double[] weights, double[] gates) = slopes.AreSeparate ? (Separate(outputs), []) : Integrated(outputs);
        var pass = new LayerPass(layer, slopes.Series, trace, steps);
        double[] a = pass.ToInput(pass.ToCells(weights), gates, rows);
        if (layer.Residual)
        {
            TensorPrimitives.Add<double>(a, outputs, a);
        }

        return a;
    }

    private double[] Separate(double[] outputs)
    {
        double[] weights = slopes.Separate(trace.Readouts);
        for (int t = 0; t < steps; t++)
        {
            Span<double> row = weights.AsSpan(t * layer.Channels, layer.Channels);
            TensorPrimitives.Multiply(row, ContributionTarget.Kappa(layer, outputs.AsSpan(t * layer.OutputWidth, layer.OutputWidth)), row);
        }

        return weights;
    }

    private (double[] Weights, double[] Gates) Integrated(double[] outputs)
    {
        int channels = layer.Channels;
        int streams = layer.Gate is null ? 0 : channels;
        double[] weights = new double[steps * channels], gates = new double[steps * streams];
        for (int t = 0; t < steps; t++)
        {
            double[] eta = outputs.AsSpan(t * layer.OutputWidth, layer.OutputWidth).ToArray();
            if (eta.AsSpan().ContainsAnyExcept(0.0))
            {
                ReadOnlySpan<double> stream = streams == 0 ? [] : trace.GateArguments.AsSpan(t * streams, streams);
                slopes.Integrate(eta, Tolerance, trace.Readouts.AsSpan(t * channels, channels), stream, weights.AsSpan(t * channels, channels), gates.AsSpan(t * streams, streams));
            }
        }

        return (weights, gates);
    }
}
