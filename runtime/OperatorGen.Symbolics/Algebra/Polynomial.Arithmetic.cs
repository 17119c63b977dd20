using System;

namespace OperatorGen.Symbolics;

/// <content>Sum and product.</content>
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
}
