using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OperatorGen.Vectors;

namespace OperatorGen.Tests.Vectors;

/// <summary>A function class of OperatorGen.Vectors, run over arrays at each width.</summary>
internal sealed class Elementwise
{
    private readonly MethodInfo _invoke;

    private Elementwise(Type type, string? name = null)
    {
        _invoke = type.GetMethod("Invoke")!;
        Name = name ?? (string)type.GetProperty("Name")!.GetValue(null)!;
    }

    public string Name { get; }

    /// <summary>The classes that carry the name of a decoder function.</summary>
    public static IReadOnlyList<Elementwise> Decoders { get; } =
        [.. typeof(GeluErf).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == typeof(GeluErf).Namespace && t.IsValueType && typeof(IVectorFunction).IsAssignableFrom(t))
            .Select(t => new Elementwise(t))];

    /// <summary>The decoder functions and those that only kernels use.</summary>
    public static IReadOnlyList<Elementwise> All { get; } =
        [.. Decoders, new(typeof(Log1p), "log1p"), new(typeof(Sine)), new(typeof(Cosine))];

    public static Elementwise Find(string name) => All.Single(f => f.Name == name);

    public float[] Map(int width, float[] x) => width switch
    {
        512 => Map<Simd512<float>, Vector512<float>, float>(x),
        256 => Map<Simd256<float>, Vector256<float>, float>(x),
        _ => Map<Simd128<float>, Vector128<float>, float>(x),
    };

    public double[] Map(int width, double[] x) => width switch
    {
        512 => Map<Simd512<double>, Vector512<double>, double>(x),
        256 => Map<Simd256<double>, Vector256<double>, double>(x),
        _ => Map<Simd128<double>, Vector128<double>, double>(x),
    };

    private T[] Map<TSimd, TVector, T>(T[] x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var invoke = _invoke.MakeGenericMethod(typeof(TSimd), typeof(TVector), typeof(T)).CreateDelegate<Func<TVector, TVector>>();
        T[] padded = new T[x.Length + TSimd.Count];
        x.CopyTo(padded, 0);
        T[] result = new T[padded.Length];
        for (int i = 0; i < x.Length; i += TSimd.Count)
        {
            TVector value = invoke(TSimd.Load(in MemoryMarshal.GetArrayDataReference(padded), (nuint)i));
            TSimd.Store(value, ref MemoryMarshal.GetArrayDataReference(result), (nuint)i);
        }

        return result[..x.Length];
    }
}
