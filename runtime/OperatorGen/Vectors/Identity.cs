using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>The decoder function x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Identity : IVectorFunction
{
    /// <summary>The name in model files.</summary>
    public static string Name => "identity";

    /// <summary>x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
        => x;
}
