using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Exact rational numbers.</summary>
public readonly struct RationalRing : IField<BigRational>
{
    /// <inheritdoc/>
    public BigRational Zero => BigRational.Zero;

    /// <inheritdoc/>
    public BigRational One => BigRational.One;

    /// <inheritdoc/>
    public bool IsZero(BigRational a) => a.IsZero;

    /// <inheritdoc/>
    public BigRational Add(BigRational a, BigRational b) => a + b;

    /// <inheritdoc/>
    public BigRational Negate(BigRational a) => -a;

    /// <inheritdoc/>
    public BigRational Multiply(BigRational a, BigRational b) => a * b;

    /// <inheritdoc/>
    public BigRational FromInteger(BigInteger value) => value;

    /// <inheritdoc/>
    public BigRational Scale(BigRational a, long factor) => factor == 1 ? a : a * factor;

    /// <inheritdoc/>
    public BigRational Divide(BigRational a, BigRational b) => a / b;
}
