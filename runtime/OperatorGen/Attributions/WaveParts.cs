using System;
using System.Linq;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What every wave gets: the sum over time of the wave times the mean slope of its readout.</summary>
internal static class WaveParts
{
    /// <summary>The parts in canonical order.</summary>
    /// <param name="attributor">The layer.</param>
    /// <param name="v">The cells' input, [time, input].</param>
    /// <param name="weights">The readouts' mean slopes, [time, readout].</param>
    /// <param name="gates">Those of the gate stream's arguments, [time, readout]; empty without.</param>
    /// <param name="stream">The gate stream's arguments, in the same way.</param>
    /// <param name="steps">The number of time steps.</param>
    public static double[] Of(OperatorAttributor attributor, double[] v, double[] weights, double[] gates, double[] stream, int steps)
    {
        ModeBank bank = attributor.Target.Layer.Bank!;
        int modes = bank.WavesPerReadout;
        int channels = bank.Readouts;
        double[][] columns = [.. Enumerable.Range(0, channels).Select(h => Column(weights, channels, h, steps))];

        // Where readout h has wave n: one after another, or all readouts in the same place.
        int own = bank.IsShared ? 0 : bank.Summands;
        int skips = modes;
        int stride = bank.IsShared ? 1 : own;
        int summands = bank.IsShared ? modes + (bank.HasSkip ? channels : 0) : channels * own;
        var parts = new double[summands + (gates.Length == 0 ? 0 : channels)];
        for (int h = 0; attributor.Slopes.Series is not null && h < channels; h++)
        {
            attributor.Slopes.Series.Sums(h, Column(v, bank.Inputs, bank.InputOf(h), steps), columns[h], parts.AsSpan(h * own, modes));
        }

        foreach ((int m, double[] re, double[] im) in attributor.Slopes.Series is null ? ModeSeries.States(bank, v, steps) : [])
        {
            foreach (int h in bank.ReadoutsOf(bank.GroupOf(m)))
            {
                int n = m % modes;
                ComplexNumber read = bank[h, n].Weight;
                parts[(h * own) + n] += (read.Re * TensorPrimitives.Dot<double>(columns[h], re)) - (read.Im * TensorPrimitives.Dot<double>(columns[h], im));
            }
        }

        for (int h = 0; h < channels; h++)
        {
            for (int t = 0; t < steps && bank.HasSkip; t++)
            {
                parts[skips + (h * stride)] += bank.Skip(h) * columns[h][t] * v[(t * bank.Inputs) + bank.InputOf(h)];
            }

            for (int t = 0; t < steps && gates.Length > 0; t++)
            {
                parts[summands + h] += gates[(t * channels) + h] * stream[(t * channels) + h];
            }
        }

        return parts;
    }

    private static double[] Column(double[] rows, int width, int column, int steps)
    {
        var values = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            values[t] = rows[(t * width) + column];
        }

        return values;
    }
}
