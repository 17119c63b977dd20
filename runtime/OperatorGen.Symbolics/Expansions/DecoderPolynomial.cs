using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// The polynomial that stands for a decoder function: <c>g(x) ~ sum_k a_k p_k(x)</c>. It is kept in the basis p that it was made in, where its
/// coefficients are well conditioned, and becomes powers of x for output only.
/// </summary>
public sealed class DecoderPolynomial
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

    /// <summary>True where the polynomial is the function: nothing is left out.</summary>
    public bool IsExact => Function is PolynomialFunction polynomial ? polynomial.Degree <= Order : Function.IsPolynomial;

    /// <summary>The Taylor polynomial about a point.</summary>
    /// <param name="function">The function.</param>
    /// <param name="order">P, 0 to <see cref="GreatestOrder"/>.</param>
    /// <param name="centre">The point.</param>
    /// <exception cref="InvalidOperationException">The function has no Taylor series.</exception>
    public static DecoderPolynomial Taylor(DecoderFunction function, int order, double centre = 0) => new(
        function,
        ExpansionKind.Taylor,
        PolynomialBasis.Powers(centre, order),
        function.Taylor(centre, order),
        centre == 0 ? function.ExactTaylor(order) : null);

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

    /// <summary>The coefficients of 1, x - centre, ..., (x - centre)^P.</summary>
    /// <param name="centre">The point about which the powers are taken; 0 for output.</param>
    public double[] Monomials(double centre = 0)
    {
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
}
