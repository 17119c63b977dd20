using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// Waves of modes that do not take in every sample as it comes: those that run backward in time, or leave the current sample out. They are followed through
/// the whole sequence before the passes over it begin.
/// </summary>
internal static class NoncausalWaves
{
    /// <summary>The first wave from which on, up to the last, some channel's mode is not causal; the number of waves where all are.</summary>
    public static int First(ModeBank bank)
    {
        int first = bank.WavesPerReadout;
        for (int m = 0; m < bank.ModeCount; m++)
        {
            if (bank.Timing(m) != ModeTiming.Causal)
            {
                first = Math.Min(first, m % bank.WavesPerReadout);
            }
        }

        return first;
    }

    /// <summary>w_hn(t) of the waves from the first one on, [time, wave, stride]; those of causal blocks are 0.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="tables">Their tables.</param>
    /// <param name="v">The cells' input, [time, stride].</param>
    /// <param name="steps">The number of time steps.</param>
    public static double[] Of(ModeBank bank, WaveTables tables, double[] v, int steps)
    {
        int waves = tables.Modes - tables.CausalModes;
        var series = new double[steps * waves * tables.Stride];
        for (int h = 0; h < bank.Readouts; h++)
        {
            for (int n = 0, next; n < waves; n = next)
            {
                // A row of v has a channel's input beside every readout, the first time where the channel's number is.
                int mode = bank.ModeOf(h, tables.CausalModes + n);
                ModeBlock? block = bank.BlockOf(mode);
                next = n + (block?.Size ?? 1) - (mode - (block?.First ?? mode));
                if (block is not null && bank.Timing(mode) == ModeTiming.Causal)
                {
                    continue;
                }

                (double[] Re, double[] Im)[] states = block is null ? [State(bank, mode, v, tables.Stride, steps)] : ModeSeries.States(bank, block, v, tables.Stride, steps);
                for (int k = n; k < next; k++)
                {
                    ComplexNumber read = bank[h, tables.CausalModes + k].Weight;
                    (double[] re, double[] im) = states[k - n];
                    for (int t = 0; t < steps; t++)
                    {
                        series[(((t * waves) + k) * tables.Stride) + h] = (read.Re * re[t]) - (read.Im * im[t]);
                    }
                }
            }
        }

        return series;
    }

    private static (double[] Re, double[] Im) State(ModeBank bank, int mode, double[] v, int stride, int steps)
    {
        double[] re = new double[steps], im = new double[steps];
        ModeSeries.State(bank, mode, v, stride, re, im);
        return (re, im);
    }

    /// <summary>The states of shared modes that are not causal, [time, (part, mode)]; the columns of the others are 0.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="tables">Their tables.</param>
    /// <param name="v">The cells' input, [time, input].</param>
    /// <param name="steps">The number of time steps.</param>
    public static double[] States(ModeBank bank, SharedTables tables, double[] v, int steps)
    {
        var states = new double[steps * tables.Width];
        var re = new double[steps];
        var im = new double[steps];
        foreach (int m in tables.Noncausal)
        {
            ModeSeries.State(bank, m, v, bank.Inputs, re, im);
            for (int t = 0; t < steps; t++)
            {
                states[(t * tables.Width) + m] = re[t];
                if (tables.Parts == 2)
                {
                    states[(t * tables.Width) + tables.PartWidth + m] = im[t];
                }
            }
        }

        return states;
    }

    /// <summary>Rows of v for all time steps: as they are, or the one row that holds at all times.</summary>
    public static double[] Rows(double[] v, int stride, int steps)
    {
        if (v.Length != stride)
        {
            return v;
        }

        var rows = new double[steps * stride];
        for (int t = 0; t < steps; t++)
        {
            v.CopyTo(rows, t * stride);
        }

        return rows;
    }
}
