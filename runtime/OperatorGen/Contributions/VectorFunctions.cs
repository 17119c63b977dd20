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
                Map<GeluErfForm>(x, y);
                break;
            case "gelu-tanh":
                Map<GeluTanhForm>(x, y);
                break;
            case "silu":
                Map<SiluForm>(x, y);
                break;
            case "sigmoid":
                Map<SigmoidForm>(x, y);
                break;
            case "tanh":
                Map<TanhForm>(x, y);
                break;
            case "softplus":
                Map<SoftplusForm>(x, y);
                break;
            case "relu":
                Map<ReluForm>(x, y);
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

    private static void Map<TForm>(ReadOnlySpan<double> x, Span<double> y)
        where TForm : IForm
    {
        ref double source = ref MemoryMarshal.GetReference(x);
        ref double target = ref MemoryMarshal.GetReference(y);
        for (int i = 0; i < x.Length; i += TSimd.Count)
        {
            TSimd.Store(TForm.Invoke(TSimd.Load(ref source, (nuint)i)), ref target, (nuint)i);
        }
    }

    private interface IForm
    {
        static abstract TVector Invoke(TVector x);
    }

    private readonly struct GeluErfForm : IForm
    {
        public static TVector Invoke(TVector x) => Vectors.GeluErf.Invoke<TSimd, TVector, double>(x);
    }

    private readonly struct GeluTanhForm : IForm
    {
        public static TVector Invoke(TVector x) => Vectors.GeluTanh.Invoke<TSimd, TVector, double>(x);
    }

    private readonly struct SiluForm : IForm
    {
        public static TVector Invoke(TVector x) => Vectors.Silu.Invoke<TSimd, TVector, double>(x);
    }

    private readonly struct SigmoidForm : IForm
    {
        public static TVector Invoke(TVector x) => Vectors.Sigmoid.Invoke<TSimd, TVector, double>(x);
    }

    private readonly struct TanhForm : IForm
    {
        public static TVector Invoke(TVector x) => Vectors.Tanh.Invoke<TSimd, TVector, double>(x);
    }

    private readonly struct SoftplusForm : IForm
    {
        public static TVector Invoke(TVector x) => Vectors.Softplus.Invoke<TSimd, TVector, double>(x);
    }

    private readonly struct ReluForm : IForm
    {
        public static TVector Invoke(TVector x) => Vectors.Relu.Invoke<TSimd, TVector, double>(x);
    }
}
