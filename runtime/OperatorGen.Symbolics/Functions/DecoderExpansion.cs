using System;
using System.Collections.Generic;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// The Taylor polynomial of a decoder function about 0, <c>g(o) ~ sum_k a_k o^k</c>, and the interaction terms that it makes of a readout
/// <c>o = x_0 + ... + x_(n-1)</c>: canonical monomials with multinomial coefficients, enumerated lazily. Exact where the function is a
/// polynomial or has rational coefficients.
/// </summary>
public sealed class DecoderExpansion
{
    /// <summary>The greatest order that can be asked for.</summary>
    public const int GreatestOrder = 16;

    private readonly double[] _coefficients;
    private readonly BigRational[]? _exact;

    /// <summary>Expands a function.</summary>
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
        IsAvailable = function.HasTaylorSeries;
        _coefficients = IsAvailable ? function.Taylor(0, order) : [];
        _exact = IsAvailable ? function.ExactTaylor(order) : null;
        Radius = IsAvailable ? function.TaylorRadius(0) : 0;
    }

    /// <summary>The function g.</summary>
    public DecoderFunction Function { get; }

    /// <summary>The order P.</summary>
    public int Order { get; }

    /// <summary>False where the function has no Taylor series about 0 (ReLU); then there are no terms.</summary>
    public bool IsAvailable { get; }

    /// <summary>a_0 to a_P; empty where there is no series.</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>a_0 to a_P as exact rationals; null where they are not rational.</summary>
    public IReadOnlyList<BigRational>? ExactCoefficients => _exact;

    /// <summary>The radius of convergence about 0; infinite for entire functions.</summary>
    public double Radius { get; }

    /// <summary>True where nothing is left out: the function is a polynomial of degree P at most.</summary>
    public bool IsExact => Function is PolynomialFunction polynomial ? polynomial.Degree <= Order : Function.IsPolynomial;

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

    /// <summary>The polynomial in one variable, for example <c>0.5 o + 0.398942 o^2</c>, with exact rationals where there are some.</summary>
    /// <param name="names">The name of the variable, at index 0.</param>
    public string Text(VariableNames names) => _exact is { } exact
        ? ExpressionText.Render(new MultinomialExpansion<BigRational, RationalRing>(exact, 1), names)
        : ExpressionText.Render(new MultinomialExpansion<double, DoubleRing>(_coefficients, 1), names);

    /// <summary>The polynomial in one variable as LaTeX.</summary>
    /// <param name="names">The name of the variable, at index 0.</param>
    public string Latex(VariableNames names) => _exact is { } exact
        ? ExpressionLatex.Render(new MultinomialExpansion<BigRational, RationalRing>(exact, 1), names)
        : ExpressionLatex.Render(new MultinomialExpansion<double, DoubleRing>(_coefficients, 1), names);
}

/// <summary>One term of an expanded decoder.</summary>
/// <param name="Monomial">The product of waves.</param>
/// <param name="Coefficient">Its coefficient, rounded where it is not a double.</param>
/// <param name="Exact">Its coefficient as an exact rational; null where it is not known to be one.</param>
public readonly record struct DecoderTerm(Monomial Monomial, double Coefficient, BigRational? Exact)
{
    /// <summary>The coefficient as text: <c>1/3</c> where it is exact, else the shortest decimal of the double.</summary>
    public string CoefficientText => Exact is { } exact ? exact.ToString() : NumberText.Format(Coefficient);
}
