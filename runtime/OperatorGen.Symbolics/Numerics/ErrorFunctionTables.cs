using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// Taylor polynomials of the scaled complementary error function erfcx x = e^(x^2) erfc x about the points 0, 1/8, ..., 28.
/// It solves y' = 2 x y - 2/sqrt(pi), so its Taylor coefficients a_n about c follow from y(c) by (n+1) a_(n+1) = 2 c a_n + 2 a_(n-1) - [n = 0] 2/sqrt(pi).
/// </summary>
internal static class ErrorFunctionTables
{
    private const int Largest = 28;
    private const int CentersPerUnit = 8;
    private const int Degree = 22;

    /// <summary>A step from one point to the next multiplies an error by e^(2 c / 8) at most, 2^10, before it shrinks: 176 bits are enough for 106.</summary>
    private const int Bits = 176;

    private static readonly BigInteger TwoOverRootPi =
        (BigInteger.One << ((2 * Bits) + 1)) / DoubleDoubleConstants.SquareRoot(DoubleDoubleConstants.Pi(Bits), Bits);

    private static readonly DoubleDoublePolynomial[] AboutCenters = MakeAboutCenters();

    /// <summary>erfcx x for 0 &lt;= x &lt;= 28.</summary>
    public static DoubleDouble ScaledComplement(double x)
    {
        double center = Math.Floor((x * CentersPerUnit) + 0.5);
        return AboutCenters[(int)center].At(x - (center / CentersPerUnit));
    }

    /// <summary>From the largest point down, each value from the Taylor series about the point above it: in this direction errors shrink.</summary>
    private static DoubleDoublePolynomial[] MakeAboutCenters()
    {
        var polynomials = new DoubleDoublePolynomial[(Largest * CentersPerUnit) + 1];
        BigInteger value = AsymptoticValue();
        for (int center = polynomials.Length - 1; center >= 0; center--)
        {
            var coefficients = new DoubleDouble[Degree + 1];
            BigInteger before = BigInteger.Zero;
            BigInteger current = value;
            value = BigInteger.Zero;

            for (int n = 0; ; n++)
            {
                if (n <= Degree)
                {
                    coefficients[n] = DoubleDoubleConstants.ToDoubleDouble(current, Bits);
                }

                BigInteger term = current >> (3 * n);
                value += n % 2 == 0 ? term : -term;
                if (n >= Degree && (term.IsZero || term == BigInteger.MinusOne))
                {
                    break;
                }

                BigInteger next = (((center * current) >> 2) + (before << 1) - (n == 0 ? TwoOverRootPi : BigInteger.Zero)) / (n + 1);
                before = current;
                current = next;
            }

            polynomials[center] = new(coefficients, firstInDouble: 13);
        }

        return polynomials;
    }

    /// <summary>erfcx x = 1/(x sqrt pi) times the sum of (-1)^n (2n-1)!! / (2 x^2)^n at x = 28; the terms fall below the last bit long before they grow again.</summary>
    private static BigInteger AsymptoticValue()
    {
        BigInteger term = TwoOverRootPi / (2 * Largest);
        BigInteger sum = BigInteger.Zero;
        for (int n = 0; !term.IsZero; n++)
        {
            sum += term;
            term = -(term * ((2 * n) + 1)) / (2 * Largest * Largest);
        }

        return sum;
    }
}
