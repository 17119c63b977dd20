using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>Polynomials and monomials in LaTeX mathematics: <c>\frac{1}{2}\, w_{0} + w_{1}^{2} w_{3} - 3\, w_{2}</c>.</summary>
public static class ExpressionLatex
{
    /// <summary>The terms in canonical order; <c>0</c> where there are none.</summary>
    public static string Render<T, TRing>(Polynomial<T, TRing> polynomial, VariableNames names)
        where TRing : struct, IRing<T> => Render(polynomial.Terms, names);

    /// <summary>The terms in the order in which they come; <c>0</c> where there are none.</summary>
    public static string Render<T>(IEnumerable<Term<T>> terms, VariableNames names)
    {
        CoefficientNotation<T> notation = CoefficientNotation<T>.Default;
        var latex = new StringBuilder();
        foreach (Term<T> term in terms)
        {
            bool isNegative = notation.IsNegative(term.Coefficient);
            latex.Append(latex.Length == 0 ? (isNegative ? "-" : "") : (isNegative ? " - " : " + "));
            T magnitude = isNegative ? notation.Negate(term.Coefficient) : term.Coefficient;
            if (term.Monomial.IsOne)
            {
                latex.Append(notation.Latex(magnitude));
                continue;
            }

            if (!notation.IsOne(magnitude))
            {
                latex.Append(notation.Latex(magnitude)).Append(@"\, ");
            }

            Append(latex, term.Monomial, names);
        }

        return latex.Length == 0 ? "0" : latex.ToString();
    }

    /// <summary>The powers of variables: <c>w_{0}^{2} w_{3}</c>; <c>1</c> for the empty product.</summary>
    public static string Render(Monomial monomial, VariableNames names) => monomial.IsOne ? "1" : Append(new StringBuilder(), monomial, names).ToString();

    private static StringBuilder Append(StringBuilder latex, Monomial monomial, VariableNames names)
    {
        bool first = true;
        foreach (Factor factor in monomial)
        {
            latex.Append(first ? "" : " ").Append(names.Latex(factor.Variable));
            first = false;
            if (factor.Power > 1)
            {
                latex.Append("^{").Append(factor.Power.ToString(CultureInfo.InvariantCulture)).Append('}');
            }
        }

        return latex;
    }
}
