using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Operators;

/// <summary>How large the readouts of the first layer can become for inputs of a range.</summary>
internal static class ReadoutRange
{
    /// <summary>
    /// A bound of |o| over all readouts: what encoder and projection make of the range, times the waves' reach (sum of |weight| / (1 - |lambda|), and |D|). Of
    /// modes of one channel it is that channel's |v| that counts, of shared modes the largest of all. Infinite where a norm, a convolution or an activation
    /// comes between.
    /// </summary>
    public static double Largest(SequenceModel model, Layer layer, ModeBank bank, double low, double high)
    {
        if (layer.PreNorm is not null || layer.Input != InputStage.None)
        {
            return double.PositiveInfinity;
        }

        double[] v = [.. Enumerable.Range(0, bank.Inputs).Select(i => Magnitude(model.Encoder, i, low, high))];
        return Enumerable.Range(0, bank.Readouts).Max(h => (bank.IsShared ? v.Max() : v[bank.InputOf(h)]) * bank.Reach(h));
    }

    private static double Magnitude(Linear? encoder, int channel, double low, double high)
    {
        if (encoder is null)
        {
            return Math.Max(Math.Abs(low), Math.Abs(high));
        }

        double upper = encoder.Bias?.Values[channel] ?? 0;
        double lower = upper;
        for (int i = 0; i < encoder.Inputs; i++)
        {
            double weight = encoder.Weight.Values[(channel * encoder.Inputs) + i];
            upper += Math.Max(weight * low, weight * high);
            lower += Math.Min(weight * low, weight * high);
        }

        return Math.Max(Math.Abs(lower), Math.Abs(upper));
    }
}
