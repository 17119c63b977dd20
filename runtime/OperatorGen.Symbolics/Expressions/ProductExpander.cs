using System;
using System.Collections.Generic;

namespace OperatorGen.Symbolics;

/// <summary>
/// Multiplies polynomials out by general products, one factor at a time. It does not use multinomial coefficients: the terms of an operator come from
/// those, and this is the other way to them.
/// </summary>
/// <param name="limits">Bounds of growth; null: <see cref="AlgebraLimits.Default"/>.</param>
public sealed class ProductExpander(AlgebraLimits? limits = null) : IExpander
{
    private readonly AlgebraLimits _limits = limits ?? AlgebraLimits.Default;

    /// <inheritdoc/>
    public string Name => "own";

    /// <inheritdoc/>
    public int GreatestVariables(int degree) => int.MaxValue;

    /// <summary>Multiplies out: a sum of terms in canonical order, the variables in the order in which they occur.</summary>
    /// <param name="expression">A polynomial: sums, products, natural powers, quotients by numbers.</param>
    /// <exception cref="NotSupportedException">The expression is no polynomial.</exception>
    /// <exception cref="TermLimitException">There are more terms than allowed.</exception>
    public Expression Expand(Expression expression)
    {
        var names = new List<string>();
        Polynomial<BigRational, RationalRing> polynomial = Multiply(expression, names);
        return PolynomialExpressions.Of(polynomial.Terms, new VariableNames(i => Eq.Symbol(names[i])));
    }

    private Polynomial<BigRational, RationalRing> Multiply(Expression expression, List<string> names)
    {
        switch (expression)
        {
            case NumberExpression number:
                return Polynomial<BigRational, RationalRing>.Constant(number.Value);
            case VariableExpression variable:
                int index = names.IndexOf(variable.Name);
                if (index < 0)
                {
                    index = names.Count;
                    names.Add(variable.Name);
                }

                return Polynomial<BigRational, RationalRing>.Variable(index);
            case SumExpression sum:
                Polynomial<BigRational, RationalRing> total = Polynomial<BigRational, RationalRing>.Zero;
                foreach (Expression summand in sum.Summands)
                {
                    total = total.Add(Multiply(summand, names), _limits);
                }

                return total;
            case ProductExpression product:
                Polynomial<BigRational, RationalRing> result = Polynomial<BigRational, RationalRing>.One;
                foreach (Expression factor in product.Factors)
                {
                    result = result.Multiply(Multiply(factor, names), limits: _limits);
                }

                return result;
            case QuotientExpression { Denominator: NumberExpression { Value: { IsZero: false } divisor } } quotient:
                return Multiply(quotient.Numerator, names).Scale(BigRational.One / divisor);
            case PowerExpression { Exponent: NumberExpression { Value: var exponent } } power when PolynomialExpressions.TryNatural(exponent, out int count):
                Polynomial<BigRational, RationalRing> basis = Multiply(power.Base, names);
                Polynomial<BigRational, RationalRing> raised = Polynomial<BigRational, RationalRing>.One;
                for (int i = 0; i < count; i++)
                {
                    raised = raised.Multiply(basis, limits: _limits);
                }

                return raised;
            default:
                throw new NotSupportedException($"{ExpressionText.Render(expression)} is no polynomial.");
        }
    }
}
