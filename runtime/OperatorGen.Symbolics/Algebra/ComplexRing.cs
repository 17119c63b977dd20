using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Complex numbers in double precision. The identities of a ring hold up to rounding.</summary>
public readonly struct ComplexRing : IField<ComplexNumber>
{
    /// <inheritdoc/>
    public ComplexNumber Zero => ComplexNumber.Zero;

    /// <inheritdoc/>
    public ComplexNumber One => ComplexNumber.One;

    /// <inheritdoc/>
    public bool IsZero(ComplexNumber a) => a.Re == 0 && a.Im == 0;

    /// <inheritdoc/>
    public ComplexNumber Add(ComplexNumber a, ComplexNumber b) => a + b;

    /// <inheritdoc/>
    public ComplexNumber Negate(ComplexNumber a) => -a;

    /// <inheritdoc/>
    public ComplexNumber Multiply(ComplexNumber a, ComplexNumber b) => a * b;

    /// <inheritdoc/>
    public ComplexNumber FromInteger(BigInteger value) => ((BigRational)value).ToDouble();

    /// <inheritdoc/>
    public ComplexNumber Scale(ComplexNumber a, long factor) => new(a.Re * factor, a.Im * factor);

    /// <inheritdoc/>
    public ComplexNumber Divide(ComplexNumber a, ComplexNumber b) => a / b;
}
