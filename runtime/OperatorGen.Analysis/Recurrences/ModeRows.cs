using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Makes banks of modes out of the tables of generated code, in which real and imaginary parts have rows or columns of their own.</summary>
public static class ModeRows
{
    /// <summary>Modes of one channel each.</summary>
    /// <param name="channels">The number of channels.</param>
    /// <param name="modes">Modes per channel.</param>
    /// <param name="complex">Whether a mode has two rows, real and imaginary.</param>
    /// <param name="eigenvalues">lambda, [mode(, part), channel].</param>
    /// <param name="drive">b-bar, [mode(, part), channel]; null: 1, folded into the weights.</param>
    /// <param name="weights">gamma c, with b-bar where it is folded, [mode(, part), readout].</param>
    /// <param name="skip">D, [readout]; null: none.</param>
    public static ModeBank PerChannel(int channels, int modes, bool complex, double[] eigenvalues, double[]? drive, double[] weights, double[]? skip)
    {
        int readouts = weights.Length / (modes * (complex ? 2 : 1));
        var lambda = new ComplexNumber[channels * modes];
        var weight = new ComplexNumber[readouts * modes];
        for (int n = 0; n < modes; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                lambda[(c * modes) + n] = Number(eigenvalues, channels, n, c, complex);
            }

            for (int r = 0; r < readouts; r++)
            {
                ComplexNumber read = Number(weights, readouts, n, r, complex);
                weight[(r * modes) + n] = drive is null ? read : read * Number(drive, channels, n, r % channels, complex);
            }
        }

