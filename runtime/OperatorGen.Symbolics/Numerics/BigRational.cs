using System.Numerics;

namespace OperatorGen.Symbolics;

#pragma warning disable CS1591, CA2231
/// <summary>Stub: replaced by the algebra work.</summary>
public readonly struct BigRational : System.IEquatable<BigRational>
{
    private readonly BigInteger _denominator;

    public BigRational(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        _denominator = denominator;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public bool Equals(BigRational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is BigRational other && Equals(other);

    public override int GetHashCode() => unchecked((Numerator.GetHashCode() * 31) + Denominator.GetHashCode());

    public double ToDouble() => (double)Numerator / (double)Denominator;
}
