using System;
using System.Runtime.CompilerServices;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>Where the rows of a tile begin, after the first.</summary>
internal readonly record struct TileRows(nuint One, nuint Two, nuint Three)
{
    /// <summary>Rows at equal distances; those after the last of so many are the last one again, computed and written alike.</summary>
    public static TileRows Of(int stride, int rows = 4) =>
        new((nuint)(Math.Min(rows - 1, 1) * stride), (nuint)(Math.Min(rows - 1, 2) * stride), (nuint)(Math.Min(rows - 1, 3) * stride));
}

/// <summary>How a row's number is taken as a vector.</summary>
internal interface ITileFactor<TVector>
{
    static abstract TVector Load(ref double place);
}

/// <summary>
/// target += sum_k left_k right_k: four rows by four vectors that stay in registers. All sums over time and small matrix products are made of it.
/// </summary>
internal static class RegisterTile<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>Adds a tile's products.</summary>
    /// <typeparam name="TFactor"><see cref="Number"/>: a row's number meets all lanes; <see cref="Lanes"/>: a row's lanes meet their own.</typeparam>
    /// <param name="left">The first row of the left factor, from its first k on.</param>
    /// <param name="leftRows">Its other rows.</param>
    /// <param name="leftStep">From a k to the next.</param>
    /// <param name="right">Four vectors side by side, from the first k on.</param>
    /// <param name="rightStep">From a k to the next.</param>
    /// <param name="count">How many k there are.</param>
    /// <param name="target">The first row of the target, four vectors.</param>
    /// <param name="targetRows">Its other rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TFactor>(ref double left, TileRows leftRows, nuint leftStep, ref double right, nuint rightStep, int count, ref double target, TileRows targetRows)
        where TFactor : struct, ITileFactor<TVector>
    {
        var lanes = (nuint)TSimd.Count;
        ref double target1 = ref Unsafe.Add(ref target, targetRows.One);
        ref double target2 = ref Unsafe.Add(ref target, targetRows.Two);
        ref double target3 = ref Unsafe.Add(ref target, targetRows.Three);
        TVector s00 = TSimd.Load(ref target, 0), s01 = TSimd.Load(ref target, lanes), s02 = TSimd.Load(ref target, 2 * lanes), s03 = TSimd.Load(ref target, 3 * lanes);
        TVector s10 = TSimd.Load(ref target1, 0), s11 = TSimd.Load(ref target1, lanes), s12 = TSimd.Load(ref target1, 2 * lanes), s13 = TSimd.Load(ref target1, 3 * lanes);
        TVector s20 = TSimd.Load(ref target2, 0), s21 = TSimd.Load(ref target2, lanes), s22 = TSimd.Load(ref target2, 2 * lanes), s23 = TSimd.Load(ref target2, 3 * lanes);
        TVector s30 = TSimd.Load(ref target3, 0), s31 = TSimd.Load(ref target3, lanes), s32 = TSimd.Load(ref target3, 2 * lanes), s33 = TSimd.Load(ref target3, 3 * lanes);
        ref double left1 = ref Unsafe.Add(ref left, leftRows.One);
        ref double left2 = ref Unsafe.Add(ref left, leftRows.Two);
        ref double left3 = ref Unsafe.Add(ref left, leftRows.Three);
        nuint k = 0;
        nuint at = 0;
        for (int i = 0; i < count; i++)
        {
            TVector b0 = TSimd.Load(ref right, at), b1 = TSimd.Load(ref right, at + lanes), b2 = TSimd.Load(ref right, at + (2 * lanes)), b3 = TSimd.Load(ref right, at + (3 * lanes));
            TVector a = TFactor.Load(ref Unsafe.Add(ref left, k));
            s00 = TSimd.MultiplyAdd(a, b0, s00);
            s01 = TSimd.MultiplyAdd(a, b1, s01);
            s02 = TSimd.MultiplyAdd(a, b2, s02);
            s03 = TSimd.MultiplyAdd(a, b3, s03);
            a = TFactor.Load(ref Unsafe.Add(ref left1, k));
            s10 = TSimd.MultiplyAdd(a, b0, s10);
            s11 = TSimd.MultiplyAdd(a, b1, s11);
            s12 = TSimd.MultiplyAdd(a, b2, s12);
            s13 = TSimd.MultiplyAdd(a, b3, s13);
            a = TFactor.Load(ref Unsafe.Add(ref left2, k));
            s20 = TSimd.MultiplyAdd(a, b0, s20);
            s21 = TSimd.MultiplyAdd(a, b1, s21);
            s22 = TSimd.MultiplyAdd(a, b2, s22);
            s23 = TSimd.MultiplyAdd(a, b3, s23);
            a = TFactor.Load(ref Unsafe.Add(ref left3, k));
            s30 = TSimd.MultiplyAdd(a, b0, s30);
            s31 = TSimd.MultiplyAdd(a, b1, s31);
            s32 = TSimd.MultiplyAdd(a, b2, s32);
            s33 = TSimd.MultiplyAdd(a, b3, s33);
            k += leftStep;
            at += rightStep;
        }

        Store(ref target, lanes, s00, s01, s02, s03);
        Store(ref target1, lanes, s10, s11, s12, s13);
        Store(ref target2, lanes, s20, s21, s22, s23);
        Store(ref target3, lanes, s30, s31, s32, s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref double row, nuint lanes, TVector x0, TVector x1, TVector x2, TVector x3)
    {
        TSimd.Store(x0, ref row, 0);
        TSimd.Store(x1, ref row, lanes);
        TSimd.Store(x2, ref row, 2 * lanes);
        TSimd.Store(x3, ref row, 3 * lanes);
    }

    /// <summary>One number, in every lane.</summary>
    internal readonly struct Number : ITileFactor<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Load(ref double place) => TSimd.Broadcast(place);
    }

    /// <summary>A vector of numbers.</summary>
    internal readonly struct Lanes : ITileFactor<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Load(ref double place) => TSimd.Load(ref place, 0);
    }
}
