using System;
using System.Runtime.InteropServices;
using OperatorGen.Symbolics;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>Decoder functions of many arguments at a time.</summary>
internal static class VectorFunctions<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    /// <summary>y = g(x); the length is a multiple of the vector's. Polynomials are computed one by one.</summary>
    public static void Apply(DecoderFunction function, ReadOnlySpan<double> x, Span<double> y)
    {
        switch (function.Name)
        {
            case "identity":
                x.CopyTo(y);
                break;
            case "gelu-erf":
                Map<Vectors.GeluErf>(x, y);
                break;
            case "gelu-tanh":
                Map<Vectors.GeluTanh>(x, y);
                break;
            case "silu":
                Map<Vectors.Silu>(x, y);
                break;
            case "sigmoid":
                Map<Vectors.Sigmoid>(x, y);
                break;
            case "tanh":
                Map<Vectors.Tanh>(x, y);
                break;
            case "softplus":
                Map<Vectors.Softplus>(x, y);
                break;
            case "relu":
                Map<Vectors.Relu>(x, y);
                break;
            case "exp":
                Map<Vectors.Exponential>(x, y);
                break;
            case var _ when function.IsPolynomial:
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] = function.Value(x[i]);
                }

                break;
            default:
                throw new ArgumentException($"The decoder function {function.Name} has no vector form.", nameof(function));
        }
    }

    private static void Map<TFunction>(ReadOnlySpan<double> x, Span<double> y)
        where TFunction : struct, IVectorFunction
    {
        ref double source = ref MemoryMarshal.GetReference(x);
        ref double target = ref MemoryMarshal.GetReference(y);
        for (int i = 0; i < x.Length; i += TSimd.Count)
        {
            TSimd.Store(TFunction.Invoke<TSimd, TVector, double>(TSimd.Load(ref source, (nuint)i)), ref target, (nuint)i);
        }
    }
}
