using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Symbolics;

/// <summary>Polynomials as trees: written out term by term, and read back from what an expansion left.</summary>
public static class PolynomialExpressions
{
    /// <summary>a_0 + a_1 (x_0 + ... + x_(n-1)) + a_2 (x_0 + ... + x_(n-1))^2 + ... as it stands; coefficients of 0 are left out.</summary>
    /// <param name="coefficients">a_0, a_1, ...</param>
    /// <param name="variables">n, at least 1.</param>
    /// <param name="names">The names of the variables.</param>
    public static Expression Unexpanded(IReadOnlyList<BigRational> coefficients, int variables, VariableNames names)
    {
        Expression[] all = [.. Enumerable.Range(0, variables).Select(i => new VariableExpression(names.Text(i)))];
        Expression sum = all.Length == 1 ? all[0] : new SumExpression(new(all));
        var summands = new List<Expression>();
        for (int k = 0; k < coefficients.Count; k++)
        {
            if (!coefficients[k].IsZero)
            {
                summands.Add(Product(coefficients[k], k == 0 ? [] : [Power(sum, k)]));
            }
        }

        return Sum(summands);
    }

    /// <summary>The sum of terms in the order in which they come.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="names">The names of the variables.</param>
    public static Expression Of(IEnumerable<Term<BigRational>> terms, VariableNames names) => Sum([.. terms.Select(term => Of(term, names))]);

    /// <summary>One term: the coefficient, where it is not 1, and the powers of the variables.</summary>
    /// <param name="term">The term.</param>
    /// <param name="names">The names of the variables.</param>
    public static Expression Of(Term<BigRational> term, VariableNames names)
    {
        var powers = new List<Expression>();
        foreach (Factor factor in term.Monomial)
        {
            powers.Add(Power(new VariableExpression(names.Text(factor.Variable)), factor.Power));
        }

        return Product(term.Coefficient, powers);
    }

    /// <summary>
    /// Reads a sum of products of numbers and natural powers of variables; numbers in one product are multiplied and like terms added, whatever
    /// their order. Nothing is multiplied out: a sum inside a product or power is what an expansion should have removed.
    /// </summary>
    /// <param name="expression">The expanded expression.</param>
    /// <param name="variable">The index of a variable by its name; null for names that are not known.</param>
    /// <exception cref="FormatException">The expression is not expanded, or not a polynomial in the known variables; the message says what was found.</exception>
    public static Polynomial<BigRational, RationalRing> ReadExpanded(Expression expression, Func<string, int?> variable) =>
        Polynomial<BigRational, RationalRing>.FromTerms(Summands(expression).Select(summand => ReadTerm(summand, variable)));

    private static IEnumerable<Expression> Summands(Expression expression) => expression is SumExpression sum ? sum.Summands.SelectMany(Summands) : [expression];

    private static Term<BigRational> ReadTerm(Expression expression, Func<string, int?> variable)
    {
        BigRational coefficient = BigRational.One;
        var factors = new List<Factor>();
        Read(expression);
        return new Term<BigRational>(Monomial.FromFactors(factors), coefficient);

        void Read(Expression part)
        {
            switch (part)
            {
                case NumberExpression number:
                    coefficient *= number.Value;
                    break;
                case VariableExpression name:
                    factors.Add(new Factor(Index(name.Name), 1));
                    break;
                case PowerExpression { Base: VariableExpression name, Exponent: NumberExpression { Value: var exponent } } when TryNatural(exponent, out int power):
                    factors.Add(new Factor(Index(name.Name), power));
                    break;
                case PowerExpression { Base: not SumExpression, Exponent: NumberExpression { Value: var exponent } } repeated when TryNatural(exponent, out int count):
                    for (int i = 0; i < count; i++)
                    {
                        Read(repeated.Base);
                    }

                    break;
                case ProductExpression product:
                    foreach (Expression factor in product.Factors)
                    {
                        Read(factor);
                    }

                    break;
                case QuotientExpression { Denominator: NumberExpression { Value: { IsZero: false } divisor } } quotient:
                    coefficient /= divisor;
                    Read(quotient.Numerator);
                    break;
                default:
                    throw new FormatException($"{ExpressionAngouriMath.Render(part)} inside a product is no number and no natural power of a variable: the expression is not expanded.");
            }
        }

        int Index(string name) => variable(name) ?? throw new FormatException($"The variable {name} is not known.");
    }

    /// <summary>Whether a number is an exponent that a polynomial can have.</summary>
    /// <param name="value">The number.</param>
    /// <param name="power">The exponent; 0 where it is none.</param>
    internal static bool TryNatural(BigRational value, out int power)
    {
        bool isNatural = value.IsInteger && value.Sign >= 0 && value.Numerator <= int.MaxValue;
        power = isNatural ? (int)value.Numerator : 0;
        return isNatural;
    }

    private static Expression Power(Expression expression, int power) =>
        power == 1 ? expression : new PowerExpression(expression, new NumberExpression(power));

    private static Expression Product(BigRational coefficient, List<Expression> factors)
    {
        Expression[] all = factors.Count == 0 || !coefficient.IsOne ? [new NumberExpression(coefficient), .. factors] : [.. factors];
        return all.Length == 1 ? all[0] : new ProductExpression(new(all));
    }

    private static Expression Sum(List<Expression> summands) => summands.Count switch
    {
        0 => Expression.Zero,
        1 => summands[0],
        _ => new SumExpression(summands.ToEquatableArray()),
    };
}
