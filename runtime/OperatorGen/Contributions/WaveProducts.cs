using System;
using System.Runtime.CompilerServices;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>
/// Products of the waves of one vector of channels, summed over a run of time steps and added to a matrix [row, row, lane], upper part. Four rows
/// meet four rows in registers; on the diagonal only the ten products that are needed; a rest of one or two rows has tiles of half the width.
/// </summary>
internal static class WaveProducts<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>Adds the products.</summary>
    /// <param name="waves">[time, row, lane], rows padded to a multiple of four.</param>
    /// <param name="steps">The run's time steps.</param>
    /// <param name="count">The rows that are wanted.</param>
    /// <param name="rows">The rows with padding.</param>
    /// <param name="matrix">[row, row, lane].</param>
    public static void Add(Span<double> waves, int steps, int count, int rows, Span<double> matrix)
    {
        int lanes = TSimd.Count;
        var stride = (nuint)(rows * lanes);
        for (int a = 0; a < count; a += 4)
        {
            Triangle(ref waves[a * lanes], steps, stride, ref matrix[((a * rows) + a) * lanes]);
            for (int b = a + 4; b < count; b += 4)
            {
                if (count - b > 2)
                {
                    RegisterTile<TSimd, TVector>.Add<RegisterTile<TSimd, TVector>.Lanes>(
                        ref waves[a * lanes], TileRows.Of(lanes), stride, ref waves[b * lanes], stride, steps, ref matrix[((a * rows) + b) * lanes], TileRows.Of(rows * lanes));
                }
                else
                {
                    Half(ref waves[a * lanes], ref waves[b * lanes], steps, stride, ref matrix[((a * rows) + b) * lanes]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Triangle(ref double waves, int steps, nuint stride, ref double target)
    {
        var lanes = (nuint)TSimd.Count;
        TVector s00 = TSimd.Zero, s01 = s00, s02 = s00, s03 = s00, s11 = s00, s12 = s00, s13 = s00, s22 = s00, s23 = s00, s33 = s00;
        nuint at = 0;
        for (int t = 0; t < steps; t++)
        {
            TVector x0 = TSimd.Load(ref waves, at), x1 = TSimd.Load(ref waves, at + lanes), x2 = TSimd.Load(ref waves, at + (2 * lanes)), x3 = TSimd.Load(ref waves, at + (3 * lanes));
            s00 = TSimd.MultiplyAdd(x0, x0, s00);
            s01 = TSimd.MultiplyAdd(x0, x1, s01);
            s02 = TSimd.MultiplyAdd(x0, x2, s02);
            s03 = TSimd.MultiplyAdd(x0, x3, s03);
            s11 = TSimd.MultiplyAdd(x1, x1, s11);
            s12 = TSimd.MultiplyAdd(x1, x2, s12);
            s13 = TSimd.MultiplyAdd(x1, x3, s13);
            s22 = TSimd.MultiplyAdd(x2, x2, s22);
            s23 = TSimd.MultiplyAdd(x2, x3, s23);
            s33 = TSimd.MultiplyAdd(x3, x3, s33);
            at += stride;
        }

        Add(ref target, 0, lanes, s00, s01, s02, s03);
        Add(ref target, stride + lanes, lanes, s11, s12);
        Add(ref target, stride + (3 * lanes), s13);
        Add(ref target, (2 * stride) + (2 * lanes), lanes, s22, s23);
        Add(ref target, (3 * stride) + (3 * lanes), s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Half(ref double left, ref double right, int steps, nuint stride, ref double target)
    {
        var lanes = (nuint)TSimd.Count;
        TVector s00 = TSimd.Zero, s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
        nuint at = 0;
        for (int t = 0; t < steps; t++)
        {
            TVector b0 = TSimd.Load(ref right, at), b1 = TSimd.Load(ref right, at + lanes);
            TVector a0 = TSimd.Load(ref left, at), a1 = TSimd.Load(ref left, at + lanes), a2 = TSimd.Load(ref left, at + (2 * lanes)), a3 = TSimd.Load(ref left, at + (3 * lanes));
            s00 = TSimd.MultiplyAdd(a0, b0, s00);
            s01 = TSimd.MultiplyAdd(a0, b1, s01);
            s10 = TSimd.MultiplyAdd(a1, b0, s10);
            s11 = TSimd.MultiplyAdd(a1, b1, s11);
            s20 = TSimd.MultiplyAdd(a2, b0, s20);
            s21 = TSimd.MultiplyAdd(a2, b1, s21);
            s30 = TSimd.MultiplyAdd(a3, b0, s30);
            s31 = TSimd.MultiplyAdd(a3, b1, s31);
            at += stride;
        }

        Add(ref target, 0, lanes, s00, s01);
        Add(ref target, stride, lanes, s10, s11);
        Add(ref target, 2 * stride, lanes, s20, s21);
        Add(ref target, 3 * stride, lanes, s30, s31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double target, nuint at, nuint lanes, TVector x0, TVector x1, TVector x2, TVector x3)
    {
        TSimd.Store(TSimd.Add(TSimd.Load(ref target, at), x0), ref target, at);
        TSimd.Store(TSimd.Add(TSimd.Load(ref target, at + lanes), x1), ref target, at + lanes);
        TSimd.Store(TSimd.Add(TSimd.Load(ref target, at + (2 * lanes)), x2), ref target, at + (2 * lanes));
        TSimd.Store(TSimd.Add(TSimd.Load(ref target, at + (3 * lanes)), x3), ref target, at + (3 * lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double target, nuint at, nuint lanes, TVector x0, TVector x1)
    {
        Add(ref target, at, x0);
        Add(ref target, at + lanes, x1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double target, nuint at, TVector x) => TSimd.Store(TSimd.Add(TSimd.Load(ref target, at), x), ref target, at);
}
