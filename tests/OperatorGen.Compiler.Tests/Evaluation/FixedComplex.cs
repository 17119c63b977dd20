using System;
using System.Numerics;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>A complex number with 320 binary digits behind the point.</summary>
internal readonly record struct FixedComplex(BigInteger Re, BigInteger Im)
{
    private const int Digits = 320;

    public static FixedComplex One { get; } = Of(1, 0);

    public FixedComplex Conjugate => new(Re, -Im);

    public double ToDouble() => Math.ScaleB((double)(Re >> (Digits - 200)), -200);

    public static FixedComplex Of(double re, double im) => new(Fixed(re), Fixed(im));

    public static FixedComplex operator +(FixedComplex a, FixedComplex b) => new(a.Re + b.Re, a.Im + b.Im);

    public static FixedComplex operator -(FixedComplex a, FixedComplex b) => new(a.Re - b.Re, a.Im - b.Im);

    public static FixedComplex operator *(FixedComplex a, FixedComplex b) =>
        new(((a.Re * b.Re) - (a.Im * b.Im)) >> Digits, ((a.Re * b.Im) + (a.Im * b.Re)) >> Digits);

    public static FixedComplex operator /(FixedComplex a, FixedComplex b)
    {
        BigInteger square = (b.Re * b.Re) + (b.Im * b.Im);
        return new((((a.Re * b.Re) + (a.Im * b.Im)) << Digits) / square, (((a.Im * b.Re) - (a.Re * b.Im)) << Digits) / square);
    }

    private static BigInteger Fixed(double x)
    {
        // 53 digits and the exponent, exactly, for numbers from 2^-267 on.
        int exponent = x == 0 ? 0 : Math.ILogB(x) - 52;
        BigInteger integer = new(Math.ScaleB(x, -exponent));
        return exponent + Digits >= 0 ? integer << (exponent + Digits) : integer >> -(exponent + Digits);
    }
}
