using System;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Sums(WaveTables tables, double[] v, ReadOnlySpan<double> omega)
    {
        var sums = new double[tables.Summands * tables.Stride];
        int step = v.Length == tables.Stride ? 0 : tables.Stride;
        for (int channel = 0; channel < tables.Stride; channel += TSimd.Count)
        {
            for (int n = 0; n < tables.Modes; n++)
            {
                int place = (n * tables.Stride) + channel;
                TVector lr = TSimd.Load(ref tables.EigenvaluesRe[place], 0), li = TSimd.Load(ref tables.EigenvaluesIm[place], 0);
                TVector re = TSimd.Zero, im = TSimd.Zero, sumRe = TSimd.Zero, sumIm = TSimd.Zero;
                for (int t = 0; t < omega.Length; t++)
                {
                    TVector weight = TSimd.Broadcast(omega[t]);
                    TVector real = TSimd.NegateMultiplyAdd(li, im, TSimd.MultiplyAdd(lr, re, TSimd.Load(ref v[(t * step) + channel], 0)));
                    im = TSimd.MultiplyAdd(li, re, TSimd.Multiply(lr, im));
                    re = real;
                    sumRe = TSimd.MultiplyAdd(weight, re, sumRe);
                    sumIm = TSimd.MultiplyAdd(weight, im, sumIm);
                }

                TVector sum = TSimd.NegateMultiplyAdd(TSimd.Load(ref tables.WeightsIm[place], 0), sumIm, TSimd.Multiply(TSimd.Load(ref tables.WeightsRe[place], 0), sumRe));
                TSimd.Store(sum, ref sums[place], 0);
            }
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
}
