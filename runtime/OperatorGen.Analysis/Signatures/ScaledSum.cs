using System;
#if NET
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace OperatorGen.Analysis;

/// <summary>The innermost loop of all products of tensors. It multiplies and adds, each rounded, so that the bits are the same at every vector width.</summary>
internal static class ScaledSum
{
    /// <summary>result_u = s_u + c x_u over the length of the result, which may be s itself.</summary>
    public static void Write(ReadOnlySpan<double> s, double c, ReadOnlySpan<double> x, Span<double> result)
    {
        s = s.Slice(0, result.Length);
        x = x.Slice(0, result.Length);
        int u = 0;
#if NET
        if (Vector.IsHardwareAccelerated && result.Length >= Vector<double>.Count)
        {
            ref double from = ref MemoryMarshal.GetReference(s), factor = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(result);
            var factors = new Vector<double>(c);
            for (; u <= result.Length - Vector<double>.Count; u += Vector<double>.Count)
            {
                (Vector.LoadUnsafe(ref from, (nuint)u) + (factors * Vector.LoadUnsafe(ref factor, (nuint)u))).StoreUnsafe(ref to, (nuint)u);
            }
        }

#endif
        for (; u < result.Length; u++)
        {
            result[u] = s[u] + (c * x[u]);
        }
    }
}
