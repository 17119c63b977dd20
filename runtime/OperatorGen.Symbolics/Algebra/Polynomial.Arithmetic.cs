using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <content>Sum, product and power.</content>
public sealed partial class Polynomial<T, TRing>
{
    /// <summary>p + q, at most a million terms.</summary>
    public static Polynomial<T, TRing> operator +(Polynomial<T, TRing> p, Polynomial<T, TRing> q) => p.Add(q);

    /// <summary>p - q, at most a million terms.</summary>
    public static Polynomial<T, TRing> operator -(Polynomial<T, TRing> p, Polynomial<T, TRing> q) => p.Add(-q);

    /// <summary>-p.</summary>
    public static Polynomial<T, TRing> operator -(Polynomial<T, TRing> p) =>
        new(p._monomials, Array.ConvertAll(p._coefficients, c => default(TRing).Negate(c)));

    /// <summary>p q, at most a million terms.</summary>
    public static Polynomial<T, TRing> operator *(Polynomial<T, TRing> p, Polynomial<T, TRing> q) => p.Multiply(q);

    /// <summary>The sum: both lists of terms merged.</summary>
    /// <param name="other">What is added.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="TermLimitException">The sum has more terms than allowed.</exception>
    public Polynomial<T, TRing> Add(Polynomial<T, TRing> other, AlgebraLimits? limits = null)
    {
        limits ??= AlgebraLimits.Default;
        limits.Cancellation.ThrowIfCancellationRequested();
        int capacity = (int)Math.Min((long)Count + other.Count, limits.Terms);
        var monomials = new Monomial[capacity];
        var coefficients = new T[capacity];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < Count || j < other.Count)
        {
            int order = i == Count ? 1 : j == other.Count ? -1 : _monomials[i].CompareTo(other._monomials[j]);
            T coefficient = order == 0
                ? default(TRing).Add(_coefficients[i], other._coefficients[j])
                : order < 0 ? _coefficients[i] : other._coefficients[j];
            Monomial monomial = order <= 0 ? _monomials[i] : other._monomials[j];
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            if (default(TRing).IsZero(coefficient))
            {
                continue;
            }

            if (count == limits.Terms)
            {
                throw new TermLimitException(count + 1, limits.Terms);
            }

            monomials[count] = monomial;
            coefficients[count++] = coefficient;
        }

        Array.Resize(ref monomials, count);
        Array.Resize(ref coefficients, count);
        return new(monomials, coefficients);
    }

    /// <summary>Every coefficient times a number.</summary>
    public Polynomial<T, TRing> Scale(T factor) => Multiply(Constant(factor), int.MaxValue, new(Math.Max(Count, 1)));

    /// <summary>The product, up to a total degree.</summary>
    /// <param name="other">The other factor.</param>
    /// <param name="degree">Terms of a higher total degree are left out.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="TermLimitException">The product has more terms than allowed.</exception>
    /// <exception cref="OperationCanceledException">The cancellation token of the limits was cancelled.</exception>
    public Polynomial<T, TRing> Multiply(Polynomial<T, TRing> other, int degree = int.MaxValue, AlgebraLimits? limits = null)
    {
        limits ??= AlgebraLimits.Default;
        var table = new TermTable<T, TRing>(Math.Min(Math.Max(Count, other.Count), limits.Terms));
        int polled = 0;
        for (int i = 0; i < Count && _monomials[i].Degree <= degree; i++)
        {
            for (int j = 0; j < other.Count && other._monomials[j].Degree <= degree - _monomials[i].Degree; j++)
            {
                if ((polled++ & 4095) == 0)
                {
                    limits.Cancellation.ThrowIfCancellationRequested();
                }

                table.Add(
                    _monomials[i] * other._monomials[j],
                    default(TRing).Multiply(_coefficients[i], other._coefficients[j]),
                    limits.Terms);
            }
        }

        return table.ToPolynomial();
    }

    /// <summary>
    /// The power, up to a total degree. A sum of variables with coefficients, and perhaps a constant, is expanded term by term with multinomial
    /// coefficients; any other polynomial is multiplied out.
    /// </summary>
    /// <param name="exponent">The exponent, at least 0; the power 0 is 1.</param>
    /// <param name="degree">Terms of a higher total degree are left out.</param>
    /// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
    /// <exception cref="TermLimitException">The power, or a lower one on the way, has more terms than allowed.</exception>
    /// <exception cref="OperationCanceledException">The cancellation token of the limits was cancelled.</exception>
    public Polynomial<T, TRing> Power(int exponent, int degree = int.MaxValue, AlgebraLimits? limits = null)
    {
        if (exponent < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(exponent), "The exponent of a polynomial is at least 0.");
        }

        limits ??= AlgebraLimits.Default;
        if (exponent == 0 || degree < 0)
        {
            return degree < 0 ? Zero : One;
        }

        if (Count == 1)
        {
            return PowerOfTerm(exponent, degree);
        }

        if (Degree == 1)
        {
            // Without this the table of powers of the constant would be made before the count of terms is known to be too large.
            int highest = Math.Min(degree, exponent);
            return highest < limits.Terms
                ? MultinomialExpansion<T, TRing>.OfPower(this, exponent, highest).ToPolynomial(limits)
                : throw new TermLimitException(highest + 1L, limits.Terms);
        }

        // One factor at a time: for sparse polynomials that is less work than squaring.
        Polynomial<T, TRing> power = Truncate(degree);
        for (int n = 1; n < exponent; n++)
        {
            power = power.Multiply(this, degree, limits);
        }

        return power;
    }

    private Polynomial<T, TRing> PowerOfTerm(int exponent, int degree)
    {
        if ((long)Degree * exponent > degree)
        {
            return Zero;
        }

        var factors = new List<Factor>();
        foreach (Factor factor in _monomials[0])
        {
            factors.Add(new(factor.Variable, checked(factor.Power * exponent)));
        }

        return Single(Monomial.FromSorted(factors), RingPower.Of<T, TRing>(_coefficients[0], exponent));
    }
}
