using System;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>What the waves are when the model's input is silent: sum_t omega_t w_n(t) of the response to the encoder's bias alone.</summary>
internal static class BiasPass<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>The sums, [summand, channel].</summary>
    /// <param name="tables">The waves.</param>
    /// <param name="v">The cells' input for a silent input, [time, stride], or one row that holds at all times.</param>
    /// <param name="omega">The weights of the time steps.</param>
    /// <param name="noncausal">The waves of that response that are not causal, [time, wave, stride].</param>
    /// <param name="steady">
    /// Where v is one row and omega is the same at all steps, or 1 at one step and 0 elsewhere: the number of steps up to the last that counts, and whether
    /// all of them do; null: neither.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Sums(WaveTables tables, double[] v, ReadOnlySpan<double> omega, ReadOnlySpan<double> noncausal, (int Steps, bool Mean)? steady)
    {
        var sums = new double[tables.Summands * tables.Stride];
        int step = v.Length == tables.Stride ? 0 : tables.Stride; // a sequence of one step is one row too
        for (int channel = 0; channel < tables.Stride; channel += TSimd.Count)
        {
            int n = 0;
            for (; step == 0 && steady is { } known && n < tables.CausalModes; n++)
            {
                int place = (n * tables.Stride) + channel;
                TSimd.Store(TSimd.Multiply(TSimd.Load(ref v[channel], 0), SteadyResponse<TSimd, TVector>.Of(tables, place, known.Steps, known.Mean)), ref sums[place], 0);
            }

            for (; n + 4 <= tables.CausalModes; n += 4)
            {
                Four(tables, (n * tables.Stride) + channel, ref v[channel], (nuint)step, omega, sums);
            }

            for (; n < tables.CausalModes; n++)
            {
                int place = (n * tables.Stride) + channel;
                TVector lr = TSimd.Load(ref tables.EigenvaluesRe[place], 0), li = TSimd.Load(ref tables.EigenvaluesIm[place], 0);
                TVector re = TSimd.Zero, im = re, sumRe = re, sumIm = re;
                for (int t = 0; t < omega.Length; t++)
                {
                    Advance(ref re, ref im, ref sumRe, ref sumIm, lr, li, TSimd.Load(ref v[(t * step) + channel], 0), TSimd.Broadcast(omega[t]));
                }

                Write(tables, place, sumRe, sumIm, sums);
            }
        }

        foreach (BlockWaves block in tables.Blocks)
        {
            block.Sum(v, step, omega, sums, tables.Stride);
        }

        int others = (tables.Modes - tables.CausalModes) * tables.Stride;
        for (int t = 0; t < omega.Length && others > 0; t++)
        {
            Span<double> target = sums.AsSpan(tables.CausalModes * tables.Stride, others);
            TensorPrimitives.MultiplyAdd(noncausal.Slice(t * others, others), omega[t], target, target);
        }

        for (int c = 0; tables.HasSkip && c < tables.Stride; c++)
        {
            double sum = 0;
            for (int t = 0; t < omega.Length; t++)
            {
                sum += omega[t] * v[(t * step) + c];
            }

            sums[(tables.Modes * tables.Stride) + c] = tables.Skip[c] * sum;
        }

        return sums;
    }

    /// <summary>Four modes at a time, so that their additions do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(WaveTables tables, int place, ref double v, nuint step, ReadOnlySpan<double> omega, double[] sums)
    {
        int stride = tables.Stride;
        TVector lr0 = TSimd.Load(ref tables.EigenvaluesRe[place], 0), li0 = TSimd.Load(ref tables.EigenvaluesIm[place], 0);
        TVector lr1 = TSimd.Load(ref tables.EigenvaluesRe[place + stride], 0), li1 = TSimd.Load(ref tables.EigenvaluesIm[place + stride], 0);
        TVector lr2 = TSimd.Load(ref tables.EigenvaluesRe[place + (2 * stride)], 0), li2 = TSimd.Load(ref tables.EigenvaluesIm[place + (2 * stride)], 0);
        TVector lr3 = TSimd.Load(ref tables.EigenvaluesRe[place + (3 * stride)], 0), li3 = TSimd.Load(ref tables.EigenvaluesIm[place + (3 * stride)], 0);
        TVector re0 = TSimd.Zero, im0 = re0, re1 = re0, im1 = re0, re2 = re0, im2 = re0, re3 = re0, im3 = re0;
        TVector sr0 = re0, si0 = re0, sr1 = re0, si1 = re0, sr2 = re0, si2 = re0, sr3 = re0, si3 = re0;
        nuint at = 0;
        foreach (double weight in omega)
        {
            TVector x = TSimd.Load(ref v, at);
            TVector w = TSimd.Broadcast(weight);
            Advance(ref re0, ref im0, ref sr0, ref si0, lr0, li0, x, w);
            Advance(ref re1, ref im1, ref sr1, ref si1, lr1, li1, x, w);
            Advance(ref re2, ref im2, ref sr2, ref si2, lr2, li2, x, w);
            Advance(ref re3, ref im3, ref sr3, ref si3, lr3, li3, x, w);
            at += step;
        }

        Write(tables, place, sr0, si0, sums);
        Write(tables, place + stride, sr1, si1, sums);
        Write(tables, place + (2 * stride), sr2, si2, sums);
        Write(tables, place + (3 * stride), sr3, si3, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(ref TVector re, ref TVector im, ref TVector sumRe, ref TVector sumIm, TVector lambdaRe, TVector lambdaIm, TVector v, TVector weight)
    {
        TVector real = TSimd.NegateMultiplyAdd(lambdaIm, im, TSimd.MultiplyAdd(lambdaRe, re, v));
        im = TSimd.MultiplyAdd(lambdaIm, re, TSimd.Multiply(lambdaRe, im));
        re = real;
        sumRe = TSimd.MultiplyAdd(weight, re, sumRe);
        sumIm = TSimd.MultiplyAdd(weight, im, sumIm);
    }

    /// <summary>Re(weight sum).</summary>
    private static void Write(WaveTables tables, int place, TVector sumRe, TVector sumIm, double[] sums) => TSimd.Store(
        TSimd.NegateMultiplyAdd(TSimd.Load(ref tables.WeightsIm[place], 0), sumIm, TSimd.Multiply(TSimd.Load(ref tables.WeightsRe[place], 0), sumRe)),
        ref sums[place],
        0);
}
