using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function 1 / (1 + e^-x).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sigmoid : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "sigmoid";

    /// <summary>1 / (1 + e^-x) within 2 ulp on the whole range (3 ulp where multiply-add is not fused). Underflow is gradual. sigmoid(-infinity) = 0, sigmoid(infinity) = 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // With e = e^-|x| nothing overflows: 1 - t where x >= 0, e - e t where x < 0, t = e / (1 + e). So the roundings of t count half at most.
        TVector e = ExponentialSeries.OfNegativeMagnitude<TSimd, TVector, T>(x);
        TVector t = TSimd.Divide(e, TSimd.Add(TSimd.Constant(1), e));
        TVector a = TSimd.Select(TSimd.LessThan(x, TSimd.Zero), e, TSimd.Constant(1));
        return TSimd.NegateMultiplyAdd(a, t, a);
    }
}
