using System;

namespace OperatorGen.Symbolics;

/// <summary>What a <see cref="Scalar"/> is.</summary>
public enum ScalarKind
{
    /// <summary>A double, taken as its exact binary value.</summary>
    Double,

    /// <summary>An exact rational, written as a string: "1/3", "-0.25".</summary>
    Rational,

    /// <summary>A named symbol or its negative, written as a string: "alpha", "-alpha".</summary>
    Symbol,
}

/// <summary>
/// A real number as a declaration states it: a double (exact binary value), an exact rational, or a symbol.
/// </summary>
public readonly partial struct Scalar : IEquatable<Scalar>
{
    private readonly double _value;
    private readonly BigRational _rational;
    private readonly string? _symbol;

    private Scalar(ScalarKind kind, double value, BigRational rational, string? symbol, bool isNegated = false)
    {
        Kind = kind;
        IsNegated = isNegated;
        _value = value;
        _rational = rational;
        _symbol = symbol;
    }

    /// <summary>Which of the three it is.</summary>
    public ScalarKind Kind { get; }

    /// <summary>True for the negative of a symbol.</summary>
    public bool IsNegated { get; }

    /// <summary>True for <see cref="ScalarKind.Symbol"/>.</summary>
    public bool IsSymbol => Kind == ScalarKind.Symbol;

    /// <summary>A double, by its exact binary value.</summary>
    public static implicit operator Scalar(double value) => new(ScalarKind.Double, value, default, null);

    /// <summary>An exact rational.</summary>
    public static Scalar FromRational(BigRational value) => new(ScalarKind.Rational, value.ToDouble(), value, null);

    /// <summary>A symbol.</summary>
    /// <param name="name">A letter, then letters, digits and underscores, all ASCII.</param>
    /// <param name="isNegated">True for its negative.</param>
    /// <exception cref="ArgumentException">The name is not of that form, or is a name of infinity or of not-a-number.</exception>
    public static Scalar FromSymbol(string name, bool isNegated = false) => IsSymbolName(name)
        ? new(ScalarKind.Symbol, double.NaN, default, name, isNegated)
        : throw new ArgumentException($"'{name}' is not a symbol: a letter, then letters, digits and underscores is expected.", nameof(name));

    /// <summary>The nearest double; not a number for a symbol.</summary>
    public double ToDouble() => _value;

    /// <summary>The exact rational of a <see cref="ScalarKind.Rational"/>.</summary>
    public BigRational Rational => _rational;

    /// <summary>The name of a <see cref="ScalarKind.Symbol"/>; null otherwise.</summary>
    public string? Symbol => _symbol;

    /// <inheritdoc/>
    public bool Equals(Scalar other) =>
        Kind == other.Kind
        && BitConverter.DoubleToInt64Bits(_value) == BitConverter.DoubleToInt64Bits(other._value)
        && _rational.Equals(other._rational)
        && _symbol == other._symbol
        && IsNegated == other.IsNegated;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((((int)Kind * 31) + _value.GetHashCode()) * 31) + (_symbol is null ? 0 : _symbol.Length);

    /// <summary>Equality by kind and value.</summary>
    public static bool operator ==(Scalar left, Scalar right) => left.Equals(right);

    /// <summary>The negation of equality.</summary>
    public static bool operator !=(Scalar left, Scalar right) => !left.Equals(right);
}
