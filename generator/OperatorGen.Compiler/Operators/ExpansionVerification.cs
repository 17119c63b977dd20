using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Compares the terms of an operator, which multinomial coefficients make, with what something else makes of the unexpanded polynomial.</summary>
public static class ExpansionVerification
{
    /// <summary>The most terms that are compared.</summary>
    public const int TermLimit = 100_000;

    /// <summary>How many variables of a readout can be compared: all, or as many as the expander and <see cref="TermLimit"/> allow.</summary>
    /// <param name="polynomial">The polynomial.</param>
    /// <param name="expander">What expands it again.</param>
    public static int GreatestVariables(ChannelPolynomial polynomial, IExpander expander)
    {
        int variables = Math.Min(polynomial.Summands, expander.GreatestVariables(polynomial.Coefficients.Count - 1));
        while (variables > 1 && polynomial.Expansion.TermCount(variables) > TermLimit)
        {
            variables--;
        }

        return variables;
    }

    /// <summary>Expands the polynomial of the first variables again and compares it with the terms, in both directions.</summary>
    /// <param name="polynomial">The polynomial.</param>
    /// <param name="expander">What expands it.</param>
    /// <param name="variables">How many of the readout's summands take part.</param>
    /// <returns>The differences in canonical order; none where both agree.</returns>
    /// <exception cref="FormatException">The expander did not expand.</exception>
    public static IReadOnlyList<ExpansionDifference> Compare(ChannelPolynomial polynomial, IExpander expander, int variables)
    {
        Expression expanded = expander.Expand(PolynomialExpressions.Unexpanded(polynomial.Coefficients, variables, polynomial.Names));
        IEnumerable<Term<BigRational>> terms = ExactTerms.Of(polynomial.Expansion, variables);
        return
        [
            .. Compare(terms, expanded, variables, polynomial.Names),
            .. Rounding(polynomial.Expansion.Terms(variables), terms),
        ];
    }

    /// <summary>Compares terms with an expanded expression.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="expanded">The expression, expanded by something else.</param>
    /// <param name="variables">The number of variables.</param>
    /// <param name="names">Their names.</param>
    /// <returns>The differences in canonical order.</returns>
    /// <exception cref="FormatException">The expression is not expanded.</exception>
    public static IEnumerable<ExpansionDifference> Compare(IEnumerable<Term<BigRational>> terms, Expression expanded, int variables, VariableNames names)
    {
        var indices = Enumerable.Range(0, variables).ToDictionary(names.Text);
        var printed = Polynomial<BigRational, RationalRing>.FromTerms(terms);
        Polynomial<BigRational, RationalRing> other = PolynomialExpressions.ReadExpanded(expanded, name => indices.TryGetValue(name, out int index) ? index : null);
        return (printed - other).Terms.Select(term => new ExpansionDifference(
            term.Monomial, printed.Coefficient(term.Monomial), other.Coefficient(term.Monomial)));
    }

    // A printed coefficient is the double nearest to the exact one.
    private static IEnumerable<ExpansionDifference> Rounding(IEnumerable<DecoderTerm> printed, IEnumerable<Term<BigRational>> exact) => printed
        .Zip(exact, (p, e) => (Printed: p, Exact: e))
        .Where(pair => pair.Printed.Coefficient != pair.Exact.Coefficient.ToDouble())
        .Select(pair => new ExpansionDifference(pair.Printed.Monomial, BigRational.FromDouble(pair.Printed.Coefficient), pair.Exact.Coefficient));
}

/// <summary>A monomial that two expansions have with different coefficients.</summary>
/// <param name="Monomial">The monomial.</param>
/// <param name="Printed">Its coefficient in the operator; 0 where the operator does not have it.</param>
/// <param name="Expanded">Its coefficient in the other expansion; 0 where that does not have it.</param>
public readonly record struct ExpansionDifference(Monomial Monomial, BigRational Printed, BigRational Expanded);
