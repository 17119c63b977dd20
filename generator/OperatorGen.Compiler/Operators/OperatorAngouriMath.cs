using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>The decoder polynomial of one layer in AngouriMath's syntax.</summary>
public static class OperatorAngouriMath
{
    /// <summary>The most terms that are written.</summary>
    public const int TermLimit = 200_000;

    /// <summary>
    /// One equation for <c>MathS.FromString</c>: on the left the polynomial of the sum of the waves, not expanded, on the right the expanded sum. All
    /// terms are written, whatever the view's <see cref="OperatorView.Top"/>.
    /// </summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="view">The layer; where it names none, the last one.</param>
    /// <exception cref="System.InvalidOperationException">The layer has no polynomial in waves.</exception>
    /// <exception cref="TermLimitException">There are more terms than <see cref="TermLimit"/>.</exception>
    public static string Render(SymbolicOperator symbolic, OperatorView view)
    {
        ChannelPolynomial polynomial = ChannelPolynomial.Of(symbolic, view);
        Expression formula = PolynomialExpressions.Unexpanded(polynomial.Coefficients, polynomial.Summands, polynomial.Names);
        Expression terms = PolynomialExpressions.Of(polynomial.LimitedTerms(TermLimit), polynomial.Names);
        return ExpressionAngouriMath.Render(formula) + "\n= " + ExpressionAngouriMath.Render(terms) + "\n";
    }
}
