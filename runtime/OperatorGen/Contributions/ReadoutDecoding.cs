using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>Adds what decoder and polynomial make of a run of readouts to <see cref="DecodedTotals"/>, lanes = readouts.</summary>
internal static class ReadoutDecoding<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>Adds a run of one vector of readouts.</summary>
    /// <param name="readouts">o, [time, timeStride], the vector first.</param>
    /// <param name="decoded">g(o), in the same way.</param>
    /// <param name="timeStride">From a time step to the next.</param>
    /// <param name="omega">The weights of the run's time steps.</param>
    /// <param name="totals">The sums.</param>
    /// <param name="readout">The vector's first readout.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<double> readouts, ReadOnlySpan<double> decoded, int timeStride, ReadOnlySpan<double> omega, DecodedTotals totals, int readout)
    {
        ref double o = ref MemoryMarshal.GetReference(readouts);
        ref double g = ref MemoryMarshal.GetReference(decoded);
        ref double p = ref totals.Polynomials[readout];
        int order = totals.Order;
        int stride = totals.Stride;
        TVector exact = TSimd.Zero;
        TVector remainder = TSimd.Zero;
        for (int t = 0; t < omega.Length; t++)
        {
            TVector weight = TSimd.Broadcast(omega[t]);
            TVector x = TSimd.Load(ref o, (nuint)(t * timeStride));
            TVector value = TSimd.Load(ref g, (nuint)(t * timeStride));
            TVector polynomial = TSimd.Load(ref p, (nuint)(order * stride));
            for (int k = order - 1; k >= 0; k--)
            {
                polynomial = TSimd.MultiplyAdd(polynomial, x, TSimd.Load(ref p, (nuint)(k * stride)));
            }

            exact = TSimd.MultiplyAdd(weight, value, exact);
            remainder = TSimd.MultiplyAdd(weight, TSimd.Subtract(value, polynomial), remainder);
        }

        Accumulate(exact, ref totals.Exact[readout]);
        Accumulate(remainder, ref totals.Remainder[readout]);
        for (int k = 3; k <= order; k++)
        {
            TVector sum = TSimd.Zero;
            for (int t = 0; t < omega.Length; t++)
            {
                TVector x = TSimd.Load(ref o, (nuint)(t * timeStride));
                TVector power = TSimd.Multiply(x, x);
                for (int j = 3; j <= k; j++)
                {
                    power = TSimd.Multiply(power, x);
                }

                sum = TSimd.MultiplyAdd(TSimd.Broadcast(omega[t]), power, sum);
            }

            Accumulate(sum, ref totals.Powers[(k * stride) + readout]);
        }
    }

    private static void Accumulate(TVector value, ref double sum) => TSimd.Store(TSimd.Add(TSimd.Load(ref sum, 0), value), ref sum, 0);
}
