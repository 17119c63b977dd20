using System;
using System.Collections.Generic;
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

        foreach ((int m, double[] re, double[] im) in States(bank, v, steps))
        {
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

    /// <summary>s_m(t) of all modes, one after another, from the state 0.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="v">The cells' input, [time, input].</param>
    /// <param name="steps">The number of time steps.</param>
    /// <returns>The mode, and its state's parts, each [time]; they are written over by what follows.</returns>
    public static IEnumerable<(int Mode, double[] Re, double[] Im)> States(ModeBank bank, double[] v, int steps)
    {
        var re = new double[steps];
        var im = new double[steps];
        (double[] Re, double[] Im)[] block = [];
        for (int m = 0; m < bank.ModeCount; m++)
        {
            if (bank.BlockOf(m) is { } own)
            {
                block = m == own.First ? States(bank, own, v, bank.Inputs, steps) : block;
                yield return (m, block[m - own.First].Re, block[m - own.First].Im);
            }
            else
            {
                State(bank, m, v, bank.Inputs, re, im);
                yield return (m, re, im);
            }
        }
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
        if (bank.BlockOf(mode) is { } block)
        {
            (double[] blockRe, double[] blockIm) = States(bank, block, v, stride, re.Length)[mode - block.First];
            blockRe.CopyTo(re);
            blockIm.CopyTo(im);
            return;
        }

        Drive(bank, mode, v, stride, re, im);
        Advance(bank.Eigenvalue(mode), bank.Timing(mode), re, im);
    }

    /// <summary>s(t) = T s(t-1) + x(t) of the modes of a block, from the state 0.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="block">The block.</param>
    /// <param name="v">The cells' input, [time, stride].</param>
    /// <param name="stride">Elements of a row, at least the number of inputs.</param>
    /// <param name="steps">The number of time steps.</param>
    /// <returns>[component], each [time].</returns>
    public static (double[] Re, double[] Im)[] States(ModeBank bank, ModeBlock block, double[] v, int stride, int steps)
    {
        var states = new (double[] Re, double[] Im)[block.Size];
        for (int n = 0; n < states.Length; n++)
        {
            states[n] = (new double[steps], new double[steps]);
            Drive(bank, block.First + n, v, stride, states[n].Re, states[n].Im);
        }

        Advance(block, bank.Timing(block.First), Array.ConvertAll(states, state => state.Re));
        Advance(block, bank.Timing(block.First), Array.ConvertAll(states, state => state.Im));
        return states;
    }

    /// <summary>s(t) = lambda s(t-1) + x(t), as the timing says; x is given and what a readout sees of s is left in its place.</summary>
    internal static void Advance(ComplexNumber lambda, ModeTiming timing, Span<double> re, Span<double> im)
    {
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

    /// <summary>s(t) = T s(t-1) + x(t) of one part of a block's states, [component][time], in the same way.</summary>
    internal static void Advance(ModeBlock block, ModeTiming timing, double[][] series)
    {
        double[] state = new double[block.Size], next = new double[block.Size];
        int steps = series[0].Length;
        for (int i = 0; i < steps; i++)
        {
            int t = timing.Backward ? steps - 1 - i : i;
            for (int n = 0; n < next.Length; n++)
            {
                next[n] = series[n][t];
            }

            block.AddProduct(state, next);
            for (int n = 0; n < next.Length; n++)
            {
                series[n][t] = timing.Delay == 0 ? next[n] : state[n];
            }

            (state, next) = (next, state);
        }
    }

    // x(t) = sum_i b_i v_i(t) of one mode.
    private static void Drive(ModeBank bank, int mode, double[] v, int stride, Span<double> re, Span<double> im)
    {
        int channel = mode / bank.WavesPerReadout;
        bool inBlock = bank.BlockOf(mode) is not null;
        ComplexNumber weight = inBlock && !bank.IsShared ? bank.Drive(mode, channel) : ComplexNumber.One;
        for (int t = 0; t < re.Length; t++)
        {
            if (!bank.IsShared)
            {
                double x = v[(t * stride) + channel];
                (re[t], im[t]) = inBlock ? (weight.Re * x, weight.Im * x) : (x, 0);
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
