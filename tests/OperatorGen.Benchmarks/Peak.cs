using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using OperatorGen.Vectors;

namespace OperatorGen.Benchmarks;

/// <summary>What one core can do: fused multiply-adds in 12 independent accumulators, in float.</summary>
internal static class Peak
{
    /// <summary>Does a number of operations.</summary>
    /// <param name="flops">The operations; a fused multiply-add is two of each lane.</param>
    /// <param name="width">The vector width.</param>
    public static float Run(long flops, VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => Run<Simd512<float>, Vector512<float>>(flops),
        VectorWidth.Bits256 => Run<Simd256<float>, Vector256<float>>(flops),
        VectorWidth.Bits128 => Run<Simd128<float>, Vector128<float>>(flops),
        _ => throw new System.ArgumentOutOfRangeException(nameof(width), width, "A width in bits is expected."),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run<TSimd, TVector>(long flops)
        where TSimd : ISimd<TVector, float>
        where TVector : struct
    {
        TVector a0 = TSimd.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0, a8 = a0, a9 = a0, a10 = a0, a11 = a0;
        TVector x = TSimd.Broadcast(0.999f), y = TSimd.Broadcast(1e-3f);
        for (long i = flops / (2 * TSimd.Count * 12); i > 0; i--)
        {
            a0 = TSimd.MultiplyAdd(a0, x, y);
            a1 = TSimd.MultiplyAdd(a1, x, y);
            a2 = TSimd.MultiplyAdd(a2, x, y);
            a3 = TSimd.MultiplyAdd(a3, x, y);
            a4 = TSimd.MultiplyAdd(a4, x, y);
            a5 = TSimd.MultiplyAdd(a5, x, y);
            a6 = TSimd.MultiplyAdd(a6, x, y);
            a7 = TSimd.MultiplyAdd(a7, x, y);
            a8 = TSimd.MultiplyAdd(a8, x, y);
            a9 = TSimd.MultiplyAdd(a9, x, y);
            a10 = TSimd.MultiplyAdd(a10, x, y);
            a11 = TSimd.MultiplyAdd(a11, x, y);
        }

        TVector low = TSimd.Add(TSimd.Add(TSimd.Add(a0, a1), TSimd.Add(a2, a3)), TSimd.Add(a4, a5));
        TVector high = TSimd.Add(TSimd.Add(TSimd.Add(a6, a7), TSimd.Add(a8, a9)), TSimd.Add(a10, a11));
        return TSimd.Sum(TSimd.Add(low, high));
    }
}
