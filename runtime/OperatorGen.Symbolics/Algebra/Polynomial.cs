using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// A sparse polynomial in any number of variables x_0, x_1, ...: an immutable list of terms in the canonical order of <see cref="Monomial"/>,
/// none of them with the coefficient 0. Sums of coefficients are formed in a fixed order, so that doubles have the same bits on every host.
/// </summary>
/// <typeparam name="T">The coefficients.</typeparam>
/// <typeparam name="TRing">Their arithmetic: <see cref="DoubleRing"/> or <see cref="RationalRing"/>.</typeparam>
public sealed partial class Polynomial<T, TRing> : IEquatable<Polynomial<T, TRing>>
    where TRing : struct, IRing<T>
{
    private readonly Monomial[] _monomials;
    private readonly T[] _coefficients;

    // In canonical order, without zeros.
    internal Polynomial(Monomial[] monomials, T[] coefficients)
    {
        _monomials = monomials;
        _coefficients = coefficients;
    }

    /// <summary>The polynomial without terms.</summary>
    public static Polynomial<T, TRing> Zero { get; } = new([], []);

    /// <summary>1.</summary>
    public static Polynomial<T, TRing> One { get; } = Constant(default(TRing).One);

    /// <summary>The number of terms.</summary>
    public int Count => _monomials.Length;

    /// <summary>The terms in canonical order.</summary>
    public IEnumerable<Term<T>> Terms
    {
        get
        {
            for (int i = 0; i < _monomials.Length; i++)
            {
                yield return this[i];
            }
        }
    }

    /// <summary>The term at a position in canonical order.</summary>
    public Term<T> this[int position] => new(_monomials[position], _coefficients[position]);

    /// <summary>A number as a polynomial.</summary>
    public static Polynomial<T, TRing> Constant(T value) => Single(Monomial.One, value);

    /// <summary>The variable of that index, from 0.</summary>
    public static Polynomial<T, TRing> Variable(int index) => Single(Monomial.Variable(index), default(TRing).One);

    /// <summary>A polynomial of one term, or 0.</summary>
    public static Polynomial<T, TRing> Single(Monomial monomial, T coefficient) =>
        default(TRing).IsZero(coefficient) ? new([], []) : new([monomial], [coefficient]);

    /// <summary>The sum of terms in any order; equal monomials are added in the order in which they come.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="TermLimitException">There are more different monomials than allowed.</exception>
    public static Polynomial<T, TRing> FromTerms(IEnumerable<Term<T>> terms, AlgebraLimits? limits = null)
    {
        limits ??= AlgebraLimits.Default;
        var table = new TermTable<T, TRing>(16);
        int count = 0;
        foreach (Term<T> term in terms)
        {
            if ((++count & 4095) == 0)
            {
                limits.Cancellation.ThrowIfCancellationRequested();
            }

            table.Add(term.Monomial, term.Coefficient, limits.Terms);
        }

        return table.ToPolynomial();
    }

    /// <summary>The coefficient of a monomial, 0 where it does not occur.</summary>
    public T Coefficient(Monomial monomial)
    {
        int position = Array.BinarySearch(_monomials, monomial);
        return position < 0 ? default(TRing).Zero : _coefficients[position];
    }

    /// <inheritdoc/>
    public bool Equals(Polynomial<T, TRing>? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        for (int i = 0; i < Count; i++)
        {
            if (!_monomials[i].Equals(other._monomials[i])
                || !EqualityComparer<T>.Default.Equals(_coefficients[i], other._coefficients[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The terms as <see cref="ExpressionText"/> writes them, the variables as x_0, x_1, ...</summary>
    public override string ToString() => ExpressionText.Render(PolynomialExpressions.Of(Terms, VariableNames.Default));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Polynomial<T, TRing>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = Count;
        for (int i = 0; i < Count; i++)
        {
            hash = unchecked((hash * 31) + _monomials[i].GetHashCode());
        }

        return hash;
    }
}
