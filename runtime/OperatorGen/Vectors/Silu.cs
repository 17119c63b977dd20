using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function x / (1 + e^-x), also called swish.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Silu : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "silu";

    /// <summary>
    /// x / (1 + e^-x) within 2 ulp on the whole range (3 ulp where multiply-add is not fused), with the sign of x, also of a zero. Underflow is gradual.
    /// silu(infinity) = infinity; silu(-infinity) is not a number, as the formula x sigmoid(x) evaluates.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // x e^x rounds to 0 from -110 on in float, from -753 on in double.
        TVector magnitude = TSimd.Min(TSimd.Constant(typeof(T) == typeof(float) ? 110 : 753), TSimd.Abs(x));
        return LogisticProduct.Of<TSimd, TVector, T>(x, magnitude, TSimd.Negate(magnitude), TSimd.Zero);
    }
}
