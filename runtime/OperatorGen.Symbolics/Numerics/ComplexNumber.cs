using System;

namespace OperatorGen.Symbolics;

/// <summary>A complex number in double precision, with the same bits on every host.</summary>
/// <param name="Re">The real part.</param>
/// <param name="Im">The imaginary part.</param>
public readonly record struct ComplexNumber(double Re, double Im)
{
    private const double Scale = (double)(1UL << 60) * (1UL << 60);
    private const double TinyDivisor = 1.0 / Scale / Scale / Scale / Scale / Scale / Scale / Scale / Scale; // 2^-960

    /// <summary>0.</summary>
    public static ComplexNumber Zero => default;

    /// <summary>1.</summary>
    public static ComplexNumber One => new(1, 0);

    /// <summary>The real number as a complex one.</summary>
    public static implicit operator ComplexNumber(double re) => new(re, 0);

    /// <summary>a + b.</summary>
    public static ComplexNumber operator +(ComplexNumber a, ComplexNumber b) => new(a.Re + b.Re, a.Im + b.Im);

    /// <summary>a - b.</summary>
    public static ComplexNumber operator -(ComplexNumber a, ComplexNumber b) => new(a.Re - b.Re, a.Im - b.Im);

    /// <summary>a b.</summary>
    public static ComplexNumber operator *(ComplexNumber a, ComplexNumber b) =>
        new((a.Re * b.Re) - (a.Im * b.Im), (a.Re * b.Im) + (a.Im * b.Re));

    /// <summary>a / b, by Smith's method: scaled by the larger part of b, so that it neither overflows nor underflows early.</summary>
    public static ComplexNumber operator /(ComplexNumber a, ComplexNumber b)
    {
        // Products with a divisor near the smallest doubles would lose digits. Where the scaled dividend overflows, the quotient does.
        if (Math.Max(Math.Abs(b.Re), Math.Abs(b.Im)) is > 0 and < TinyDivisor)
        {
            (a, b) = (new(a.Re * Scale, a.Im * Scale), new(b.Re * Scale, b.Im * Scale));
        }

        if (Math.Abs(b.Re) >= Math.Abs(b.Im))
        {
            double ratio = b.Im / b.Re;
            double scale = b.Re + (b.Im * ratio);
            return new((a.Re + (a.Im * ratio)) / scale, (a.Im - (a.Re * ratio)) / scale);
        }
        else
        {
            double ratio = b.Re / b.Im;
            double scale = (b.Re * ratio) + b.Im;
            return new(((a.Re * ratio) + a.Im) / scale, ((a.Im * ratio) - a.Re) / scale);
        }
    }

    /// <summary>The number with the imaginary part negated. A method: a record prints its properties, and this one would print itself for ever.</summary>
    public ComplexNumber Conjugate() => new(Re, -Im);

    /// <summary>|z|, without overflow of the squares.</summary>
    public double Magnitude
    {
        get
        {
            double large = Math.Max(Math.Abs(Re), Math.Abs(Im));
            double small = Math.Min(Math.Abs(Re), Math.Abs(Im));
            if (large == 0 || double.IsInfinity(large))
            {
                return large;
            }

            double ratio = small / large;
            return large * Math.Sqrt(1 + (ratio * ratio));
        }
    }

    /// <summary>The argument in (-pi, pi], 0 of the number 0: a part of -0 counts as 0.</summary>
    public double Phase => RealMath.Atan2(Im + 0.0, Re + 0.0);

    /// <summary>e^z.</summary>
    public static ComplexNumber Exp(ComplexNumber z)
    {
        double scale = RealMath.Exp(z.Re);
        return new(scale * RealMath.Cos(z.Im), scale * RealMath.Sin(z.Im));
    }

    /// <summary>
    /// e^z - 1 without cancellation for small z: the real part is expm1(x) cos y - 2 sin^2(y/2).
    /// </summary>
    public static ComplexNumber Expm1(ComplexNumber z)
    {
        double half = RealMath.Sin(z.Im / 2);
        return new(
            (RealMath.Expm1(z.Re) * RealMath.Cos(z.Im)) - (2 * half * half),
            RealMath.Exp(z.Re) * RealMath.Sin(z.Im));
    }
}
