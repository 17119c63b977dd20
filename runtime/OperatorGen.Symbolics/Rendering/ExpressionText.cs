using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>Polynomials and monomials in plain text: <c>1/2 w_0 + w_1^2 w_3 - 3 w_2</c>. <see cref="PolynomialText"/> reads it back.</summary>
public static class ExpressionText
{
    /// <summary>The terms in canonical order; <c>0</c> where there are none.</summary>
    public static string Render<T, TRing>(Polynomial<T, TRing> polynomial, VariableNames names)
        where TRing : struct, IRing<T> => Render(polynomial.Terms, names);

    /// <summary>The terms in the order in which they come, so that a caller can take the first few; <c>0</c> where there are none.</summary>
    public static string Render<T>(IEnumerable<Term<T>> terms, VariableNames names)
    {
        CoefficientNotation<T> notation = CoefficientNotation<T>.Default;
        var text = new StringBuilder();
        foreach (Term<T> term in terms)
        {
            bool isNegative = notation.IsNegative(term.Coefficient);
            text.Append(text.Length == 0 ? (isNegative ? "-" : "") : (isNegative ? " - " : " + "));
            T magnitude = isNegative ? notation.Negate(term.Coefficient) : term.Coefficient;
            if (term.Monomial.IsOne)
            {
                text.Append(notation.Text(magnitude));
                continue;
            }

            if (!notation.IsOne(magnitude))
            {
                text.Append(notation.Text(magnitude)).Append(' ');
            }

            Append(text, term.Monomial, names);
        }

        return text.Length == 0 ? "0" : text.ToString();
    }

    /// <summary>The powers of variables with spaces between them: <c>w_0^2 w_3</c>; <c>1</c> for the empty product.</summary>
    public static string Render(Monomial monomial, VariableNames names) => monomial.IsOne ? "1" : Append(new StringBuilder(), monomial, names).ToString();

    private static StringBuilder Append(StringBuilder text, Monomial monomial, VariableNames names)
    {
        bool first = true;
        foreach (Factor factor in monomial)
        {
            text.Append(first ? "" : " ").Append(names.Text(factor.Variable));
            first = false;
            if (factor.Power > 1)
            {
                text.Append('^').Append(factor.Power.ToString(CultureInfo.InvariantCulture));
            }
        }

        return text;
    }
}
