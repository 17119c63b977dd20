using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function 1 / (1 + e^-x).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sigmoid : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "sigmoid";

    /// <summary>1 / (1 + e^-x) within 3 ulp, also in the tail. sigmoid(-infinity) = 0, sigmoid(infinity) = 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // With e = e^-|x| nothing overflows: 1 / (1 + e) where x >= 0, e / (1 + e) where x < 0.
        TVector one = TSimd.Constant(1);
        TVector e = ExponentialSeries.OfNegativeMagnitude<TSimd, TVector, T>(x);
        TVector numerator = TSimd.Select(TSimd.LessThan(x, TSimd.Zero), e, one);
        return TSimd.Divide(numerator, TSimd.Add(one, e));
    }
}
