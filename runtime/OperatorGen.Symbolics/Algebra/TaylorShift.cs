using System.Collections.Generic;

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
}
