using System.Runtime.CompilerServices;

namespace OperatorGen.Vectors;

/// <summary>
/// ln 2 in two parts (Cody and Waite). The first is so short that an exponent times it is exact: 9 bits for float
/// (exponents below 2^8), 42 bits for double (below 2^11).
/// </summary>
internal static class Ln2
{
    /// <summary>The first part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double High<T>() => typeof(T) == typeof(float) ? 0.693359375 : 0.6931471805598903;

    /// <summary>ln 2 less the first part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Low<T>() => typeof(T) == typeof(float) ? -2.1219444005469057e-4 : 5.497923018708371e-14;
}
