using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// The polynomial that replaces a decoder function: <c>g(x) ~ sum_k a_k p_k(x)</c>. It is kept in the basis p that it was made in, where its
/// coefficients are well conditioned, and becomes powers of x for output only.
/// </summary>
public sealed partial class DecoderPolynomial
{
    /// <summary>The greatest order that can be asked for.</summary>
    public const int GreatestOrder = 16;

    private readonly double[] _coefficients;
    private readonly BigRational[]? _exact;

    /// <summary>Takes a polynomial as it is.</summary>
    /// <param name="function">The function g.</param>
    /// <param name="kind">How the polynomial was made.</param>
    /// <param name="basis">The basis p, of the polynomial's order.</param>
    /// <param name="coefficients">a_0 to a_P.</param>
    /// <param name="exactMonomials">The coefficients of the powers of x as exact rationals; null where they are not known to be rational.</param>
    /// <exception cref="ArgumentException">There are not order + 1 coefficients.</exception>
    public DecoderPolynomial(DecoderFunction function, ExpansionKind kind, PolynomialBasis basis, IReadOnlyList<double> coefficients, IReadOnlyList<BigRational>? exactMonomials = null)
    {
        if (coefficients.Count != basis.Order + 1)
        {
            throw new ArgumentException($"A polynomial of order {basis.Order} has {basis.Order + 1} coefficients, but {coefficients.Count} were given.", nameof(coefficients));
        }

        Function = function;
        Kind = kind;
        Basis = basis;
        _coefficients = [.. coefficients];
        _exact = exactMonomials is null ? null : [.. exactMonomials];
    }

    /// <summary>The function g.</summary>
    public DecoderFunction Function { get; }

    /// <summary>How the polynomial was made.</summary>
    public ExpansionKind Kind { get; }

    /// <summary>The basis p.</summary>
    public PolynomialBasis Basis { get; }

    /// <summary>P.</summary>
    public int Order => Basis.Order;

    /// <summary>a_0 to a_P in the basis.</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>The coefficients of 1, x, ..., x^P as exact rationals; null where they are not known to be rational.</summary>
    public IReadOnlyList<BigRational>? ExactMonomials => _exact;

    /// <summary>
    /// True where the polynomial is the function: nothing is left out. A fit to values (<see cref="ExpansionKind.Chebyshev"/>,
    /// <see cref="ExpansionKind.Measure"/>) makes no such claim, though it reproduces a polynomial of its order to rounding.
    /// </summary>
    public bool IsExact => Kind is ExpansionKind.Taylor or ExpansionKind.Exact && Function.IsPolynomial && DegreeOf(Function) <= Order;

    /// <summary>The polynomial's value.</summary>
    public double Value(double x)
    {
        double sum = 0;
        double previous = 0;
        double current = 1;
        for (int k = 0; k <= Order; k++)
        {
            sum += _coefficients[k] * current;
            if (k < Order)
            {
                double next = (((x - Basis.Alpha(k)) * current) - (Basis.Beta(k) * previous)) / Basis.Scale(k);
                previous = current;
                current = next;
            }
        }

        return sum;
    }

    /// <summary>The coefficients of 1, x, ..., x^P, for output.</summary>
    public double[] Monomials() => Shifted(0);

    /// <summary>The coefficients of 1, x - centre, ..., (x - centre)^P: the polynomial written about a point, by its basis or exactly.</summary>
    /// <param name="centre">The point, finite.</param>
    public double[] Shifted(double centre)
    {
        if (Basis.IsPowersAbout(centre))
        {
            return (double[])_coefficients.Clone();
        }

        if (_exact is not null)
        {
            return Array.ConvertAll(TaylorShift.Apply<BigRational, RationalRing>(_exact, BigRational.FromDouble(centre)), c => c.ToDouble());
        }

        var powers = new double[Order + 1];
        double[][] rows = Basis.Monomials(centre);
        for (int k = 0; k <= Order; k++)
        {
            for (int j = 0; j <= k; j++)
            {
                powers[j] += _coefficients[k] * rows[k][j];
            }
        }

        return powers;
    }

    /// <summary>
    /// The polynomial of a lower order that the same expansion gives. The expansions are nested: its coefficients are the first ones of this.
    /// </summary>
    /// <param name="order">0 to <see cref="Order"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative or above this one.</exception>
    public DecoderPolynomial WithOrder(int order)
    {
        if (order == Order)
        {
            return this;
        }

        PolynomialBasis basis = Basis.WithOrder(order);
        bool isWhole = Kind != ExpansionKind.Exact || DegreeOf(Function) <= order;
        double centre = Order > 0 ? Basis.Alpha(0) : 0;
        return new DecoderPolynomial(
            Function,
            isWhole ? Kind : ExpansionKind.Taylor,
            basis,
            new ArraySegment<double>(_coefficients, 0, order + 1),
            _exact is null ? null : Truncated(_exact, BigRational.FromDouble(centre), order));
    }
}
