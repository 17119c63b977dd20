using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>
/// The waves of one vector of channels over a run of time steps, lanes = channels:
/// <code>
/// A_n(t) = lambda_n A_n(t-1) + weight_n v(t),   w_n(t) = Re A_n(t),   o(t) = sum_n w_n(t) + D v(t)
/// </code>
/// Waves of modes that are not causal are taken from <see cref="NoncausalWaves"/>.
/// </summary>
internal static class WavePass<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>Writes factor(t) w_n(t) and o(t) and moves the states on.</summary>
    /// <param name="tables">The waves.</param>
    /// <param name="channel">The first channel of the vector.</param>
    /// <param name="v">The run's inputs, [time, stride].</param>
    /// <param name="factors">The run's factors, [time].</param>
    /// <param name="noncausal">The run's waves that are not causal, [time, wave, stride].</param>
    /// <param name="states">A, [mode, part, stride], and the states of the blocks.</param>
    /// <param name="waves">Room for the waves; the vector's lanes lie side by side.</param>
    /// <param name="timeStride">From a time step to the next in the waves.</param>
    /// <param name="waveStride">From a wave to the next; the skip follows the modes.</param>
    /// <param name="readouts">Room for o.</param>
    /// <param name="readoutStride">From a time step to the next in the readouts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        WaveTables tables,
        int channel,
        ReadOnlySpan<double> v,
        ReadOnlySpan<double> factors,
        ReadOnlySpan<double> noncausal,
        Span<double> states,
        Span<double> waves,
        int timeStride,
        int waveStride,
        Span<double> readouts,
        int readoutStride)
    {
        ref double input = ref Unsafe.Add(ref MemoryMarshal.GetReference(v), channel);
        ref double target = ref MemoryMarshal.GetReference(waves);
        ref double sums = ref MemoryMarshal.GetReference(readouts);
        ref double factor = ref MemoryMarshal.GetReference(factors);
        int steps = factors.Length;
        var stride = (nuint)tables.Stride;
        TVector skip = TSimd.Load(ref tables.Skip[channel], 0);
        ref double skips = ref Unsafe.Add(ref target, tables.HasSkip ? tables.Modes * waveStride : 0);
        for (int t = 0; t < steps; t++)
        {
            TVector d = TSimd.Multiply(skip, TSimd.Load(ref input, (nuint)t * stride));
            TSimd.Store(d, ref sums, (nuint)(t * readoutStride));
            if (tables.HasSkip)
            {
                TSimd.Store(TSimd.Multiply(d, TSimd.Broadcast(Unsafe.Add(ref factor, t))), ref skips, (nuint)(t * timeStride));
            }
        }

        int n = 0;
        for (; n + 4 <= tables.CausalModes; n += 4)
        {
            Four(tables, n, channel, ref input, ref factor, steps, states, ref Unsafe.Add(ref target, n * waveStride), timeStride, waveStride, ref sums, readoutStride);
        }

        for (; n < tables.CausalModes; n++)
        {
            One(tables, n, channel, ref input, ref factor, steps, states, ref Unsafe.Add(ref target, n * waveStride), timeStride, ref sums, readoutStride);
        }

        int others = tables.Modes - n;
        for (int k = 0; k < others; k++)
        {
            ref double known = ref Unsafe.Add(ref MemoryMarshal.GetReference(noncausal), (k * tables.Stride) + channel);
            ref double place = ref Unsafe.Add(ref target, (n + k) * waveStride);
            for (int t = 0; t < steps; t++)
            {
                TVector w = TSimd.Load(ref known, (nuint)(t * others) * stride);
                TSimd.Store(TSimd.Multiply(w, TSimd.Broadcast(Unsafe.Add(ref factor, t))), ref place, (nuint)(t * timeStride));
                TSimd.Store(TSimd.Add(TSimd.Load(ref sums, (nuint)(t * readoutStride)), w), ref sums, (nuint)(t * readoutStride));
            }
        }

        foreach (BlockWaves block in tables.Blocks)
        {
            int lane = block.Readout - channel;
            if (lane >= 0 && lane < TSimd.Count)
            {
                block.Run(v, tables.Stride, factors, states, waves[lane..], timeStride, waveStride, readouts[lane..], readoutStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(WaveTables tables, int mode, int channel, ref double input, ref double factor, int steps, Span<double> states, ref double target, int timeStride, ref double sums, int readoutStride)
    {
        var stride = (nuint)tables.Stride;
        int place = (mode * tables.Stride) + channel;
        TVector lr = TSimd.Load(ref tables.EigenvaluesRe[place], 0);
        TVector li = TSimd.Load(ref tables.EigenvaluesIm[place], 0);
        TVector wr = TSimd.Load(ref tables.WeightsRe[place], 0);
        TVector wi = TSimd.Load(ref tables.WeightsIm[place], 0);
        ref double state = ref states[(2 * mode * tables.Stride) + channel];
        TVector re = TSimd.Load(ref state, 0);
        TVector im = TSimd.Load(ref state, stride);
        for (int t = 0; t < steps; t++)
        {
            TVector v = TSimd.Load(ref input, (nuint)t * stride);
            Advance(ref re, ref im, lr, li, wr, wi, v);
            TSimd.Store(TSimd.Multiply(re, TSimd.Broadcast(Unsafe.Add(ref factor, t))), ref target, (nuint)(t * timeStride));
            TSimd.Store(TSimd.Add(TSimd.Load(ref sums, (nuint)(t * readoutStride)), re), ref sums, (nuint)(t * readoutStride));
        }

        TSimd.Store(re, ref state, 0);
        TSimd.Store(im, ref state, stride);
    }

    /// <summary>Four modes at a time, so that their additions do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(WaveTables tables, int mode, int channel, ref double input, ref double factor, int steps, Span<double> states, ref double target, int timeStride, int waveStride, ref double sums, int readoutStride)
    {
        var stride = (nuint)tables.Stride;
        var wave = (nuint)waveStride;
        int place = (mode * tables.Stride) + channel;
        ref double table = ref tables.EigenvaluesRe[place];
        TVector lr0 = TSimd.Load(ref table, 0), lr1 = TSimd.Load(ref table, stride), lr2 = TSimd.Load(ref table, 2 * stride), lr3 = TSimd.Load(ref table, 3 * stride);
        table = ref tables.EigenvaluesIm[place];
        TVector li0 = TSimd.Load(ref table, 0), li1 = TSimd.Load(ref table, stride), li2 = TSimd.Load(ref table, 2 * stride), li3 = TSimd.Load(ref table, 3 * stride);
        table = ref tables.WeightsRe[place];
        TVector wr0 = TSimd.Load(ref table, 0), wr1 = TSimd.Load(ref table, stride), wr2 = TSimd.Load(ref table, 2 * stride), wr3 = TSimd.Load(ref table, 3 * stride);
        table = ref tables.WeightsIm[place];
        TVector wi0 = TSimd.Load(ref table, 0), wi1 = TSimd.Load(ref table, stride), wi2 = TSimd.Load(ref table, 2 * stride), wi3 = TSimd.Load(ref table, 3 * stride);
        ref double state = ref states[(2 * mode * tables.Stride) + channel];
        TVector re0 = TSimd.Load(ref state, 0), im0 = TSimd.Load(ref state, stride);
        TVector re1 = TSimd.Load(ref state, 2 * stride), im1 = TSimd.Load(ref state, 3 * stride);
        TVector re2 = TSimd.Load(ref state, 4 * stride), im2 = TSimd.Load(ref state, 5 * stride);
        TVector re3 = TSimd.Load(ref state, 6 * stride), im3 = TSimd.Load(ref state, 7 * stride);
        nuint at = 0;
        nuint row = 0;
        nuint sum = 0;
        for (int t = 0; t < steps; t++)
        {
            TVector v = TSimd.Load(ref input, row);
            TVector f = TSimd.Broadcast(Unsafe.Add(ref factor, t));
            Advance(ref re0, ref im0, lr0, li0, wr0, wi0, v);
            Advance(ref re1, ref im1, lr1, li1, wr1, wi1, v);
            Advance(ref re2, ref im2, lr2, li2, wr2, wi2, v);
            Advance(ref re3, ref im3, lr3, li3, wr3, wi3, v);
            TSimd.Store(TSimd.Multiply(re0, f), ref target, at);
            TSimd.Store(TSimd.Multiply(re1, f), ref target, at + wave);
            TSimd.Store(TSimd.Multiply(re2, f), ref target, at + (2 * wave));
            TSimd.Store(TSimd.Multiply(re3, f), ref target, at + (3 * wave));
            TSimd.Store(TSimd.Add(TSimd.Load(ref sums, sum), TSimd.Add(TSimd.Add(re0, re1), TSimd.Add(re2, re3))), ref sums, sum);
            at += (nuint)timeStride;
            row += stride;
            sum += (nuint)readoutStride;
        }

        TSimd.Store(re0, ref state, 0);
        TSimd.Store(im0, ref state, stride);
        TSimd.Store(re1, ref state, 2 * stride);
        TSimd.Store(im1, ref state, 3 * stride);
        TSimd.Store(re2, ref state, 4 * stride);
        TSimd.Store(im2, ref state, 5 * stride);
        TSimd.Store(re3, ref state, 6 * stride);
        TSimd.Store(im3, ref state, 7 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(ref TVector re, ref TVector im, TVector lambdaRe, TVector lambdaIm, TVector weightRe, TVector weightIm, TVector v)
    {
        TVector real = TSimd.NegateMultiplyAdd(lambdaIm, im, TSimd.MultiplyAdd(lambdaRe, re, TSimd.Multiply(weightRe, v)));
        im = TSimd.MultiplyAdd(lambdaIm, re, TSimd.MultiplyAdd(lambdaRe, im, TSimd.Multiply(weightIm, v)));
        re = real;
    }
}
