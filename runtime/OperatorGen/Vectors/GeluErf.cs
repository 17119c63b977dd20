using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function x Phi(x) = x/2 (1 + erf(x / sqrt 2)): torch's nn.GELU().</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GeluErf : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "gelu-erf";

    /// <summary>
    /// x Phi(x) within 4 ulp for x &gt;= 0 and 6 ulp for x &lt; 0, down to where Phi is the smallest normal number; where
    /// multiply-add is not fused, within 6 + x^2 ulp for x &lt; 0.
    /// gelu(infinity) = infinity; gelu(-infinity) is not a number, as the formula evaluates.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector tail = NormalTail.OfMagnitude<TSimd, TVector, T>(x);
        TVector phi = TSimd.Select(TSimd.LessThan(x, TSimd.Zero), tail, TSimd.Subtract(TSimd.Constant(1), tail));
        return TSimd.Multiply(x, phi);
    }
}
