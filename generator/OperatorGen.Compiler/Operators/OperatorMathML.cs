using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>The operator as HTML with presentation MathML: browsers show it without a script, a style sheet from elsewhere or a network.</summary>
public static class OperatorMathML
{
    private const int Digits = 6;

    private const string Style = """
        body { font: 16px/1.5 serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff; }
        h1, h2, h3 { font-family: sans-serif; line-height: 1.2; } h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; } h3 { font-size: 1rem; }
        math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", "DejaVu Math TeX Gyre", math; }
        .formula { margin: 0.4rem 0 0.4rem 2rem; overflow-x: auto; overflow-y: hidden; }
        .terms { margin: 0.4rem 0 0.4rem 2rem; line-height: 2.2; } .terms math { margin-right: 0.3em; }
        table { border-collapse: collapse; margin: 0.5rem 0 0.5rem 2rem; } td, th { padding: 0.15rem 0.9rem 0.15rem 0; text-align: right; }
        th { font-weight: normal; border-bottom: 1px solid #999; } .note { color: #666; margin-left: 2rem; }
        """;

    /// <summary>A whole HTML document.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="view">Which part of it.</param>
    public static string Render(SymbolicOperator symbolic, OperatorView view)
    {
        string title = MathML.Escape(symbolic.Architecture) + ", order " + NumberText.Format(symbolic.Order);
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title + "</title>\n<style>\n" + Style.Replace("\r", "")
            + "\n</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n" + Fragment(symbolic, view) + "</body>\n</html>\n";
    }

    /// <summary>What stands inside the document, for a page of one's own: headings from h2, <c>div</c>s of class formula and terms, tables.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="view">Which part of it.</param>
    public static string Fragment(SymbolicOperator symbolic, OperatorView view)
    {
        var html = new StringBuilder();
        Formulas(html, symbolic.Before.Select(f => f.Latex));
        for (int i = 0; i < symbolic.Layers.Count; i++)
        {
            if (view.Layer is null || view.Layer == i)
            {
                Layer(html, symbolic, i, view);
            }
        }

        if (symbolic.After.Count > 0)
        {
            html.Append("<h2>output</h2>\n");
            Formulas(html, symbolic.After.Select(f => f.Latex));
        }

        return html.ToString();
    }

    private static void Layer(StringBuilder html, SymbolicOperator operators, int index, OperatorView view)
    {
        LayerOperator layer = operators.Layers[index];
        int channel = Math.Min(view.Channel ?? 0, layer.Cell.Channels - 1);
        html.Append("<h2>layer ").Append(layer.Name.Length == 0 ? NumberText.Format(index) : MathML.Escape(layer.Name)).Append("</h2>\n");
        Formulas(html, layer.Before.Concat(layer.Cell.Formulas).Select(f => f.Latex));
        switch (layer.Cell)
        {
            case WaveCell { Waves: var waves }:
                WaveRows(html, waves, channel, view.Top);
                break;
            case SymbolicCell symbolic:
                html.Append("<h3>waves</h3>\n");
                Formulas(html, OperatorLatex.Waves(symbolic, channel, view.Top));
                break;
        }

        html.Append("<h3>decoder</h3>\n");
        DecoderExpansion expansion = operators.ExpansionOf(index, channel);
        Formulas(html, OperatorLatex.Decoder(expansion).Concat(GateFormulas.Of(operators, index, channel).Select(f => f.Latex)));
        Terms(html, layer, expansion, view.Top);
        Formulas(html, layer.After.Select(f => f.Latex));
    }

    private static void WaveRows(StringBuilder html, ModeBank waves, int channel, int top)
    {
        html.Append("<h3>waves of channel ").Append(NumberText.Format(channel)).Append("</h3>\n<table>\n<tr><th></th><th>")
            .Append(MathML.FromLatex(@"\lambda_n")).Append("</th><th>").Append(MathML.FromLatex(@"\mathrm{weight}_n")).Append("</th><th>")
            .Append(MathML.FromLatex(@"|\lambda_n|"))
            .Append("</th><th>lifetime</th><th>frequency</th><th>period</th><th>reach</th></tr>\n");
        foreach (int n in OperatorText.FurthestReaching(waves, channel).Take(top))
        {
            Wave wave = waves[channel, n];
            string[] cells =
            [
                OperatorView.Names(waves.WavesPerReadout).Latex(n),
                OperatorLatex.Complex(wave.Eigenvalue, Digits),
                OperatorLatex.Complex(wave.Weight, Digits),
                Number(wave.Magnitude),
                Number(wave.Lifetime),
                Number(wave.Frequency),
                Number(wave.Period),
                Number(wave.Reach),
            ];
            html.Append("<tr>").Append(string.Concat(cells.Select(cell => "<td>" + MathML.FromLatex(cell) + "</td>"))).Append("</tr>\n");
        }

        html.Append("</table>\n");
        string more = waves.WavesPerReadout > top ? NumberText.Format(waves.WavesPerReadout - top) + " more waves; " : "";
        html.Append("<div class=\"note\">").Append(more)
            .Append("the furthest-reaching first; lifetime and period in steps, frequency in radians per step; rounded to 6 digits</div>\n");
        if (waves.HasSkip)
        {
            Formulas(html, ["D = " + Number(waves.Skip(channel))]);
        }
    }

    private static void Terms(StringBuilder html, LayerOperator layer, DecoderExpansion expansion, int top)
    {
        (int waves, bool skip) = OperatorView.Summands(layer.Cell);
        if (!expansion.IsAvailable || waves == 0)
        {
            return;
        }

        int summands = waves + (skip ? 1 : 0);
        BigInteger count = expansion.TermCount(summands);
        VariableNames names = OperatorView.Names(waves);

        // One element per term: browsers break lines between elements and not inside them. After an empty group a sign is one between two terms.
        html.Append("<div class=\"terms\">").Append(MathML.FromLatex("g(o) " + OperatorLatex.Relation(expansion)));
        bool first = true;
        foreach (DecoderTerm term in expansion.Terms(summands).Take(top))
        {
            string latex = OperatorLatex.Term(term, names);
            html.Append(' ').Append(MathML.FromLatex(first ? latex : latex[0] == '-' ? "{} " + latex : "{} + " + latex));
            first = false;
        }

        html.Append(count > top ? " " + MathML.FromLatex(@"{} + \cdots") : "").Append("</div>\n");
        html.Append("<div class=\"note\">").Append(((BigRational)count).ToString()).Append(count == 1 ? " term" : " terms");
        html.Append(count > top ? ", " + ((BigRational)(count - top)).ToString() + " of them not shown" : "").Append("</div>\n");
    }

    private static string Number(double value) => OperatorLatex.Rounded(value, Digits);

    private static void Formulas(StringBuilder html, IEnumerable<string> latex)
    {
        foreach (string formula in latex)
        {
            html.Append("<div class=\"formula\">").Append(MathML.FromLatex(formula, display: true)).Append("</div>\n");
        }
    }
}
