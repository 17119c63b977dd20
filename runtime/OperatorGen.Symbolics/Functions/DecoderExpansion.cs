using System;
using System.Collections.Generic;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// The polynomial of a decoder function in powers of the readout, <c>g(o) ~ sum_k a_k o^k</c>, and the interaction terms that it makes of
/// <c>o = x_0 + ... + x_(n-1)</c>: canonical monomials with multinomial coefficients, enumerated lazily. The coefficients are exact rationals where
/// the polynomial's are known as such.
/// </summary>
public sealed class DecoderExpansion
{
    /// <summary>The greatest order that can be asked for.</summary>
    public const int GreatestOrder = DecoderPolynomial.GreatestOrder;

    private readonly double[] _coefficients;
    private readonly IReadOnlyList<BigRational>? _exact;

    /// <summary>Expands a function in its Taylor polynomial about 0.</summary>
    /// <param name="function">The function g.</param>
    /// <param name="order">The order, 1 to <see cref="GreatestOrder"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is out of range.</exception>
    public DecoderExpansion(DecoderFunction function, int order)
    {
        if (order is < 1 or > GreatestOrder)
        {
            throw new ArgumentOutOfRangeException(nameof(order));
        }

        Function = function ?? throw new ArgumentNullException(nameof(function));
        Order = order;
        Polynomial = function.HasTaylorSeries ? DecoderPolynomial.Taylor(function, order) : null;
        _coefficients = Polynomial?.Monomials() ?? [];
        _exact = Polynomial?.ExactMonomials;
    }

    /// <summary>Writes a polynomial in powers of the readout.</summary>
    /// <param name="polynomial">The polynomial, of any of the expansions.</param>
    public DecoderExpansion(DecoderPolynomial polynomial)
    {
        Polynomial = polynomial ?? throw new ArgumentNullException(nameof(polynomial));
        Function = polynomial.Function;
        Order = polynomial.Order;
        _coefficients = polynomial.Monomials();
        _exact = polynomial.ExactMonomials;
    }

    /// <summary>The function g.</summary>
    public DecoderFunction Function { get; }

    /// <summary>The order P.</summary>
    public int Order { get; }

    /// <summary>The polynomial in the basis that it was made in; null where there is none.</summary>
    public DecoderPolynomial? Polynomial { get; }

    /// <summary>False where a Taylor polynomial is asked for and the function has none (ReLU); then there are no terms.</summary>
    public bool IsAvailable => Polynomial is not null;

    /// <summary>a_0 to a_P; empty where there is no polynomial.</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>a_0 to a_P as exact rationals; null where they are not known to be rational.</summary>
    public IReadOnlyList<BigRational>? ExactCoefficients => _exact;

    /// <summary>
    /// Of a Taylor polynomial, the radius of convergence about its centre, infinite for entire functions; 0 where there is no series. A fit to
    /// values has none: not-a-number.
    /// </summary>
    public double Radius => Polynomial switch
    {
        null => 0,
        { Kind: ExpansionKind.Taylor or ExpansionKind.Exact } taylor => Function.TaylorRadius(taylor.Order > 0 ? taylor.Basis.Alpha(0) : 0),
        _ => double.NaN,
    };

    /// <summary>True where nothing is left out: the polynomial is the function.</summary>
    public bool IsExact => Polynomial is { IsExact: true };

    /// <summary>How many terms a readout of n summands has; degrees with coefficient 0 have none.</summary>
    public BigInteger TermCount(int variables) => new MultinomialExpansion<double, DoubleRing>(_coefficients, variables).TermCount;

    /// <summary>The terms of a readout of n summands, in canonical order.</summary>
    public IEnumerable<DecoderTerm> Terms(int variables)
    {
        if (_exact is { } exact)
        {
            foreach (Term<BigRational> term in new MultinomialExpansion<BigRational, RationalRing>(exact, variables))
            {
                yield return new DecoderTerm(term.Monomial, term.Coefficient.ToDouble(), term.Coefficient);
            }
        }
        else
        {
            foreach (Term<double> term in new MultinomialExpansion<double, DoubleRing>(_coefficients, variables))
            {
                yield return new DecoderTerm(term.Monomial, term.Coefficient, null);
            }
        }
    }

    /// <summary>The polynomial as a tree, for example <c>0.5 o + 0.398942 o^2</c>, with exact rationals where there are some.</summary>
    /// <param name="argument">o.</param>
    public Expression Formula(Expression argument) => _exact is { } exact ? PolynomialExpressions.Of(exact, argument) : PolynomialExpressions.Of(_coefficients, argument);
}

/// <summary>One term of an expanded decoder.</summary>
/// <param name="Monomial">The product of waves.</param>
/// <param name="Coefficient">Its coefficient, rounded where it is not a double.</param>
/// <param name="Exact">Its coefficient as an exact rational; null where it is not known to be one.</param>
public readonly record struct DecoderTerm(Monomial Monomial, double Coefficient, BigRational? Exact)
{
    /// <summary>The term as a tree: the coefficient as an exact rational where it is known to be one, else as a double.</summary>
    /// <param name="names">The names of the variables.</param>
    public Expression Tree(VariableNames names) => Exact is { } exact
        ? PolynomialExpressions.Of(new Term<BigRational>(Monomial, exact), names)
        : PolynomialExpressions.Of(new Term<double>(Monomial, Coefficient), names);
}
