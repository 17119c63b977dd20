using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function log(1 + e^x).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Softplus : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "softplus";

    /// <summary>log(1 + e^x) within 4 ulp, also in the tail. softplus(-infinity) = 0, softplus(infinity) = infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // max(x, 0) + log(1 + e^-|x|).
        TVector e = ExponentialSeries.OfNegativeMagnitude<TSimd, TVector, T>(x);
        return TSimd.Add(TSimd.Max(TSimd.Zero, x), Log1p.OfUnit<TSimd, TVector, T>(e));
    }
}
