using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// A scalar function that stands after a readout: value, and (from the series work) its power series, radius and parity.
/// Two decoder functions are equal when their names are.
/// </summary>
public abstract class DecoderFunction : IEquatable<DecoderFunction>
{
    /// <summary>The name in model files: <c>gelu-erf</c>, <c>gelu-tanh</c>, <c>silu</c>, <c>sigmoid</c>, <c>tanh</c>, <c>softplus</c>, <c>relu</c>, <c>identity</c>, or the polynomial's text.</summary>
    public abstract string Name { get; }

    /// <summary>The value at a point, within 2 ulp.</summary>
    public abstract double Value(double x);

    /// <inheritdoc/>
    public bool Equals(DecoderFunction? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DecoderFunction);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.Length;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
