using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function x / (1 + e^-x), also called swish.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Silu : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "silu";

    /// <summary>x / (1 + e^-x) within 4 ulp, down to where e^x is the smallest normal number. silu(infinity) = infinity; silu(-infinity) is not a number, as the formula evaluates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        => TSimd.Multiply(x, Sigmoid.Invoke<TSimd, TVector, T>(x));
}
