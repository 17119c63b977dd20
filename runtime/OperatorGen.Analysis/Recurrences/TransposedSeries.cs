using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A recurrence run transposed: what a weighted sum of its readouts listens to. With K_hi(t, tau) the response of readout h at t to an impulse of input i at tau,
/// <code>
/// sum_t sum_h p_h(t) o_h(t) = sum_tau sum_i a_i(tau) v_i(tau),   a_i(tau) = sum_t sum_h p_h(t) K_hi(t, tau)
/// </code>
/// Every mode takes one pass, against its direction in time and with its matrix transposed, driven by what its readouts weigh: r(t) = lambda r(t+1) + sum_h c_h p_h(t),
/// a_i(tau) = Re(b_i r(tau)).
/// </summary>
public static class TransposedSeries
{
    /// <summary>a.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="weights">p, [time, readout].</param>
    /// <param name="steps">The number of time steps.</param>
    /// <returns>[time, input].</returns>
    public static double[] Of(ModeBank bank, double[] weights, int steps)
    {
        var a = new double[steps * bank.Inputs];
        for (int i = 0; bank.HasSkip && i < weights.Length; i++)
        {
            int h = i % bank.Readouts;
            a[(i / bank.Readouts * bank.Inputs) + bank.InputOf(h)] += bank.Skip(h) * weights[i];
        }

        for (int m = 0, next; m < bank.ModeCount; m = next)
        {
            ModeBlock? block = bank.BlockOf(m);
            next = m + (block?.Size ?? 1);
            ModeTiming timing = bank.Timing(m);
            var against = new ModeTiming(!timing.Backward, timing.Delay);
            var re = new double[next - m][];
            var im = new double[next - m][];
            for (int n = 0; n < re.Length; n++)
            {
                (re[n], im[n]) = Reads(bank, m + n, weights, steps);
            }

            if (block is null)
            {
                ModeSeries.Advance(bank.Eigenvalue(m), against, re[0], im[0]);
            }
            else
            {
                ModeSeries.Advance(block.Transposed(), against, re);
                ModeSeries.Advance(block.Transposed(), against, im);
            }

            for (int n = 0; n < re.Length; n++)
            {
                Add(bank, m + n, re[n], im[n], a);
            }
        }

        return a;
    }

    // sum_h c_h p_h(t) of one mode.
    private static (double[] Re, double[] Im) Reads(ModeBank bank, int mode, double[] weights, int steps)
    {
        double[] re = new double[steps], im = new double[steps];
        foreach (int h in bank.ReadoutsOf(bank.GroupOf(mode)))
        {
            ComplexNumber read = bank[h, mode % bank.WavesPerReadout].Weight;
            for (int t = 0; t < steps; t++)
            {
                double p = weights[(t * bank.Readouts) + h];
                re[t] += read.Re * p;
                im[t] += read.Im * p;
            }
        }

        return (re, im);
    }

    // a_i(t) += Re(b_i r(t)) of one mode.
    private static void Add(ModeBank bank, int mode, double[] re, double[] im, double[] a)
    {
        int own = mode / bank.WavesPerReadout;
        for (int i = bank.IsShared ? 0 : own; i < (bank.IsShared ? bank.Inputs : own + 1); i++)
        {
            ComplexNumber b = bank.Drive(mode, i);
            for (int t = 0; t < re.Length; t++)
            {
                a[(t * bank.Inputs) + i] += (b.Re * re[t]) - (b.Im * im[t]);
            }
        }
    }
}
