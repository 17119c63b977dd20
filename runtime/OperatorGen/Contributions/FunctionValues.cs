using System;
using System.Runtime.Intrinsics;
using OperatorGen.Symbolics;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>Decoder functions of any number of arguments, with the widest vectors.</summary>
internal static class FunctionValues
{
    private const int Widest = 8;

    /// <summary>y = g(x).</summary>
    /// <param name="function">g.</param>
    /// <param name="x">The arguments.</param>
    /// <param name="y">Room for as many values; may be x.</param>
    public static void Apply(DecoderFunction function, ReadOnlySpan<double> x, Span<double> y)
    {
        int whole = x.Length / Widest * Widest;
        Whole(function, x[..whole], y);
        if (whole < x.Length)
        {
            Span<double> rest = stackalloc double[Widest];
            rest.Clear();
            x[whole..].CopyTo(rest);
            Whole(function, rest, rest);
            rest[..(x.Length - whole)].CopyTo(y[whole..]);
        }
    }

    private static void Whole(DecoderFunction function, ReadOnlySpan<double> x, Span<double> y)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            VectorFunctions<Simd512<double>, Vector512<double>>.Apply(function, x, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            VectorFunctions<Simd256<double>, Vector256<double>>.Apply(function, x, y);
        }
        else
        {
            VectorFunctions<Simd128<double>, Vector128<double>>.Apply(function, x, y);
        }
    }
}
