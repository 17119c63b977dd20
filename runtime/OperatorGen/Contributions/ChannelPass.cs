using System;
using System.Buffers;
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
        double[] roots = ArrayPool<double>.Shared.Rent(steps);
        double[] waves = ArrayPool<double>.Shared.Rent(Run * rows * lanes);
        double[] readouts = ArrayPool<double>.Shared.Rent(2 * Run * lanes);
        double[] states = ArrayPool<double>.Shared.Rent(2 * tables.Modes * tables.Stride);
        double[] tiles = ArrayPool<double>.Shared.Rent(rows * rows * lanes);
        for (int t = 0; t < steps; t++)
        {
            roots[t] = Math.Sqrt(omega[t]);
        }

        Array.Clear(states, 0, 2 * tables.Modes * tables.Stride);
        Array.Clear(waves, 0, Run * rows * lanes);
        for (int channel = 0; channel < tables.Stride; channel += lanes)
        {
            Array.Clear(tiles, 0, rows * rows * lanes);
            for (int start = 0; start < steps; start += Run)
            {
                int count = Math.Min(Run, steps - start);
                ReadOnlySpan<double> factors = roots.AsSpan(start, count);
                WavePass<TSimd, TVector>.Run(tables, channel, v.Slice(start * tables.Stride, count * tables.Stride), factors, states, waves, rows * lanes, lanes, readouts, lanes);
                for (int t = 0; t < count; t++)
                {
                    TSimd.Store(TSimd.Broadcast(factors[t]), ref waves[((t * rows) + tables.Summands) * lanes], 0);
                }

                Span<double> decoded = readouts.AsSpan(Run * lanes, count * lanes);
                VectorFunctions<TSimd, TVector>.Apply(decoder, readouts.AsSpan(0, count * lanes), decoded);
                Decode(readouts.AsSpan(0, count * lanes), decoded, omega.Slice(start, count), powers.AsSpan(channel), sums, channel, order);
                Gram(waves, count, rows, tiles);
            }

            for (int b = 0; b <= tables.Summands; b++)
            {
                for (int a = 0; a <= b; a++)
                {
                    tiles.AsSpan(((a * rows) + b) * lanes, lanes).CopyTo(sums.Pair(a, b).Slice(channel));
                }
            }
        }

        ArrayPool<double>.Shared.Return(roots);
        ArrayPool<double>.Shared.Return(waves);
        ArrayPool<double>.Shared.Return(readouts);
        ArrayPool<double>.Shared.Return(states);
        ArrayPool<double>.Shared.Return(tiles);
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

    /// <summary>Adds the run's products to the upper tiles of the Gram matrix, [row, row, lane].</summary>
    private static void Gram(double[] waves, int steps, int rows, double[] tiles)
    {
        for (int a = 0; a < rows; a += 4)
        {
            for (int b = a; b < rows; b += 4)
            {
                Tile(ref waves[a * TSimd.Count], ref waves[b * TSimd.Count], steps, (nuint)(rows * TSimd.Count), ref tiles[((a * rows) + b) * TSimd.Count]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(ref double left, ref double right, int steps, nuint stride, ref double target)
    {
        var lanes = (nuint)TSimd.Count;
        TVector s00 = TSimd.Zero, s01 = s00, s02 = s00, s03 = s00, s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        TVector s20 = s00, s21 = s00, s22 = s00, s23 = s00, s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        nuint at = 0;
        for (int t = 0; t < steps; t++)
        {
            TVector b0 = TSimd.Load(ref right, at), b1 = TSimd.Load(ref right, at + lanes), b2 = TSimd.Load(ref right, at + (2 * lanes)), b3 = TSimd.Load(ref right, at + (3 * lanes));
            TVector a = TSimd.Load(ref left, at);
            s00 = TSimd.MultiplyAdd(a, b0, s00);
            s01 = TSimd.MultiplyAdd(a, b1, s01);
            s02 = TSimd.MultiplyAdd(a, b2, s02);
            s03 = TSimd.MultiplyAdd(a, b3, s03);
            a = TSimd.Load(ref left, at + lanes);
            s10 = TSimd.MultiplyAdd(a, b0, s10);
            s11 = TSimd.MultiplyAdd(a, b1, s11);
            s12 = TSimd.MultiplyAdd(a, b2, s12);
            s13 = TSimd.MultiplyAdd(a, b3, s13);
            a = TSimd.Load(ref left, at + (2 * lanes));
            s20 = TSimd.MultiplyAdd(a, b0, s20);
            s21 = TSimd.MultiplyAdd(a, b1, s21);
            s22 = TSimd.MultiplyAdd(a, b2, s22);
            s23 = TSimd.MultiplyAdd(a, b3, s23);
            a = TSimd.Load(ref left, at + (3 * lanes));
            s30 = TSimd.MultiplyAdd(a, b0, s30);
            s31 = TSimd.MultiplyAdd(a, b1, s31);
            s32 = TSimd.MultiplyAdd(a, b2, s32);
            s33 = TSimd.MultiplyAdd(a, b3, s33);
            at += stride;
        }

        Add(ref target, 0, lanes, s00, s01, s02, s03);
        Add(ref target, stride, lanes, s10, s11, s12, s13);
        Add(ref target, 2 * stride, lanes, s20, s21, s22, s23);
        Add(ref target, 3 * stride, lanes, s30, s31, s32, s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double target, nuint at, nuint lanes, TVector x0, TVector x1, TVector x2, TVector x3)
    {
        TSimd.Store(TSimd.Add(TSimd.Load(ref target, at), x0), ref target, at);
        TSimd.Store(TSimd.Add(TSimd.Load(ref target, at + lanes), x1), ref target, at + lanes);
        TSimd.Store(TSimd.Add(TSimd.Load(ref target, at + (2 * lanes)), x2), ref target, at + (2 * lanes));
        TSimd.Store(TSimd.Add(TSimd.Load(ref target, at + (3 * lanes)), x3), ref target, at + (3 * lanes));
    }
}
