using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A complex number of two double-doubles.</summary>
/// <param name="Re">The real part.</param>
/// <param name="Im">The imaginary part.</param>
internal readonly record struct PreciseComplex(DoubleDouble Re, DoubleDouble Im)
{
    public static implicit operator PreciseComplex(ComplexNumber value) => new(value.Re, value.Im);

    public static PreciseComplex operator +(PreciseComplex a, PreciseComplex b) => new(a.Re + b.Re, a.Im + b.Im);

    public static PreciseComplex operator -(PreciseComplex a, PreciseComplex b) => new(a.Re - b.Re, a.Im - b.Im);

    public static PreciseComplex operator *(PreciseComplex a, PreciseComplex b) => new((a.Re * b.Re) - (a.Im * b.Im), (a.Re * b.Im) + (a.Im * b.Re));

    public static PreciseComplex operator /(PreciseComplex a, DoubleDouble b) => new(a.Re / b, a.Im / b);

    /// <summary>Both parts rounded to double.</summary>
    public ComplexNumber Rounded => new(Re.High, Im.High);
}
