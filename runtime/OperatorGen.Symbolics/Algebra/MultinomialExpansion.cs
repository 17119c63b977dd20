using System;
using System.Collections;
using System.Collections.Generic;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// The terms of a_0 + a_1 l + a_2 l^2 + ... + a_P l^P for a linear form l = w_0 + w_1 x_1 + ... + w_n x_n, enumerated lazily in canonical order:
/// a million terms need no more memory than one. Degrees whose coefficient is 0 are passed over.
/// </summary>
/// <typeparam name="T">The coefficients.</typeparam>
/// <typeparam name="TRing">Their arithmetic.</typeparam>
public sealed class MultinomialExpansion<T, TRing> : IEnumerable<Term<T>>
    where TRing : struct, IRing<T>
{
    private readonly T[] _byDegree;
    private readonly int[] _variables;
    private readonly T[] _weights;

    /// <summary>The expansion of sum over k of a_k (x_0 + ... + x_(n-1))^k.</summary>
    /// <param name="coefficients">a_0 to a_P.</param>
    /// <param name="variableCount">n.</param>
    public MultinomialExpansion(IReadOnlyList<T> coefficients, int variableCount)
        : this(coefficients, Ones(variableCount), default(TRing).Zero)
    {
    }

    /// <summary>The expansion of sum over k of a_k (w_0 + w_1 x_0 + ... + w_n x_(n-1))^k.</summary>
    /// <param name="coefficients">a_0 to a_P.</param>
    /// <param name="weights">w_1 to w_n, of the variables with the indices 0 to n-1; variables of weight 0 do not occur.</param>
    /// <param name="constant">w_0.</param>
    public MultinomialExpansion(IReadOnlyList<T> coefficients, IReadOnlyList<T> weights, T constant)
    {
        var variables = new List<int>();
        var occurring = new List<T>();
        for (int i = 0; i < weights.Count; i++)
        {
            if (!default(TRing).IsZero(weights[i]))
            {
                variables.Add(i);
                occurring.Add(weights[i]);
            }
        }

        _variables = [.. variables];
        _weights = [.. occurring];
        _byDegree = TaylorShift.Apply<T, TRing>(coefficients, constant);
    }

    private MultinomialExpansion(T[] byDegree, int[] variables, T[] weights)
    {
        _byDegree = byDegree;
        _variables = variables;
        _weights = weights;
    }

    /// <summary>How many terms there are, counted without enumerating: for each degree d with a coefficient, C(n + d - 1, d).</summary>
    public BigInteger TermCount
    {
        get
        {
            BigInteger count = 0;
            BigInteger ofDegree = 1;
            for (int d = 0; d < _byDegree.Length; d++)
            {
                count += Occurs(d) ? ofDegree : 0;
                ofDegree = ofDegree * (_variables.Length + d) / (d + 1);
            }

            return count;
        }
    }

    /// <summary>The terms in canonical order.</summary>
    public IEnumerator<Term<T>> GetEnumerator()
    {
        for (int d = 0; d < _byDegree.Length; d++)
        {
            if (!Occurs(d))
            {
                continue;
            }

            var cursor = new MultinomialCursor<T, TRing>(_variables, _weights, _byDegree[d], d);
            while (cursor.MoveNext())
            {
                yield return new(cursor.Monomial, cursor.Coefficient());
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>All terms as a polynomial; those whose coefficient underflows to 0 are dropped.</summary>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="TermLimitException"><see cref="TermCount"/> is more than allowed; nothing was expanded.</exception>
    /// <exception cref="OperationCanceledException">The cancellation token of the limits was cancelled.</exception>
    public Polynomial<T, TRing> ToPolynomial(AlgebraLimits? limits = null)
    {
        limits ??= AlgebraLimits.Default;
        if (TermCount > limits.Terms)
        {
            throw new TermLimitException(TermCount, limits.Terms);
        }

        var monomials = new Monomial[(int)TermCount];
        var coefficients = new T[monomials.Length];
        int count = 0;
        for (int d = 0; d < _byDegree.Length; d++)
        {
            if (!Occurs(d))
            {
                continue;
            }

            var cursor = new MultinomialCursor<T, TRing>(_variables, _weights, _byDegree[d], d);
            for (int polled = 0; cursor.MoveNext(); polled++)
            {
                if ((polled & 4095) == 0)
                {
                    limits.Cancellation.ThrowIfCancellationRequested();
                }

                T coefficient = cursor.Coefficient();
                if (!default(TRing).IsZero(coefficient))
                {
                    monomials[count] = cursor.Monomial;
                    coefficients[count++] = coefficient;
                }
            }
        }

        Array.Resize(ref monomials, count);
        Array.Resize(ref coefficients, count);
        return new(monomials, coefficients);
    }

    /// <summary>The expansion of the power of a polynomial of degree 1, up to a total degree that is at most the exponent.</summary>
    internal static MultinomialExpansion<T, TRing> OfPower(Polynomial<T, TRing> linear, int exponent, int degree)
    {
        var variables = new List<int>(linear.Count);
        var weights = new List<T>(linear.Count);
        foreach (Term<T> term in linear.Terms)
        {
            foreach (Factor factor in term.Monomial)
            {
                variables.Add(factor.Variable);
                weights.Add(term.Coefficient);
            }
        }

        T[] byDegree = TaylorShift.OfPower<T, TRing>(linear.Coefficient(Monomial.One), exponent, degree);
        return new(byDegree, [.. variables], [.. weights]);
    }

    private static T[] Ones(int count)
    {
        var ones = new T[count];
        for (int i = 0; i < count; i++)
        {
            ones[i] = default(TRing).One;
        }

        return ones;
    }

    private bool Occurs(int degree) => !default(TRing).IsZero(_byDegree[degree]) && (degree == 0 || _variables.Length > 0);
}
