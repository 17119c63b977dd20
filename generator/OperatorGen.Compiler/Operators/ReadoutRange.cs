using System;
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
    public static double Largest(SequenceModel model, Layer layer, ModeBank waves, double low, double high)
    {
        if (layer.PreNorm is not null || layer.Input != InputStage.None)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        for (int channel = 0; channel < layer.Cell.OutputWidth; channel++)
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

            largest = Math.Max(largest, magnitude * waves.Reach(channel));
        }

        return largest;
    }
}