        return ModeBank.PerChannel(channels, lambda, weight, skip);
    }

    /// <summary>Banks of modes of one channel each, side by side. Where a channel has fewer modes than another one, modes that are not read make up for them.</summary>
    /// <param name="parts">The banks, one readout per channel; all have skips, or none has.</param>
    public static ModeBank SideBySide(params IReadOnlyList<ModeBank> parts)
    {
        int modes = parts.Max(part => part.WavesPerReadout);
        int channels = parts.Sum(part => part.Readouts);
        var lambda = new ComplexNumber[channels * modes];
        var weight = new ComplexNumber[channels * modes];
        double[]? skip = parts[0].HasSkip ? [.. parts.SelectMany(part => Enumerable.Range(0, part.Readouts).Select(part.Skip))] : null;
        int channel = 0;
        foreach (ModeBank part in parts)
        {
            for (int c = 0; c < part.Readouts; c++, channel++)
            {
                for (int n = 0; n < part.WavesPerReadout; n++)
                {
                    (lambda[(channel * modes) + n], weight[(channel * modes) + n]) = (part[c, n].Eigenvalue, part[c, n].Weight);
                }
            }
        }

        return ModeBank.PerChannel(channels, lambda, weight, skip);
    }

    /// <summary>
    /// What code with the numbers in it has of modes of one channel each: channels that share a vector have as many modes as the one that reads most, and what is behind them
    /// is 0. Code that is made of shapes alone scans all modes; by this its operator is the same.
    /// </summary>
    /// <param name="lanes">The channels of a vector.</param>
    /// <param name="bank">All modes, one readout per channel, in one direction or both.</param>
    public static ModeBank Read(int lanes, ModeBank bank)
    {
        int directions = bank.IsCausal ? 1 : 2;
        int all = bank.WavesPerReadout / directions;
        int[] needed = [.. Enumerable.Range(0, bank.Readouts).Select(channel => ModesRead(bank, channel / lanes * lanes, lanes))];
        int modes = needed.Max();
        var lambda = new ComplexNumber[bank.Readouts * directions * modes];
        var weight = new ComplexNumber[lambda.Length];
        var timings = new ModeTiming[lambda.Length];
        for (int i = 0; i < lambda.Length; i++)
        {
            int channel = i / (directions * modes);
            int wave = (i / modes % directions * all) + (i % modes);
            timings[i] = bank.Timing(bank.ModeOf(channel, wave));
            if (i % modes < needed[channel])
            {
                (lambda[i], weight[i]) = (bank[channel, wave].Eigenvalue, bank[channel, wave].Weight);
            }
        }

        return ModeBank.PerChannel(bank.Inputs, lambda, weight, bank.HasSkip ? [.. Enumerable.Range(0, bank.Readouts).Select(bank.Skip)] : null, timings);
    }

    /// <summary>How many modes are needed of channels that share a vector: those up to the last one that is read in any of them, at least 1.</summary>
    /// <param name="bank">Modes of one channel each, one readout per channel, in one direction or both.</param>
    /// <param name="start">The first channel.</param>
    /// <param name="lanes">The channels of a vector.</param>
    internal static int ModesRead(ModeBank bank, int start, int lanes)
    {
        int modes = bank.WavesPerReadout / (bank.IsCausal ? 1 : 2);
        int needed = 1;
        for (int channel = start; channel < Math.Min(start + lanes, bank.Readouts); channel++)
        {
            for (int wave = 0; wave < bank.WavesPerReadout; wave++)
            {
                needed = bank[channel, wave].Weight == ComplexNumber.Zero ? needed : Math.Max(needed, (wave % modes) + 1);
            }
        }

        return needed;
    }

    /// <summary>Modes that all channels share.</summary>
    /// <param name="inputs">The width of v.</param>
    /// <param name="readouts">The number of readouts.</param>
    /// <param name="modes">The number of modes.</param>
    /// <param name="complex">Whether a number has two parts, real and imaginary.</param>
    /// <param name="eigenvalues">lambda, [part, mode].</param>
    /// <param name="drive">b-bar, [input, (part, mode)].</param>
    /// <param name="reads">gamma c, of which the imaginary parts are negated: [(part, mode), readout].</param>
    /// <param name="skip">D, [readout]; null: none.</param>
    public static ModeBank Shared(int inputs, int readouts, int modes, bool complex, double[] eigenvalues, double[] drive, double[] reads, double[]? skip)
    {
        int width = complex ? 2 * modes : modes;
        var lambda = new ComplexNumber[modes];
        var b = new ComplexNumber[modes * inputs];
        var c = new ComplexNumber[readouts * modes];
        for (int n = 0; n < modes; n++)
        {
            lambda[n] = complex ? new ComplexNumber(eigenvalues[n], eigenvalues[modes + n]) : eigenvalues[n];
            for (int i = 0; i < inputs; i++)
            {
                b[(n * inputs) + i] = complex ? new ComplexNumber(drive[(i * width) + n], drive[(i * width) + modes + n]) : drive[(i * width) + n];
            }

            for (int h = 0; h < readouts; h++)
            {
                c[(h * modes) + n] = complex ? new ComplexNumber(reads[(n * readouts) + h], -reads[((modes + n) * readouts) + h]) : reads[(n * readouts) + h];
            }
        }

        return ModeBank.Shared(inputs, lambda, b, c, skip);
    }

    /// <summary>Oscillators that all channels share, as modes where they have an eigenbasis (<see cref="OscillatorModes"/>).</summary>
    /// <param name="inputs">The width of v.</param>
    /// <param name="readouts">The number of readouts.</param>
    /// <param name="oscillators">The number of oscillators.</param>
    /// <param name="transition">M11, M12, M21, M22, f1, f2, [6, oscillator].</param>
    /// <param name="drive">B, [input, (re, im), oscillator].</param>
    /// <param name="reads">C, of which the imaginary parts are negated: [(re, im), oscillator, readout].</param>
    /// <param name="skip">D, [readout]; null: none.</param>
    public static ModeBank Oscillators(int inputs, int readouts, int oscillators, double[] transition, double[] drive, double[] reads, double[]? skip)
    {
        var b = new ComplexNumber[oscillators * inputs];
        var c = new ComplexNumber[readouts * oscillators];
        for (int p = 0; p < oscillators; p++)
        {
            for (int i = 0; i < inputs; i++)
            {
                int row = 2 * i * oscillators;
                b[(p * inputs) + i] = new ComplexNumber(drive[row + p], drive[row + oscillators + p]);
            }

            for (int h = 0; h < readouts; h++)
            {
                c[(h * oscillators) + p] = new ComplexNumber(reads[(p * readouts) + h], -reads[((oscillators + p) * readouts) + h]);
            }
        }

        return OscillatorModes.Bank(inputs, readouts, transition, b, c, skip);
    }

    private static ComplexNumber Number(double[] table, int columns, int mode, int column, bool complex) => complex
        ? new ComplexNumber(table[(2 * mode * columns) + column], table[(((2 * mode) + 1) * columns) + column])
        : table[(mode * columns) + column];
}
