using System;
using System.Runtime.CompilerServices;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>
/// G = sum_t x(t) x(t)' of rows x, gathered a run of time steps at a time: one number of the row by a vector of others. Only the upper part is
/// kept up, in blocks as wide as <see cref="Block"/>.
/// </summary>
internal static class GramMatrix<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>Rows are multiples of this many numbers.</summary>
    public static int Block => 4 * TSimd.Count;

    /// <summary>Adds a run's products.</summary>
    /// <param name="rows">[time, width].</param>
    /// <param name="steps">The run's time steps.</param>
    /// <param name="width">A multiple of <see cref="Block"/>.</param>
    /// <param name="gram">G, [width, width].</param>
    public static void Add(Span<double> rows, int steps, int width, double[] gram)
    {
        for (int b = 0; b < width; b += Block)
        {
            for (int a = 0; a < b + Block; a += 4)
            {
                Tile(ref rows[a], ref rows[b], steps, (nuint)width, ref gram[(a * width) + b]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(ref double left, ref double right, int steps, nuint stride, ref double target)
    {
        var lanes = (nuint)TSimd.Count;
        TVector s00 = TSimd.Load(ref target, 0), s01 = TSimd.Load(ref target, lanes), s02 = TSimd.Load(ref target, 2 * lanes), s03 = TSimd.Load(ref target, 3 * lanes);
        TVector s10 = TSimd.Load(ref target, stride), s11 = TSimd.Load(ref target, stride + lanes), s12 = TSimd.Load(ref target, stride + (2 * lanes)), s13 = TSimd.Load(ref target, stride + (3 * lanes));
        TVector s20 = TSimd.Load(ref target, 2 * stride), s21 = TSimd.Load(ref target, (2 * stride) + lanes), s22 = TSimd.Load(ref target, (2 * stride) + (2 * lanes)), s23 = TSimd.Load(ref target, (2 * stride) + (3 * lanes));
        TVector s30 = TSimd.Load(ref target, 3 * stride), s31 = TSimd.Load(ref target, (3 * stride) + lanes), s32 = TSimd.Load(ref target, (3 * stride) + (2 * lanes)), s33 = TSimd.Load(ref target, (3 * stride) + (3 * lanes));
        nuint at = 0;
        for (int t = 0; t < steps; t++)
        {
            TVector b0 = TSimd.Load(ref right, at), b1 = TSimd.Load(ref right, at + lanes), b2 = TSimd.Load(ref right, at + (2 * lanes)), b3 = TSimd.Load(ref right, at + (3 * lanes));
            TVector a = TSimd.Broadcast(Unsafe.Add(ref left, at));
            s00 = TSimd.MultiplyAdd(a, b0, s00);
            s01 = TSimd.MultiplyAdd(a, b1, s01);
            s02 = TSimd.MultiplyAdd(a, b2, s02);
            s03 = TSimd.MultiplyAdd(a, b3, s03);
            a = TSimd.Broadcast(Unsafe.Add(ref left, at + 1));
            s10 = TSimd.MultiplyAdd(a, b0, s10);
            s11 = TSimd.MultiplyAdd(a, b1, s11);
            s12 = TSimd.MultiplyAdd(a, b2, s12);
            s13 = TSimd.MultiplyAdd(a, b3, s13);
            a = TSimd.Broadcast(Unsafe.Add(ref left, at + 2));
            s20 = TSimd.MultiplyAdd(a, b0, s20);
            s21 = TSimd.MultiplyAdd(a, b1, s21);
            s22 = TSimd.MultiplyAdd(a, b2, s22);
            s23 = TSimd.MultiplyAdd(a, b3, s23);
            a = TSimd.Broadcast(Unsafe.Add(ref left, at + 3));
            s30 = TSimd.MultiplyAdd(a, b0, s30);
            s31 = TSimd.MultiplyAdd(a, b1, s31);
            s32 = TSimd.MultiplyAdd(a, b2, s32);
            s33 = TSimd.MultiplyAdd(a, b3, s33);
            at += stride;
        }

        Store(ref target, 0, lanes, s00, s01, s02, s03);
        Store(ref target, stride, lanes, s10, s11, s12, s13);
        Store(ref target, 2 * stride, lanes, s20, s21, s22, s23);
        Store(ref target, 3 * stride, lanes, s30, s31, s32, s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref double target, nuint at, nuint lanes, TVector x0, TVector x1, TVector x2, TVector x3)
    {
        TSimd.Store(x0, ref target, at);
        TSimd.Store(x1, ref target, at + lanes);
        TSimd.Store(x2, ref target, at + (2 * lanes));
        TSimd.Store(x3, ref target, at + (3 * lanes));
    }
}
