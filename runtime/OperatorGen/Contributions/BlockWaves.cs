using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// The waves of a readout that are components of one block of modes, step by step and without vectors. The tables of waves have eigenvalue and weight 0 in their
/// place, so that what the vectors leave there is 0.
/// </summary>
/// <param name="block">The block.</param>
/// <param name="readout">The readout.</param>
/// <param name="wave">The readout's wave that is the first component.</param>
/// <param name="drive">Input weights, [component].</param>
/// <param name="reads">Read weights, [component].</param>
/// <param name="place">Where the block's state is among the states, 2 numbers per component.</param>
internal sealed class BlockWaves(ModeBlock block, int readout, int wave, ComplexNumber[] drive, ComplexNumber[] reads, int place)
{
    /// <summary>The readout.</summary>
    public int Readout => readout;

    /// <summary>The causal blocks of all readouts of a bank whose modes belong to one channel each; <see cref="NoncausalWaves"/> has the others.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="place">Where the first state is.</param>
    public static BlockWaves[] Of(ModeBank bank, int place)
    {
        List<BlockWaves> blocks = [];
        foreach (ModeBlock block in bank.Blocks.Where(block => bank.Timing(block.First) == ModeTiming.Causal))
        {
            int group = bank.GroupOf(block.First);
            int wave = block.First % bank.WavesPerReadout;
            foreach (int h in bank.ReadoutsOf(group))
            {
                var drive = new ComplexNumber[block.Size];
                var reads = new ComplexNumber[block.Size];
                for (int n = 0; n < block.Size; n++)
                {
                    (drive[n], reads[n]) = (bank.Drive(block.First + n, group), bank[h, wave + n].Weight);
                }

                blocks.Add(new BlockWaves(block, h, wave, drive, reads, place));
                place += 2 * block.Size;
            }
        }

        return [.. blocks];
    }

    /// <summary>Writes factor(t) w(t) of every component, adds w(t) to the readout and moves the state on.</summary>
    /// <param name="v">The run's inputs, [time, stride].</param>
    /// <param name="stride">From a time step to the next in the inputs.</param>
    /// <param name="factors">The run's factors, [time].</param>
    /// <param name="states">All states.</param>
    /// <param name="waves">Room for the waves, from the readout's lane on.</param>
    /// <param name="timeStride">From a time step to the next in the waves.</param>
    /// <param name="waveStride">From a wave to the next.</param>
    /// <param name="readouts">The readout's lane.</param>
    /// <param name="readoutStride">From a time step to the next in the readouts.</param>
    public void Run(ReadOnlySpan<double> v, int stride, ReadOnlySpan<double> factors, Span<double> states, Span<double> waves, int timeStride, int waveStride, Span<double> readouts, int readoutStride)
    {
        Span<double> state = states.Slice(place, 2 * drive.Length);
        for (int t = 0; t < factors.Length; t++)
        {
            Advance(state, v[(t * stride) + readout]);
            for (int n = 0; n < drive.Length; n++)
            {
                double w = Read(state, n);
                waves[(t * timeStride) + ((wave + n) * waveStride)] = factors[t] * w;
                readouts[t * readoutStride] += w;
            }
        }
    }

    /// <summary>sum_t omega_t w(t) of every component from the state 0.</summary>
    /// <param name="v">The inputs, [time, step], or one row that holds at all times.</param>
    /// <param name="step">From a time step to the next in the inputs; 0 where one row holds.</param>
    /// <param name="omega">The weights of the time steps.</param>
    /// <param name="sums">The sums, [wave, stride].</param>
    /// <param name="stride">From a wave to the next in the sums.</param>
    public void Sum(ReadOnlySpan<double> v, int step, ReadOnlySpan<double> omega, Span<double> sums, int stride)
    {
        var state = new double[2 * drive.Length];
        for (int t = 0; t < omega.Length; t++)
        {
            Advance(state, v[(t * step) + readout]);
            for (int n = 0; n < drive.Length; n++)
            {
                sums[((wave + n) * stride) + readout] += omega[t] * Read(state, n);
            }
        }
    }

    private double Read(ReadOnlySpan<double> state, int n) => (reads[n].Re * state[n]) - (reads[n].Im * state[drive.Length + n]);

    // s <- T s + b v, the real parts first.
    private void Advance(Span<double> state, double v)
    {
        int size = drive.Length;
        Span<double> next = stackalloc double[2 * size];
        for (int n = 0; n < size; n++)
        {
            (next[n], next[size + n]) = (drive[n].Re * v, drive[n].Im * v);
        }

        block.AddProduct(state[..size], next[..size]);
        block.AddProduct(state[size..], next[size..]);
        next.CopyTo(state);
    }
}
