using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Doubles. The identities of a ring hold up to rounding.</summary>
public readonly struct DoubleRing : IField<double>
{
    /// <inheritdoc/>
    public double Zero => 0;

    /// <inheritdoc/>
    public double One => 1;

    /// <inheritdoc/>
    public bool IsZero(double a) => a == 0;

    /// <inheritdoc/>
    public double Add(double a, double b) => a + b;

    /// <inheritdoc/>
    public double Negate(double a) => -a;

    /// <inheritdoc/>
    public double Multiply(double a, double b) => a * b;

    /// <inheritdoc/>
    public double FromInteger(BigInteger value) => ((BigRational)value).ToDouble();

    /// <inheritdoc/>
    public double Scale(double a, long factor) => a * factor;

    /// <inheritdoc/>
    public double Divide(double a, double b) => a / b;
}
