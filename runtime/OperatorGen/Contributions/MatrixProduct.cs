using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>target += left right of small matrices in rows.</summary>
internal static class MatrixProduct
{
    /// <summary>Widths are multiples of this many numbers: four of the widest vectors.</summary>
    public const int Block = 32;

    /// <summary>Adds the product.</summary>
    /// <param name="left">[rows, inner], of rows that begin every leftStride numbers.</param>
    /// <param name="leftStride">From a row of left to the next.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="inner">Columns of left.</param>
    /// <param name="right">[inner, width].</param>
    /// <param name="target">[rows, width].</param>
    /// <param name="width">A multiple of <see cref="Block"/>.</param>
    public static void Add(ReadOnlySpan<double> left, int leftStride, int rows, int inner, ReadOnlySpan<double> right, Span<double> target, int width)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            MatrixProduct<Simd512<double>, Vector512<double>>.Add(left, leftStride, rows, inner, right, target, width);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            MatrixProduct<Simd256<double>, Vector256<double>>.Add(left, leftStride, rows, inner, right, target, width);
        }
        else
        {
            MatrixProduct<Simd128<double>, Vector128<double>>.Add(left, leftStride, rows, inner, right, target, width);
        }
    }

    /// <summary>A width rounded up to whole blocks.</summary>
    public static int Padded(int width) => (width + Block - 1) / Block * Block;
}

/// <summary>The product at one vector width: four rows by four vectors in registers.</summary>
internal static class MatrixProduct<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>See <see cref="MatrixProduct.Add"/>.</summary>
    public static void Add(ReadOnlySpan<double> left, int leftStride, int rows, int inner, ReadOnlySpan<double> right, Span<double> target, int width)
    {
        ref double a = ref MemoryMarshal.GetReference(left);
        ref double b = ref MemoryMarshal.GetReference(right);
        ref double c = ref MemoryMarshal.GetReference(target);
        for (int column = 0; column < width; column += 4 * TSimd.Count)
        {
            for (int row = 0; row < rows; row += 4)
            {
                // Rows after the last are the last one again, computed and written alike.
                int last = Math.Min(rows - 1 - row, 3);
                Tile(
                    ref Unsafe.Add(ref a, row * leftStride),
                    ((nuint)(Math.Min(last, 1) * leftStride), (nuint)(Math.Min(last, 2) * leftStride), (nuint)(last * leftStride)),
                    inner,
                    ref Unsafe.Add(ref b, column),
                    (nuint)width,
                    ref Unsafe.Add(ref c, (row * width) + column),
                    ((nuint)(Math.Min(last, 1) * width), (nuint)(Math.Min(last, 2) * width), (nuint)(last * width)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(ref double left, (nuint One, nuint Two, nuint Three) leftRows, int inner, ref double right, nuint stride, ref double target, (nuint One, nuint Two, nuint Three) rows)
    {
        var lanes = (nuint)TSimd.Count;
        TVector s00 = TSimd.Load(ref target, 0), s01 = TSimd.Load(ref target, lanes), s02 = TSimd.Load(ref target, 2 * lanes), s03 = TSimd.Load(ref target, 3 * lanes);
        TVector s10 = TSimd.Load(ref target, rows.One), s11 = TSimd.Load(ref target, rows.One + lanes), s12 = TSimd.Load(ref target, rows.One + (2 * lanes)), s13 = TSimd.Load(ref target, rows.One + (3 * lanes));
        TVector s20 = TSimd.Load(ref target, rows.Two), s21 = TSimd.Load(ref target, rows.Two + lanes), s22 = TSimd.Load(ref target, rows.Two + (2 * lanes)), s23 = TSimd.Load(ref target, rows.Two + (3 * lanes));
        TVector s30 = TSimd.Load(ref target, rows.Three), s31 = TSimd.Load(ref target, rows.Three + lanes), s32 = TSimd.Load(ref target, rows.Three + (2 * lanes)), s33 = TSimd.Load(ref target, rows.Three + (3 * lanes));
        ref double left1 = ref Unsafe.Add(ref left, leftRows.One);
        ref double left2 = ref Unsafe.Add(ref left, leftRows.Two);
        ref double left3 = ref Unsafe.Add(ref left, leftRows.Three);
        nuint at = 0;
        for (int k = 0; k < inner; k++)
        {
            TVector b0 = TSimd.Load(ref right, at), b1 = TSimd.Load(ref right, at + lanes), b2 = TSimd.Load(ref right, at + (2 * lanes)), b3 = TSimd.Load(ref right, at + (3 * lanes));
            TVector a = TSimd.Broadcast(Unsafe.Add(ref left, k));
            s00 = TSimd.MultiplyAdd(a, b0, s00);
            s01 = TSimd.MultiplyAdd(a, b1, s01);
            s02 = TSimd.MultiplyAdd(a, b2, s02);
            s03 = TSimd.MultiplyAdd(a, b3, s03);
            a = TSimd.Broadcast(Unsafe.Add(ref left1, k));
            s10 = TSimd.MultiplyAdd(a, b0, s10);
            s11 = TSimd.MultiplyAdd(a, b1, s11);
            s12 = TSimd.MultiplyAdd(a, b2, s12);
            s13 = TSimd.MultiplyAdd(a, b3, s13);
            a = TSimd.Broadcast(Unsafe.Add(ref left2, k));
            s20 = TSimd.MultiplyAdd(a, b0, s20);
            s21 = TSimd.MultiplyAdd(a, b1, s21);
            s22 = TSimd.MultiplyAdd(a, b2, s22);
            s23 = TSimd.MultiplyAdd(a, b3, s23);
            a = TSimd.Broadcast(Unsafe.Add(ref left3, k));
            s30 = TSimd.MultiplyAdd(a, b0, s30);
            s31 = TSimd.MultiplyAdd(a, b1, s31);
            s32 = TSimd.MultiplyAdd(a, b2, s32);
            s33 = TSimd.MultiplyAdd(a, b3, s33);
            at += stride;
        }

        Store(ref target, 0, lanes, s00, s01, s02, s03);
        Store(ref target, rows.One, lanes, s10, s11, s12, s13);
        Store(ref target, rows.Two, lanes, s20, s21, s22, s23);
        Store(ref target, rows.Three, lanes, s30, s31, s32, s33);
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
