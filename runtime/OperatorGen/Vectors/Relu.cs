using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function max(x, 0).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Relu : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "relu";

    /// <summary>max(x, 0), exact. relu(-infinity) = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        => TSimd.Max(TSimd.Zero, x);
}
