using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Operators;

/// <summary>How large the readouts of the first layer can become for inputs of a range.</summary>
internal static class ReadoutRange
{
    /// <summary>
    /// A bound of |o| over all channels: the largest |v| that encoder and projection can make of the range, times the waves' reach
    /// (sum of |weight| / (1 - |lambda|), and |D|). Infinite where a norm, a convolution or an activation stands in between.
    /// </summary>
    public static double Largest(SequenceModel model, Layer layer, WaveTable waves, double low, double high)
    {
        if (layer.PreNorm is not null || layer.Input != InputStage.None)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        for (int channel = 0; channel < layer.Cell.OutputWidth; channel++)
        {
            largest = Math.Max(largest, OfChannel(model, waves, channel, low, high));
        }

        return largest;
    }

    /// <summary>
    /// The ranges of the arguments that follow from the declared input range: of a model of one layer without gate, whose cells see the encoder's
    /// output, and whose modes decay. Null otherwise.
    /// </summary>
    public static IReadOnlyList<ArgumentRanges>? Arguments(SequenceModel model, OperatorDescription description, OperatorOptions options)
    {
        if (options is not { InputLow: { } low, InputHigh: { } high } || description.Layers.Count != 1)
        {
            return null;
        }

        LayerDescription layer = description.Layers[0];
        if (layer.Gates > 0 || layer.WaveTable is not { } waves || double.IsInfinity(Largest(model, model.Layers[0], waves, low, high)))
        {
            return null;
        }

        double[] reach = [.. Enumerable.Range(0, layer.Channels).Select(channel => OfChannel(model, waves, channel, low, high))];
        return [new ArgumentRanges([.. reach.Select(r => (-r, r))], [])];
    }

    private static double OfChannel(SequenceModel model, WaveTable waves, int channel, double low, double high)
    {
        double magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        if (model.Encoder is { } encoder)
        {
            double upper = encoder.Bias?.Values[channel] ?? 0;
            double lower = upper;
            for (int i = 0; i < encoder.Inputs; i++)
            {
                double weight = encoder.Weight.Values[(channel * encoder.Inputs) + i];
                upper += Math.Max(weight * low, weight * high);
                lower += Math.Min(weight * low, weight * high);
            }

            magnitude = Math.Max(Math.Abs(lower), Math.Abs(upper));
        }

        return magnitude * waves.Reach(channel);
    }
}
