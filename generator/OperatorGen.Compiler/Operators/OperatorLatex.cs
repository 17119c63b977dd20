using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>The operator as LaTeX: <c>align*</c> environments that any document with amsmath takes.</summary>
public static class OperatorLatex
{
    /// <summary>The part of an operator that a view shows.</summary>
    public static string Render(SymbolicOperator symbolic, OperatorView view)
    {
        var text = new StringBuilder();
        text.Append("% ").Append(symbolic.Architecture).Append(", order ").Append(NumberText.Format(symbolic.Options.Order)).Append('\n');
        Align(text, symbolic.Before.Select(f => f.Latex));
        for (int i = 0; i < symbolic.Layers.Count; i++)
        {
            if (view.Layer is null || view.Layer == i)
            {
                text.Append(("% layer " + symbolic.Layers[i].Name).TrimEnd()).Append('\n');
                Align(text, Layer(symbolic, i, view));
            }
        }

        Align(text, symbolic.After.Select(f => f.Latex));
        return text.ToString();
    }

    private static IEnumerable<string> Layer(SymbolicOperator symbolic, int index, OperatorView view)
    {
        LayerOperator layer = symbolic.Layers[index];
        foreach (Formula formula in layer.Before.Concat(layer.Cell.Formulas))
        {
            yield return formula.Latex;
        }

        int channel = Math.Min(view.Channel ?? 0, layer.Cell.Channels - 1);
        foreach (string wave in Waves(layer.Cell, channel, view.Top))
        {
            yield return wave;
        }

        DecoderExpansion expansion = symbolic.ExpansionOf(index, channel);
        foreach (string equation in Decoder(expansion).Concat(GateFormulas.Of(symbolic, index, channel).Select(f => f.Latex)))
        {
            yield return equation;
        }

        (int waves, bool skip) = OperatorView.Summands(layer.Cell);
        if (expansion.IsAvailable && waves > 0)
        {
            int summands = waves + (skip ? 1 : 0);
            BigInteger count = expansion.TermCount(summands);
            string sum = Sum(expansion, summands, OperatorView.Names(waves), view.Top);
            string more = count > view.Top ? $@" + \cdots \quad \text{{({((BigRational)(count - view.Top)).ToString()} more)}}" : "";
            yield return $"g(o) {Relation(expansion)} {sum}{more}";
        }

        foreach (Formula formula in layer.After)
        {
            yield return formula.Latex;
        }
    }

    /// <summary>The decoder function, where it is no polynomial, and its polynomial.</summary>
    internal static IEnumerable<string> Decoder(DecoderExpansion expansion)
    {
        if (!expansion.Function.IsPolynomial)
        {
            yield return "g(o) = " + expansion.Function.FormulaLatex("o");
        }

        if (expansion.IsAvailable)
        {
            yield return $"g(o) {Relation(expansion)} {expansion.Latex(OperatorView.Readout)}";
        }
    }

    /// <summary>Between the function and its polynomial.</summary>
    internal static string Relation(DecoderExpansion expansion) => expansion.IsExact ? "=" : @"\approx";

    /// <summary>One term.</summary>
    internal static string Term(DecoderTerm term, VariableNames names) => term.Exact is { } exact
        ? ExpressionLatex.Render([new Term<BigRational>(term.Monomial, exact)], names)
        : ExpressionLatex.Render([new Term<double>(term.Monomial, term.Coefficient)], names);

    private static string Sum(DecoderExpansion expansion, int summands, VariableNames names, int top) =>
        expansion.ExactCoefficients is null
            ? ExpressionLatex.Render(expansion.Terms(summands).Take(top).Select(t => new Term<double>(t.Monomial, t.Coefficient)), names)
            : ExpressionLatex.Render(expansion.Terms(summands).Take(top).Select(t => new Term<BigRational>(t.Monomial, t.Exact ?? BigRational.Zero)), names);

    /// <summary>Eigenvalue and weight of the waves of a channel, and the skip.</summary>
    internal static IEnumerable<string> Waves(CellOperator cell, int channel, int top)
    {
        if (cell is WaveCell { Waves: var waves })
        {
            foreach (int n in OperatorText.FurthestReaching(waves, channel).Take(top))
            {
                Wave wave = waves[channel, n];
                string index = NumberText.Format(n);
                yield return $@"\lambda_{{{index}}} = {Complex(wave.Eigenvalue)}, \quad \mathrm{{weight}}_{{{index}}} = {Complex(wave.Weight)}";
            }

            if (waves.HasSkip)
            {
                yield return "D = " + LatexNotation.Number(waves.Skip(channel));
            }
        }
        else if (cell is SymbolicCell symbolic)
        {
            for (int n = 0; n < Math.Min(top, symbolic.Modes.Count); n++)
            {
                string index = NumberText.Format(n);
                yield return $@"\lambda_{{{index}}} = {symbolic.Modes[n].Eigenvalue.Latex}, \quad \mathrm{{weight}}_{{{index}}} = {symbolic.Modes[n].Weight.Latex}";
            }
        }
    }

    /// <summary>A complex number, rounded to so many significant digits; null: the shortest decimals.</summary>
    internal static string Complex(ComplexNumber value, int? digits = null)
    {
        string Part(double part) => digits is { } count ? Rounded(part, count) : LatexNotation.Number(part);
        return value.Im == 0 ? Part(value.Re) : $"{Part(value.Re)} {(value.Im < 0 ? "-" : "+")} {Part(Math.Abs(value.Im))} i";
    }

    /// <summary>A number, rounded to so many significant digits.</summary>
    internal static string Rounded(double value, int digits) => double.IsNaN(value) || double.IsInfinity(value)
        ? LatexNotation.Number(value)
        : LatexNotation.Decimal(NumberText.Format(value, digits));

    private static void Align(StringBuilder text, IEnumerable<string> equations)
    {
        string[] lines = [.. equations.Select(e => "  " + Aligned(e))];
        if (lines.Length > 0)
        {
            text.Append("\\begin{align*}\n").Append(string.Join(" \\\\\n", lines)).Append("\n\\end{align*}\n");
        }
    }

    /// <summary>An equation with the mark of alignment at its relation; words have it in front.</summary>
    private static string Aligned(string equation)
    {
        int equals = equation.IndexOf('=');
        int about = equation.IndexOf(@"\approx", StringComparison.Ordinal);
        int sign = about >= 0 && (equals < 0 || about < equals) ? about : Math.Max(equals, 0);
        return equation.Substring(0, sign) + "&" + equation.Substring(sign);
    }
}
