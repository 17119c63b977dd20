using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function log(1 + e^x).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Softplus : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "softplus";

    /// <summary>log(1 + e^x) within 2 ulp on the whole range (3 ulp where multiply-add is not fused). Underflow is gradual. softplus(-infinity) = 0, softplus(infinity) = infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // max(x, 0) + log(1 + e) with e = e^-|x|; e comes last, so that the roundings before it are small.
        TVector e = ExponentialSeries.OfNegativeMagnitude<TSimd, TVector, T>(x);
        return TSimd.Add(e, Log1p.LessExcess<TSimd, TVector, T>(TSimd.Max(TSimd.Zero, x), e));
    }
}
