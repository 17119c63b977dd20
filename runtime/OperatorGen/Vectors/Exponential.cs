using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The exponential e^x: a decoder function, and the gates of selective scans, e^(Delta A).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Exponential : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "exp";

    /// <summary>
    /// e^x within 1 ulp on the whole range (2 ulp where multiply-add is not fused). Underflow is gradual: subnormal results
    /// are rounded once, below half the smallest subnormal the result is 0. Overflow gives infinity; e^-infinity = 0, e^infinity = infinity.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        bool single = typeof(T) == typeof(float);
        x = TSimd.Max(TSimd.Constant(single ? -104 : -746), x);
        x = TSimd.Min(TSimd.Constant(single ? 89 : 710), x);
        TVector n = ExponentialSeries.Reduce<TSimd, TVector, T>(x, out TVector r);
        return TSimd.ScaleByPowerOfTwo(ExponentialSeries.Reduced<TSimd, TVector, T>(r), n);
    }
}
