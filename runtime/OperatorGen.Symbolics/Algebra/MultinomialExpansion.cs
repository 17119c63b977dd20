using System.Collections;
using System.Collections.Generic;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// The terms of a_0 + a_1 l + a_2 l^2 + ... + a_P l^P for the sum l = x_0 + ... + x_(n-1), enumerated lazily in canonical order: a million terms need
/// no more memory than one. Degrees whose coefficient is 0 are passed over.
/// </summary>
/// <typeparam name="T">The coefficients.</typeparam>
/// <typeparam name="TRing">Their arithmetic.</typeparam>
/// <param name="coefficients">a_0 to a_P, P at most 20.</param>
/// <param name="variableCount">n.</param>
public sealed class MultinomialExpansion<T, TRing>(IReadOnlyList<T> coefficients, int variableCount) : IEnumerable<Term<T>>
    where TRing : struct, IRing<T>
{
    /// <summary>How many terms there are, counted without enumerating: for each degree d with a coefficient, C(n + d - 1, d).</summary>
    public BigInteger TermCount
    {
        get
        {
            BigInteger count = 0;
            BigInteger ofDegree = 1;
            for (int d = 0; d < coefficients.Count; d++)
            {
                count += Occurs(d) ? ofDegree : 0;
                ofDegree = ofDegree * (variableCount + d) / (d + 1);
            }

            return count;
        }
    }

    /// <summary>The terms in canonical order.</summary>
    public IEnumerator<Term<T>> GetEnumerator()
    {
        for (int d = 0; d < coefficients.Count; d++)
        {
            if (!Occurs(d))
            {
                continue;
            }

            var cursor = new MultinomialCursor(variableCount, d);
            long multinomial = 1; // terms that differ in their last index mostly share it
            T coefficient = coefficients[d];
            while (cursor.MoveNext())
            {
                if (cursor.Multinomial != multinomial)
                {
                    multinomial = cursor.Multinomial;
                    coefficient = default(TRing).Scale(coefficients[d], multinomial);
                }

                yield return new(cursor.Monomial, coefficient);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool Occurs(int degree) => !default(TRing).IsZero(coefficients[degree]) && (degree == 0 || variableCount > 0);
}
