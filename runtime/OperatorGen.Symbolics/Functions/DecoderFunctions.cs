using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>The decoder functions by name. Stub: filled by the series work.</summary>
public static class DecoderFunctions
{
#pragma warning disable CS1591
    public static DecoderFunction Identity { get; } = new Stub("identity");
    public static DecoderFunction GeluErf { get; } = new Stub("gelu-erf");
    public static DecoderFunction GeluTanh { get; } = new Stub("gelu-tanh");
    public static DecoderFunction Silu { get; } = new Stub("silu");
    public static DecoderFunction Sigmoid { get; } = new Stub("sigmoid");
    public static DecoderFunction Tanh { get; } = new Stub("tanh");
    public static DecoderFunction Softplus { get; } = new Stub("softplus");
    public static DecoderFunction Relu { get; } = new Stub("relu");

    /// <summary>All that have a name of their own (polynomials are made with <c>new PolynomialFunction</c>).</summary>
    public static IReadOnlyList<DecoderFunction> All { get; } = [Identity, GeluErf, GeluTanh, Silu, Sigmoid, Tanh, Softplus, Relu];

    /// <summary>The function of that name, or null.</summary>
    public static DecoderFunction? Find(string name)
    {
        foreach (DecoderFunction function in All)
        {
            if (function.Name == name)
            {
                return function;
            }
        }

        return null;
    }

    private sealed class Stub(string name) : DecoderFunction
    {
        public override string Name => name;

        public override double Value(double x) => x;
    }
#pragma warning restore CS1591
}
