using System.Collections.Generic;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>Polynomials in one variable about another point: b with sum over k of a_k (c + y)^k = sum over j of b_j y^j.</summary>
internal static class TaylorShift
{
    /// <summary>b_j = sum over k of a_k C(k, j) c^(k-j), by repeated division by (y - c) (Horner, Ruffini).</summary>
    public static T[] Apply<T, TRing>(IReadOnlyList<T> coefficients, T shift)
        where TRing : struct, IRing<T>
    {
        TRing ring = default;
        var b = new T[coefficients.Count];
        for (int k = 0; k < b.Length; k++)
        {
            b[k] = coefficients[k];
        }

        if (ring.IsZero(shift))
        {
            return b;
        }

        for (int first = 0; first < b.Length - 1; first++)
        {
            for (int k = b.Length - 2; k >= first; k--)
            {
                b[k] = ring.Add(b[k], ring.Multiply(shift, b[k + 1]));
            }
        }

        return b;
    }

    /// <summary>The coefficients C(n, j) c^(n-j) of (c + y)^n for j from 0 to a degree.</summary>
    public static T[] OfPower<T, TRing>(T constant, int exponent, int degree)
        where TRing : struct, IRing<T>
    {
        TRing ring = default;
        var powers = new T[degree + 1];
        powers[0] = RingPower.Of<T, TRing>(constant, exponent - degree);
        for (int n = 1; n <= degree; n++)
        {
            powers[n] = ring.Multiply(powers[n - 1], constant);
        }

        var b = new T[degree + 1];
        BigInteger binomial = BigInteger.One;
        for (int j = 0; j <= degree; j++)
        {
            b[j] = ring.Multiply(powers[degree - j], ring.FromInteger(binomial));
            binomial = binomial * (exponent - j) / (j + 1);
        }

        return b;
    }
}
