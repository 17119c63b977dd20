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
    /// x Phi(x) within 2 ulp; where multiply-add is not fused, within 6 + x^2 ulp for x &lt; 0 and 4 elsewhere. Underflow is gradual.
    /// gelu(infinity) = infinity; gelu(-infinity) is not a number, as the formula evaluates.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        // x Phi(x) = x - x Phi(-x), and less than 0 it is -|x| Phi(-|x|). The zero is x 0, which is not a number at -infinity.
        TVector above = TSimd.Select(TSimd.LessThan(x, TSimd.Zero), TSimd.Multiply(x, TSimd.Zero), x);
        return TSimd.Subtract(above, NormalTail.TimesMagnitude<TSimd, TVector, T>(x));
    }
}
