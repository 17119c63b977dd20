using System;
using System.Numerics;

namespace OperatorGen.TestKit;

/// <summary>The arithmetic of the code under test, as far as bounds need it.</summary>
/// <param name="Epsilon">Its unit roundoff: half the distance from 1 to the next number.</param>
internal sealed record Arithmetic(double Epsilon)
{
    private const double ReferenceEpsilon = 1.0 / (1L << 53);

    /// <summary>True when its constants are rounded to float.</summary>
    public bool Single => Epsilon > 1e-12;

    /// <summary>The unit roundoff of the code under test and of the reference together: every local error may occur in both.</summary>
    public double Unit => Epsilon + ReferenceEpsilon;

    /// <summary>What underflow may add to a value of a function: the smallest normal number.</summary>
    public double Underflow => Single ? 1.18e-38 : 2.23e-308;

    /// <summary>gamma_n = n u / (1 - n u): the relative error of n roundings in a row, or of a sum of n products in any order.</summary>
    public double Gamma(int n) => n * Unit / (1 - (n * Unit));

    /// <summary>A constant as the code under test stores it.</summary>
    public double Stored(double value) => Single ? (float)value : value;

    /// <summary>A complex constant as the code under test stores it.</summary>
    public Complex Stored(Complex value) => new(Stored(value.Real), Stored(value.Imaginary));

    /// <summary>
    /// How far two stored values of one constant can lie apart, whose double computations differ by at most the given distance: that
    /// distance in double; in float 0, or one step where the two lie on both sides of a rounding boundary.
    /// </summary>
    public double ConstantError(Complex value, double distance) => Single
        ? Step(value.Real, distance) + Step(value.Imaginary, distance)
        : distance;

    private static double Step(double value, double distance) => Math.Abs((double)(float)(value + distance) - (float)(value - distance));
}
