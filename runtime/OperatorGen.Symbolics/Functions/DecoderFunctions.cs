using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>The decoder functions by name.</summary>
public static class DecoderFunctions
{
    /// <summary>x.</summary>
    public static DecoderFunction Identity { get; } = new Identity();

    /// <summary>x/2 (1 + erf(x / sqrt 2)).</summary>
    public static DecoderFunction GeluErf { get; } = new GeluErf();

    /// <summary>x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).</summary>
    public static DecoderFunction GeluTanh { get; } = new GeluTanh();

    /// <summary>x / (1 + e^(-x)).</summary>
    public static DecoderFunction Silu { get; } = new Silu();

    /// <summary>1 / (1 + e^(-x)).</summary>
    public static DecoderFunction Sigmoid { get; } = new Sigmoid();

    /// <summary>tanh x.</summary>
    public static DecoderFunction Tanh { get; } = new Tanh();

    /// <summary>log(1 + e^x).</summary>
    public static DecoderFunction Softplus { get; } = new Softplus();

    /// <summary>max(x, 0).</summary>
    public static DecoderFunction Relu { get; } = new Relu();

    /// <summary>e^x.</summary>
    public static DecoderFunction Exp { get; } = new Exp();

    /// <summary>All that have a name of their own; polynomials are made with <see cref="PolynomialFunction"/>.</summary>
    public static IReadOnlyList<DecoderFunction> All { get; } = [Identity, GeluErf, GeluTanh, Silu, Sigmoid, Tanh, Softplus, Relu, Exp];

    /// <summary>The function of exactly that name, or the polynomial of that text; null where there is none. There are no other spellings.</summary>
    /// <param name="name">A name such as <c>gelu-erf</c>, or a text such as <c>polynomial(0, 1, 1/2)</c>.</param>
    public static DecoderFunction? Find(string name)
    {
        foreach (DecoderFunction function in All)
        {
            if (string.Equals(function.Name, name, StringComparison.Ordinal))
            {
                return function;
            }
        }

        return PolynomialFunction.TryParse(name);
    }
}
