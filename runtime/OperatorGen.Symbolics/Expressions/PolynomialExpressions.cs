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
    public static Expression Unexpanded(IReadOnlyList<BigRational> coefficients, int variables, VariableNames names) =>
        Of(coefficients, Eq.Add(Enumerable.Range(0, variables).Select(i => names[i])));

    /// <summary>a_0 + a_1 x + a_2 x^2 + ... of any expression x; coefficients of 0 are left out.</summary>
    /// <param name="coefficients">a_0, a_1, ..., doubles or rationals.</param>
    /// <param name="argument">x.</param>
    public static Expression Of<T>(IEnumerable<T> coefficients, Expression argument) => Of(
        coefficients.Select((a, k) => new Term<T>(k == 0 ? Monomial.One : Monomial.FromFactors([new Factor(0, k)]), a)).Where(term => !EqualityComparer<T>.Default.Equals(term.Coefficient, default!)),
        new VariableNames(_ => argument));

    /// <summary>The sum of terms in the order in which they come.</summary>
    /// <param name="terms">The terms, with doubles or rationals as coefficients.</param>
    /// <param name="names">The names of the variables.</param>
    public static Expression Of<T>(IEnumerable<Term<T>> terms, VariableNames names) => Eq.Add(terms.Select(term => Of(term, names)));

    /// <summary>One term: the coefficient, where it is not 1, and the powers of the variables.</summary>
    /// <param name="term">The term.</param>
    /// <param name="names">The names of the variables.</param>
    public static Expression Of<T>(Term<T> term, VariableNames names) =>
        Eq.Multiply([Coefficient(term.Coefficient), .. Powers(term.Monomial, names)]);

    /// <summary>The product of the powers of variables.</summary>
    /// <param name="monomial">The monomial.</param>
    /// <param name="names">The names of the variables.</param>
    public static Expression Of(Monomial monomial, VariableNames names) => Eq.Multiply(Powers(monomial, names));

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
                    throw new FormatException($"{ExpressionText.Render(part)} inside a product is no number and no natural power of a variable: the expression is not expanded.");
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

    private static Expression Coefficient<T>(T value) => value switch
    {
        double number => new DecimalExpression(number),
        BigRational number => new NumberExpression(number),
        _ => throw new NotSupportedException($"There is no tree for a {typeof(T).Name}: coefficients are doubles or rationals."),
    };

    private static IEnumerable<Expression> Powers(Monomial monomial, VariableNames names)
    {
        foreach (Factor factor in monomial)
        {
            yield return names[factor.Variable].Power(factor.Power);
        }
    }
}
