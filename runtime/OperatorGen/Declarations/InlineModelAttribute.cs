using System;

namespace OperatorGen;

/// <summary>
/// Declares a small model of one channel with every number in the source; its modes are <see cref="ModeAttribute"/>s on the same type:
/// <code>
/// s_t[n] = a_n s_{t-1}[n] + b_n u_t,   y_t = g(gamma sum_n Re(c_n s_t[n]) + D u_t)
/// </code>
/// where a_n and b_n are the mode's eigenvalue and input weight, made discrete by the rule. A parameter of type <see cref="object"/> takes
/// a number (its exact binary value) or a string: a rational <c>"1/3"</c> or a symbol <c>"alpha"</c>. A model with symbols has an operator to
/// read and no code to run.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class InlineModelAttribute : Attribute
{
    /// <summary>The discretisation rule: <c>zoh</c>, <c>bilinear</c> or <c>none</c> (the eigenvalues are discrete ones already).</summary>
    public string Discretization { get; set; } = "none";

    /// <summary>Delta, the step size in the modes' unit of time; needed unless <see cref="Discretization"/> is <c>none</c>.</summary>
    public object? Step { get; set; }

    /// <summary>gamma: 2 where each mode with an imaginary part is one of a conjugate pair, else 1.</summary>
    public int Gamma { get; set; } = 1;

    /// <summary>D, the skip; null: none.</summary>
    public object? Skip { get; set; }

    /// <summary>g, the decoder function: <c>gelu-erf</c>, <c>gelu-tanh</c>, <c>silu</c>, <c>sigmoid</c>, <c>tanh</c>, <c>softplus</c>, <c>relu</c>, <c>identity</c>, or <c>polynomial(a0, a1, ...)</c>.</summary>
    public string Decoder { get; set; } = "identity";

    /// <summary>The order of the decoder's expansion in the operator, 1 to 16; 0: 3.</summary>
    public int Order { get; set; }

    /// <summary>
    /// How the decoder function is expanded: <c>taylor</c>, <c>chebyshev</c> (with <see cref="InputLow"/> and <see cref="InputHigh"/>) or
    /// <c>exact</c> (it is a polynomial); null: <c>taylor</c>.
    /// </summary>
    public string? Expansion { get; set; }

    /// <summary>The point of a Taylor expansion; not a number: 0.</summary>
    public double Centre { get; set; } = double.NaN;

    /// <summary>The greatest number of time steps, which bounds need where a mode does not decay; 0: none is declared.</summary>
    public int MaxLength { get; set; }

    /// <summary>The lower end of the input's range; not a number: unknown.</summary>
    public double InputLow { get; set; } = double.NaN;

    /// <summary>The upper end of the input's range; not a number: unknown.</summary>
    public double InputHigh { get; set; } = double.NaN;

    /// <summary>The precision of the generated code.</summary>
    public ModelPrecision Precision { get; set; }
}

/// <summary>One mode of an <see cref="InlineModelAttribute"/>: an eigenvalue with its input and output weight.</summary>
/// <param name="re">The real part of the eigenvalue: a number, or a string with a rational or a symbol.</param>
/// <param name="im">The imaginary part of the eigenvalue.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public sealed class ModeAttribute(object re, object im) : Attribute
{
    /// <summary>The real part of the eigenvalue.</summary>
    public object Re { get; } = re;

    /// <summary>The imaginary part of the eigenvalue.</summary>
    public object Im { get; } = im;

    /// <summary>The real part of the input weight b.</summary>
    public object InputRe { get; set; } = 1.0;

    /// <summary>The imaginary part of the input weight b.</summary>
    public object InputIm { get; set; } = 0.0;

    /// <summary>The real part of the output weight c.</summary>
    public object OutputRe { get; set; } = 1.0;

    /// <summary>The imaginary part of the output weight c.</summary>
    public object OutputIm { get; set; } = 0.0;
}
