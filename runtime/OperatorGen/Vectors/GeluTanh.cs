using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function x/2 (1 + tanh u), u = sqrt(2/pi) (x + 0.044715 x^3): the tanh form of GELU, the default of jax.nn.gelu.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GeluTanh : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "gelu-tanh";

    /// <summary>
    /// x sigmoid(2u), the same function without cancellation: within 4 + 3 |2u| ulp where x &lt; 0 (rounding u is amplified by e^2u), 6 ulp elsewhere.
    /// gelu(infinity) = infinity; gelu(-infinity) is not a number, as the formula evaluates.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // 2u = x (2 sqrt(2/pi) + 2 sqrt(2/pi) 0.044715 x^2).
        TVector slope = TSimd.MultiplyAdd(TSimd.Multiply(x, x), TSimd.Constant(0.07135481627260025), TSimd.Constant(1.5957691216057308));
        return TSimd.Multiply(x, Sigmoid.Invoke<TSimd, TVector, T>(TSimd.Multiply(x, slope)));
    }
}
