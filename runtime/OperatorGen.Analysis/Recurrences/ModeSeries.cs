using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The modes of a bank over time, and what is read from them.</summary>
public static class ModeSeries
{
    /// <summary>o_h(t) = sum_n Re(c_hn s_n(t)) + D_h v(t) of every readout, summed in the order skip, wave 0, wave 1, ...</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="v">The cells' input, [time, input].</param>
    /// <param name="steps">The number of time steps.</param>
    /// <returns>[time, readout].</returns>
    public static double[] Readouts(ModeBank bank, double[] v, int steps)
    {
        var o = new double[steps * bank.Readouts];
        for (int i = 0; bank.HasSkip && i < o.Length; i++)
        {
            int h = i % bank.Readouts;
            o[i] = bank.Skip(h) * v[(i / bank.Readouts * bank.Inputs) + bank.InputOf(h)];
        }

        var re = new double[steps];
        var im = new double[steps];
        for (int m = 0; m < bank.ModeCount; m++)
        {
            State(bank, m, v, bank.Inputs, re, im);
            foreach (int h in bank.ReadoutsOf(bank.GroupOf(m)))
            {
                ComplexNumber read = bank[h, m % bank.WavesPerReadout].Weight;
                for (int t = 0; t < steps; t++)
                {
                    o[(t * bank.Readouts) + h] += (read.Re * re[t]) - (read.Im * im[t]);
                }
            }
        }

        return o;
    }

    /// <summary>w_hn(t) = Re(c_hn s(t)) of one wave.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="readout">h.</param>
    /// <param name="wave">n.</param>
    /// <param name="v">The cells' input, [time, stride].</param>
    /// <param name="stride">Elements of a row, at least the number of inputs.</param>
    /// <param name="steps">The number of time steps.</param>
    /// <returns>[time].</returns>
    public static double[] Wave(ModeBank bank, int readout, int wave, double[] v, int stride, int steps)
    {
        var re = new double[steps];
        var im = new double[steps];
        State(bank, bank.ModeOf(readout, wave), v, stride, re, im);
        ComplexNumber read = bank[readout, wave].Weight;
        for (int t = 0; t < steps; t++)
        {
            re[t] = (read.Re * re[t]) - (read.Im * im[t]);
        }

        return re;
    }

    /// <summary>s(t) of one mode, from the state 0.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="v">The cells' input, [time, stride].</param>
    /// <param name="stride">Elements of a row, at least the number of inputs.</param>
    /// <param name="re">Room for the real parts, [time].</param>
    /// <param name="im">Room for the imaginary parts, [time].</param>
    public static void State(ModeBank bank, int mode, double[] v, int stride, Span<double> re, Span<double> im)
    {
        Drive(bank, mode, v, stride, re, im);
        ComplexNumber lambda = bank.Eigenvalue(mode);
        ModeTiming timing = bank.Timing(mode);
        ComplexNumber state = ComplexNumber.Zero;
        for (int i = 0; i < re.Length; i++)
        {
            int t = timing.Backward ? re.Length - 1 - i : i;
            var next = new ComplexNumber(
                (lambda.Re * state.Re) - (lambda.Im * state.Im) + re[t],
                (lambda.Re * state.Im) + (lambda.Im * state.Re) + im[t]);
            ComplexNumber seen = timing.Delay == 0 ? next : state;
            (re[t], im[t]) = (seen.Re, seen.Im);
            state = next;
        }
    }

    // x(t) = sum_i b_i v_i(t) of one mode.
    private static void Drive(ModeBank bank, int mode, double[] v, int stride, Span<double> re, Span<double> im)
    {
        int channel = mode / bank.WavesPerReadout;
        im.Clear();
        for (int t = 0; t < re.Length; t++)
        {
            if (!bank.IsShared)
            {
                re[t] = v[(t * stride) + channel];
                continue;
            }

            ComplexNumber sum = ComplexNumber.Zero;
            for (int i = 0; i < bank.Inputs; i++)
            {
                ComplexNumber b = bank.Drive(mode, i);
                double x = v[(t * stride) + i];
                sum = new ComplexNumber(sum.Re + (b.Re * x), sum.Im + (b.Im * x));
            }

            (re[t], im[t]) = (sum.Re, sum.Im);
        }
    }
}
