using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// The decoder polynomial of one layer as a Python file for SymPy: <c>waves</c>, <c>formula</c> (the polynomial of the sum of the waves as it
/// stands) and <c>terms</c> (the expanded sum). The file runs by itself and prints their difference, expanded by SymPy.
/// </summary>
public static class OperatorSymPy
{
    /// <summary>The most terms that are written.</summary>
    public const int TermLimit = 200_000;

    private const int NamesPerLine = 16;

    /// <summary>The file. All terms are written, whatever the view's <see cref="OperatorView.Top"/>: the difference would not be 0 without them.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="view">Layer and channel; where it names no layer, the last one.</param>
    /// <exception cref="InvalidOperationException">The layer has no polynomial in waves.</exception>
    /// <exception cref="TermLimitException">There are more terms than <see cref="TermLimit"/>.</exception>
    public static string Render(SymbolicOperator symbolic, OperatorView view)
    {
        ChannelPolynomial polynomial = ChannelPolynomial.Of(symbolic, view);
        IEnumerable<Term<BigRational>> terms = polynomial.LimitedTerms(TermLimit);
        var python = new StringBuilder();
        Head(python, symbolic, polynomial);
        Names(python, polynomial);
        Recurrence(python, polynomial);
        python.Append("# g(o) of the readout o, as it stands.\nreadout = Add(*waves)\nformula = Add(\n");
        for (int k = 0; k < polynomial.Coefficients.Count; k++)
        {
            BigRational a = polynomial.Coefficients[k];
            if (!a.IsZero)
            {
                string power = k == 0 ? "" : k == 1 ? "*readout" : "*readout**" + NumberText.Format(k);
                Line(python, ExpressionSymPy.Number(a) + power, a);
            }
        }

        python.Append(")\n\n# The same as the sum of its terms, in canonical order.\nterms = Add(\n");
        foreach (Term<BigRational> term in terms)
        {
            Line(python, ExpressionSymPy.Render(PolynomialExpressions.Of(term, polynomial.Names)), term.Coefficient);
        }

        return python.Append(")\n\nif __name__ == \"__main__\":\n    print(expand(formula - terms))\n").ToString();
    }

    private static void Head(StringBuilder python, SymbolicOperator symbolic, ChannelPolynomial polynomial)
    {
        string name = polynomial.Layer.Name.Length == 0 ? "" : " (" + polynomial.Layer.Name + ")";
        python.Append("# ").Append(OneLine(symbolic.Architecture)).Append(", layer ").Append(NumberText.Format(polynomial.Index)).Append(OneLine(name))
            .Append(", channel ").Append(NumberText.Format(polynomial.Channel)).Append(": the decoder function ").Append(polynomial.Layer.Decoder)
            .Append(" of a readout that is a sum of waves.\n# ").Append(polynomial.Origin)
            .Append("\n# Every number is exact; the decimal beside it is the nearest double.")
            .Append("\n# The terms are the formula, expanded: run this file, and SymPy prints their difference, 0.\n")
            .Append("from sympy import Add, I, Integer, Rational, expand, nan, symbols\n\n");
    }

    private static void Names(StringBuilder python, ChannelPolynomial polynomial)
    {
        string[] names = [.. Enumerable.Range(0, polynomial.Summands).Select(polynomial.Names.Text)];
        python.Append("waves = symbols((\n");
        Rows(python, names.Select(QuotedText.Of));
        python.Append("))\n(\n");
        Rows(python, names);
        python.Append(") = waves\n\n");
    }

    private static void Rows(StringBuilder python, IEnumerable<string> items)
    {
        string[] all = [.. items];
        for (int start = 0; start < all.Length; start += NamesPerLine)
        {
            python.Append("    ").Append(string.Join(", ", all.Skip(start).Take(NamesPerLine))).Append(",\n");
        }
    }

    private static void Recurrence(StringBuilder python, ChannelPolynomial polynomial)
    {
        switch (polynomial.Layer.Cell)
        {
            case WaveCell { Waves: var table }:
                python.Append("# Each wave w of the input v: s(t) = eigenvalue s(t-1) + v(t), w(t) = Re(weight s(t)).\n");
                Numbers(python, polynomial, "eigenvalues", n => table[polynomial.Channel, n].Eigenvalue, 0);
                Numbers(python, polynomial, "weights", n => table[polynomial.Channel, n].Weight, table.Skip(polynomial.Channel));
                python.Append('\n');
                break;
            case SymbolicCell { Modes: var modes }:
                python.Append("# Each wave w of the input v: s(t) = eigenvalue s(t-1) + v(t), w(t) = Re(weight s(t)); with symbols:\n");
                for (int n = 0; n < modes.Count; n++)
                {
                    python.Append("#   ").Append(polynomial.Names.Text(n)).Append(": eigenvalue ").Append(modes[n].Eigenvalue.Text)
                        .Append(", weight ").Append(modes[n].Weight.Text).Append('\n');
                }

                python.Append('\n');
                break;
        }
    }

    private static void Numbers(StringBuilder python, ChannelPolynomial polynomial, string name, Func<int, ComplexNumber> value, ComplexNumber skip)
    {
        python.Append(name).Append(" = {\n");
        for (int n = 0; n < polynomial.Summands; n++)
        {
            ComplexNumber number = n < polynomial.Waves ? value(n) : skip;
            string exact = Exact(number.Re)
                + (number.Im == 0 ? "" : " + " + Exact(number.Im) + "*I");
            string comment = NumberText.Format(number.Re)
                + (number.Im == 0 ? "" : (number.Im < 0 ? " - " : " + ") + NumberText.Format(Math.Abs(number.Im)) + "i");
            python.Append("    ").Append(polynomial.Names.Text(n)).Append(": ").Append(exact).Append(",  # ").Append(comment).Append('\n');
        }

        python.Append("}\n");
    }

    // Where an eigenvalue is too large for a double, the comment beside it says how.
    private static string Exact(double value) =>
        double.IsNaN(value) || double.IsInfinity(value) ? "nan" : ExpressionSymPy.Number(BigRational.FromDouble(value));

    private static void Line(StringBuilder python, string expression, BigRational coefficient) =>
        python.Append("    ").Append(expression).Append(",  # ").Append(ChannelPolynomial.Decimal(coefficient)).Append('\n');

    private static string OneLine(string text) => text.Replace('\n', ' ').Replace('\r', ' ');
}
