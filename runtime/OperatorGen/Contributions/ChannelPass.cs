using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    /// <param name="decoder">g.</param>
    /// <param name="powers">The coefficients of P in powers of o, [power, stride].</param>
    /// <param name="v">The cells' input, [time, stride].</param>
    /// <param name="omega">The weights of the time steps, none negative.</param>
    /// <param name="order">P's order.</param>
    public static ChannelSums Sums(WaveTables tables, DecoderFunction decoder, double[] powers, ReadOnlySpan<double> v, ReadOnlySpan<double> omega, int order)
    {
        var sums = new ChannelSums(tables, order);
        int steps = omega.Length;
        int lanes = TSimd.Count;
        int rows = (tables.Summands + 4) / 4 * 4; // the waves and the constant, rounded up to tiles
        var scratch = AlignedScratch.Rent();
        Span<double> roots = scratch.Take(steps);
        Span<double> waves = scratch.Take(Run * rows * lanes);
        Span<double> readouts = scratch.Take(2 * Run * lanes);
        Span<double> states = scratch.Take(2 * tables.Modes * tables.Stride);
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
                WavePass<TSimd, TVector>.Run(tables, channel, v.Slice(start * tables.Stride, count * tables.Stride), factors, states, waves, rows * lanes, lanes, readouts, lanes);
                for (int t = 0; t < count; t++)
                {
                    TSimd.Store(TSimd.Broadcast(factors[t]), ref waves[((t * rows) + tables.Summands) * lanes], 0);
                }

                Span<double> decoded = readouts.Slice(Run * lanes, count * lanes);
                VectorFunctions<TSimd, TVector>.Apply(decoder, readouts.Slice(0, count * lanes), decoded);
                Decode(readouts.Slice(0, count * lanes), decoded, omega.Slice(start, count), powers.AsSpan(channel), sums, channel, order);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Decode(ReadOnlySpan<double> readouts, ReadOnlySpan<double> decoded, ReadOnlySpan<double> omega, ReadOnlySpan<double> powers, ChannelSums sums, int channel, int order)
    {
        ref double o = ref MemoryMarshal.GetReference(readouts);
        ref double g = ref MemoryMarshal.GetReference(decoded);
        ref double p = ref MemoryMarshal.GetReference(powers);
        TVector exact = TSimd.Zero;
        TVector remainder = TSimd.Zero;
        for (int t = 0; t < omega.Length; t++)
        {
            TVector weight = TSimd.Broadcast(omega[t]);
            TVector x = TSimd.Load(ref o, (nuint)(t * TSimd.Count));
            TVector value = TSimd.Load(ref g, (nuint)(t * TSimd.Count));
            TVector polynomial = TSimd.Load(ref p, (nuint)(order * sums.Stride));
            for (int k = order - 1; k >= 0; k--)
            {
                polynomial = TSimd.MultiplyAdd(polynomial, x, TSimd.Load(ref p, (nuint)(k * sums.Stride)));
            }

            exact = TSimd.MultiplyAdd(weight, value, exact);
            remainder = TSimd.MultiplyAdd(weight, TSimd.Subtract(value, polynomial), remainder);
        }

        Accumulate(exact, ref sums.Exact[channel]);
        Accumulate(remainder, ref sums.Remainder[channel]);
        for (int k = 3; k <= order; k++)
        {
            TVector sum = TSimd.Zero;
            for (int t = 0; t < omega.Length; t++)
            {
                TVector x = TSimd.Load(ref o, (nuint)(t * TSimd.Count));
                TVector power = TSimd.Multiply(x, x);
                for (int j = 3; j <= k; j++)
                {
                    power = TSimd.Multiply(power, x);
                }

                sum = TSimd.MultiplyAdd(TSimd.Broadcast(omega[t]), power, sum);
            }

            Accumulate(sum, ref sums.Powers[(k * sums.Stride) + channel]);
        }
    }

    private static void Accumulate(TVector value, ref double sum) => TSimd.Store(TSimd.Add(TSimd.Load(ref sum, 0), value), ref sum, 0);
}
