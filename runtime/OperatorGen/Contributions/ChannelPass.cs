using System;
using OperatorGen.Symbolics;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>
/// All sums over time of a layer whose channels do not interact, one vector of channels after another, lanes = channels. A run of time steps is
/// taken through waves, decoder and Gram matrix while it lies in the nearest cache. Waves are multiplied by sqrt(omega_t) first, so that the
/// Gram matrix is symmetric and its row of the constant sqrt(omega_t) holds the sums of the waves themselves.
/// </summary>
internal static class ChannelPass<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    private const int Run = 32;

    /// <summary>Computes the sums.</summary>
    /// <param name="tables">The waves.</param>
    /// <param name="v">The cells' input, [time, stride].</param>
    /// <param name="noncausal">The waves that are not causal, [time, wave, stride].</param>
    /// <param name="omega">The weights of the time steps, none negative.</param>
    /// <param name="totals">The sums of whole readouts.</param>
    public static ChannelSums Sums(WaveTables tables, ReadOnlySpan<double> v, ReadOnlySpan<double> noncausal, ReadOnlySpan<double> omega, DecodedTotals totals)
    {
        var sums = new ChannelSums(tables);
        int steps = omega.Length;
        int lanes = TSimd.Count;
        int others = (tables.Modes - tables.CausalModes) * tables.Stride;
        int rows = (tables.Summands + 4) / 4 * 4; // the waves and the constant, rounded up to tiles
        var scratch = AlignedScratch.Rent();
        Span<double> roots = scratch.Take(steps);
        Span<double> waves = scratch.Take(Run * rows * lanes);
        Span<double> readouts = scratch.Take(2 * Run * lanes);
        Span<double> states = scratch.Take(tables.States);
        Span<double> tiles = scratch.Take(rows * rows * lanes);
        for (int t = 0; t < steps; t++)
        {
            roots[t] = Math.Sqrt(omega[t]);
        }

        states.Clear();
        waves.Clear();
        for (int channel = 0; channel < tables.Stride; channel += lanes)
        {
            tiles.Clear();
            for (int start = 0; start < steps; start += Run)
            {
                int count = Math.Min(Run, steps - start);
                ReadOnlySpan<double> factors = roots.Slice(start, count);
                WavePass<TSimd, TVector>.Run(tables, channel, v.Slice(start * tables.Stride, count * tables.Stride), factors, noncausal.Slice(start * others, count * others), states, waves, rows * lanes, lanes, readouts, lanes);
                for (int t = 0; t < count; t++)
                {
                    TSimd.Store(TSimd.Broadcast(factors[t]), ref waves[((t * rows) + tables.Summands) * lanes], 0);
                }

                Span<double> decoded = readouts.Slice(Run * lanes, count * lanes);
                VectorFunctions<TSimd, TVector>.Apply(totals.Decoder, readouts.Slice(0, count * lanes), decoded);
                ReadoutDecoding<TSimd, TVector>.Add(readouts.Slice(0, count * lanes), decoded, lanes, omega.Slice(start, count), totals, channel);
                WaveProducts<TSimd, TVector>.Add(waves, count, tables.Summands + 1, rows, tiles);
            }

            for (int b = 0; b < tables.Summands; b++)
            {
                tiles.Slice(((b * rows) + tables.Summands) * lanes, lanes).CopyTo(sums.First(b).Slice(channel));
                for (int a = 0; a <= b; a++)
                {
                    tiles.Slice(((a * rows) + b) * lanes, lanes).CopyTo(sums.Pair(a, b).Slice(channel));
                }
            }
        }

        scratch.Return();
        return sums;
    }
}
