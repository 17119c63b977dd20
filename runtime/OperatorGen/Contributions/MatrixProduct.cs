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
                RegisterTile<TSimd, TVector>.Add<RegisterTile<TSimd, TVector>.Number>(
                    ref Unsafe.Add(ref a, row * leftStride),
                    TileRows.Of(leftStride, rows - row),
                    1,
                    ref Unsafe.Add(ref b, column),
                    (nuint)width,
                    inner,
                    ref Unsafe.Add(ref c, (row * width) + column),
                    TileRows.Of(width, rows - row));
            }
        }
    }
}
