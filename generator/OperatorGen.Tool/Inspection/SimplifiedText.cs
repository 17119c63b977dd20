using System.IO;
using OperatorGen.Compiler.Operators;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Inspection;

/// <summary>The decoder polynomials as a computer algebra system simplifies them.</summary>
internal static class SimplifiedText
{
    // Simplifying a hundred terms takes AngouriMath seconds.
    private const int GreatestTerms = 30;

    /// <summary>Writes per shown layer the polynomial of the readout and, where they are few, the terms in the waves.</summary>
    public static void Write(TextWriter output, SymbolicOperator symbolic, OperatorView view, ISymbolicBackend backend)
    {
        output.WriteLine($"simplified by {backend.Name}:");
        for (int i = 0; i < symbolic.Layers.Count; i++)
        {
            OperatorView one = view with { Layer = i };
            if (view.Layer is { } layer && layer != i)
            {
                continue;
            }

            if (ChannelPolynomial.Obstacle(symbolic, one) is { } obstacle)
            {
                output.WriteLine("  " + obstacle);
                continue;
            }

            var polynomial = ChannelPolynomial.Of(symbolic, one);
            Write(output, backend, $"layer {i}, of the readout", PolynomialExpressions.Of(polynomial.Coefficients, Eq.Symbol("o")));
            if (polynomial.TermCount <= GreatestTerms)
            {
                Write(output, backend, $"layer {i}, of the waves", PolynomialExpressions.Of(polynomial.Terms, polynomial.Names));
            }
        }
    }

    private static void Write(TextWriter output, ISymbolicBackend backend, string of, Expression expression) =>
        output.WriteLine($"  {of}: {ExpressionAngouriMath.Render(backend.Simplify(expression))}");
}
