using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// The decoder polynomial of one layer as a Python file for SymPy: <c>waves</c>, <c>formula</c> (the polynomial of the sum of the waves,
/// not expanded) and <c>terms</c> (the expanded sum). The file runs by itself and prints their difference, expanded by SymPy.
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
        Names(python, [.. Enumerable.Range(0, polynomial.Summands).Select(polynomial.Names.Text)], "waves = ");
        Recurrence(python, polynomial);
        python.Append("# g(o) of the readout o.\nreadout = Add(*waves)\nformula = Add(\n");
        for (int k = 0; k < polynomial.Coefficients.Count; k++)
        {
            BigRational a = polynomial.Coefficients[k];
            if (!a.IsZero)
            {
                Expression power = k == 0 ? Expression.One : Eq.Symbol("readout").Power(k);
                Line(python, Eq.Multiply([new NumberExpression(a), power]), a);
            }
        }

        python.Append(")\n\n# The same as the sum of its terms, in canonical order.\nterms = Add(\n");
        foreach (Term<BigRational> term in terms)
        {
            Line(python, PolynomialExpressions.Of(term, polynomial.Names), term.Coefficient);
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
            .Append("from sympy import Add, I, Integer, ").Append(HasBlocks(polynomial) ? "Matrix, " : "").Append("Rational, exp, expand, nan, symbols\n\n");
    }

    private static bool HasBlocks(ChannelPolynomial polynomial) => polynomial.Layer.Cell is WaveCell { Waves.Blocks.Count: > 0 };

    /// <summary>Declares symbols, each under its own name, and all of them under a name where there is one.</summary>
    private static void Names(StringBuilder python, string[] names, string all)
    {
        python.Append(all).Append("(\n");
        Rows(python, names);
        python.Append(") = symbols((\n");
        Rows(python, names.Select(QuotedText.Of));
        python.Append("))\n\n");
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
        bool shared = polynomial.Layer.Cell is WaveCell { Waves.IsShared: true };
        python.Append($"# Each wave w of the input v: s(t) = eigenvalue s(t-1) + {(shared ? "the sum of b_i v_i(t) over the inputs i" : "v(t)")}, w(t) = Re(weight s(t)).\n");
        if (polynomial.Layer.Cell is WaveCell { Waves: { IsCausal: false } bank })
        {
            int[] backward = [.. Enumerable.Range(0, polynomial.Waves).Where(n => bank.Timing(bank.ModeOf(polynomial.Channel, n)).Backward)];
            string read = bank.Timing(bank.ModeOf(polynomial.Channel, backward[0])).Delay == 0 ? "t" : "t+1";
            python.Append("# These run backward, s(t) = eigenvalue s(t+1) + the same, and are read as w(t) = Re(weight s(").Append(read).Append(")): ")
                .Append(string.Join(", ", backward.Select(polynomial.Names.Text))).Append(".\n");
        }

        switch (polynomial.Layer.Cell)
        {
            case WaveCell { Waves: var table }:
                Blocks(python, polynomial, table);
                Numbers(python, polynomial, "eigenvalues", n => Eq.Number(table[polynomial.Channel, n].Eigenvalue), 0);
                Numbers(python, polynomial, "weights", n => Eq.Number(table[polynomial.Channel, n].Weight), Eq.Number(table.Skip(polynomial.Channel)));
                break;
            case SymbolicCell { Modes: var modes } symbolic:
                if (symbolic.Symbols.Count > 0)
                {
                    Names(python, [.. symbolic.Symbols.Select(ExpressionSymPy.Identifier)], "");
                }

                Numbers(python, polynomial, "eigenvalues", n => modes[n].Eigenvalue, 0);
                Numbers(python, polynomial, "weights", n => modes[n].Weight, symbolic.Skip ?? 0);
                break;
            default:
                throw new NotSupportedException($"There are no waves in a {polynomial.Layer.Cell.GetType().Name}.");
        }

        python.Append('\n');
    }

    private static void Blocks(StringBuilder python, ChannelPolynomial polynomial, ModeBank table)
    {
        ModeBlock[] blocks = [.. table.Blocks.Where(block => table.GroupOf(block.First) == table.GroupOf(table.ModeOf(polynomial.Channel, 0)))];
        if (blocks.Length == 0)
        {
            return;
        }

        python.Append("# The states of a block mix: s(t) = T s(t-1) + the sum of b_i v_i(t), of which the eigenvalues below are those of T.\nblocks = [\n");
        foreach (ModeBlock block in blocks)
        {
            int first = block.First % table.WavesPerReadout;
            Expression matrix = Eq.Matrix([.. Enumerable.Range(0, block.Size).Select(row => (Expression[])[.. Enumerable.Range(0, block.Size).Select(column => Eq.Number(block[row, column]))])]);
            python.Append("    ((").Append(string.Concat(Enumerable.Range(first, block.Size).Select(n => polynomial.Names.Text(n) + ", "))).Append("), ").Append(ExpressionSymPy.Render(matrix)).Append("),\n");
        }

        python.Append("]\n");
    }

    private static void Numbers(StringBuilder python, ChannelPolynomial polynomial, string name, Func<int, Expression> value, Expression skip)
    {
        python.Append(name).Append(" = {\n");
        for (int n = 0; n < polynomial.Summands; n++)
        {
            Expression number = n < polynomial.Waves ? value(n) : skip;
            python.Append("    ").Append(polynomial.Names.Text(n)).Append(": ").Append(ExpressionSymPy.Render(number)).Append(",  # ").Append(ExpressionText.Render(number)).Append('\n');
        }

        python.Append("}\n");
    }

    private static void Line(StringBuilder python, Expression expression, BigRational coefficient) =>
        python.Append("    ").Append(ExpressionSymPy.Render(expression)).Append(",  # ").Append(ChannelPolynomial.Decimal(coefficient)).Append('\n');

    private static string OneLine(string text) => text.Replace('\n', ' ').Replace('\r', ' ');
}
