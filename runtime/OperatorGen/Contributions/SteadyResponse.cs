using System.Runtime.CompilerServices;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>
/// The response of modes to the input 1 at all times, without walking through time. With A_n = sum_(tau &lt; n) lambda^tau, what a mode has reached after n
/// steps, and B_n = A_1 + ... + A_n,
/// <code>
/// A_(m+n) = A_m + lambda^m A_n,   B_(m+n) = B_m + n A_m + lambda^m B_n
/// </code>
/// so that the bits of n, from the highest, take as many doublings. There is no division by 1 - lambda, which may be small.
/// </summary>
internal static class SteadyResponse<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>Re(weight B_n) / n of one vector of channels, or Re(weight A_n).</summary>
    /// <param name="tables">The waves.</param>
    /// <param name="place">The mode's first lane in the tables.</param>
    /// <param name="steps">n, at least 1.</param>
    /// <param name="mean">True for the mean over the steps, false for the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TVector Of(WaveTables tables, int place, int steps, bool mean)
    {
        TVector lr = TSimd.Load(ref tables.EigenvaluesRe[place], 0), li = TSimd.Load(ref tables.EigenvaluesIm[place], 0);
        TVector pr = lr, pi = li; // lambda^n
        TVector ar = TSimd.Broadcast(1), ai = TSimd.Zero, br = ar, bi = ai;
        double n = 1;
        int bit = 30;
        while ((steps >> bit) == 0)
        {
            bit--;
        }

        for (bit--; bit >= 0; bit--)
        {
            TVector count = TSimd.Broadcast(n);
            (TVector r, TVector i) = Product(pr, pi, br, bi);
            br = TSimd.Add(br, TSimd.MultiplyAdd(count, ar, r));
            bi = TSimd.Add(bi, TSimd.MultiplyAdd(count, ai, i));
            (r, i) = Product(pr, pi, ar, ai);
            ar = TSimd.Add(ar, r);
            ai = TSimd.Add(ai, i);
            (pr, pi) = Product(pr, pi, pr, pi);
            n *= 2;
            if (((steps >> bit) & 1) != 0)
            {
                // One step more: A_(n+1) = A_n + lambda^n, and B_(n+1) = B_n + A_(n+1).
                ar = TSimd.Add(ar, pr);
                ai = TSimd.Add(ai, pi);
                br = TSimd.Add(br, ar);
                bi = TSimd.Add(bi, ai);
                (pr, pi) = Product(pr, pi, lr, li);
                n++;
            }
        }

        TVector wr = TSimd.Load(ref tables.WeightsRe[place], 0), wi = TSimd.Load(ref tables.WeightsIm[place], 0);
        return mean
            ? TSimd.Divide(TSimd.NegateMultiplyAdd(wi, bi, TSimd.Multiply(wr, br)), TSimd.Broadcast(n))
            : TSimd.NegateMultiplyAdd(wi, ai, TSimd.Multiply(wr, ar));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Re, TVector Im) Product(TVector ar, TVector ai, TVector br, TVector bi) =>
        (TSimd.NegateMultiplyAdd(ai, bi, TSimd.Multiply(ar, br)), TSimd.MultiplyAdd(ai, br, TSimd.Multiply(ar, bi)));
}
