using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A rectangle of complex numbers.</summary>
/// <param name="Re">The real parts.</param>
/// <param name="Im">The imaginary parts.</param>
internal readonly record struct ComplexInterval(Interval Re, Interval Im)
{
    public static implicit operator ComplexInterval(ComplexNumber value) => new(value.Re, value.Im);

    public static ComplexInterval operator +(ComplexInterval a, ComplexInterval b) => new(a.Re + b.Re, a.Im + b.Im);

    public static ComplexInterval operator -(ComplexInterval a, ComplexInterval b) => new(a.Re - b.Re, a.Im - b.Im);

    public static ComplexInterval operator *(ComplexInterval a, ComplexInterval b) => new((a.Re * b.Re) - (a.Im * b.Im), (a.Re * b.Im) + (a.Im * b.Re));

    public static ComplexInterval operator *(Interval a, ComplexInterval b) => new(a * b.Re, a * b.Im);

    /// <summary>A member near the middle.</summary>
    public ComplexNumber Midpoint => new(Re.Midpoint, Im.Midpoint);

    /// <summary>Contains |z| of all members.</summary>
    public Interval Magnitude => IntervalMaps.Root(Re.Square() + Im.Square());
}
