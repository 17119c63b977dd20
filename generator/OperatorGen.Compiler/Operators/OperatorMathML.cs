using System;
using System.Collections.Generic;
using System.Linq;
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
        string title = ExpressionMathML.Escape(symbolic.Architecture) + ", order " + NumberText.Format(symbolic.Order);
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title + "</title>\n<style>\n" + Style.Replace("\r", "")
            + "\n</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n" + Fragment(symbolic, view) + "</body>\n</html>\n";
    }

    /// <summary>What is inside the document, for a page of one's own: headings from h2, <c>div</c>s of class formula and terms, tables.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="view">Which part of it.</param>
    public static string Fragment(SymbolicOperator symbolic, OperatorView view)
    {
        var html = new StringBuilder();
        Formulas(html, symbolic.Before, view.Digits);
        foreach (LayerView layer in LayerView.Of(symbolic, view))
        {
            Layer(html, layer, view);
        }

        if (symbolic.After.Count > 0)
        {
            html.Append("<h2>output</h2>\n");
            Formulas(html, symbolic.After, view.Digits);
        }

        return html.ToString();
    }

    private static void Layer(StringBuilder html, LayerView layer, OperatorView view)
    {
        string name = layer.Layer.Name;
        html.Append("<h2>layer ").Append(name.Length == 0 ? NumberText.Format(layer.Index) : ExpressionMathML.Escape(name)).Append("</h2>\n");
        Formulas(html, layer.Before, view.Digits);
        switch (layer.Layer.Cell)
        {
            case WaveCell { Waves: var waves }:
                WaveRows(html, layer, waves);
                break;
            case PathCell:
                html.Append(MeanGateRows.MathML(layer.MeanGateWaves));
                break;
            case SymbolicCell:
                html.Append("<h3>waves</h3>\n");
                Formulas(html, layer.Modes.SelectMany(mode => new[] { mode.Eigenvalue, mode.Weight }), view.Digits);
                break;
        }

        html.Append("<h3>decoder</h3>\n");
        Formulas(html, layer.Decoder, view.Digits);
        if (view.HasTerms)
        {
            Terms(html, layer);
        }

        Formulas(html, layer.Layer.After, view.Digits);
    }

    private static void WaveRows(StringBuilder html, LayerView layer, ModeBank waves)
    {
        VariableExpression n = Eq.Symbol("n");
        html.Append("<h3>waves of channel ").Append(NumberText.Format(layer.Channel)).Append("</h3>\n<table>\n<tr><th></th><th>")
            .Append(ExpressionMathML.Render(Eq.Symbol("lambda")[n])).Append("</th><th>").Append(ExpressionMathML.Render(Eq.Symbol("weight")[n]))
            .Append("</th><th>magnitude</th><th>lifetime</th><th>frequency</th><th>period</th><th>reach</th>").Append(waves.IsCausal ? "" : "<th>direction</th>").Append("</tr>\n");
        int[] shown = [.. layer.ShownWaves(waves)];
        double Reach(int wave) => waves.BlockOf(waves.ModeOf(layer.Channel, wave)) is null ? waves[layer.Channel, wave].Reach : waves.WaveReach(layer.Channel, wave);
        VariableNames names = OperatorView.Names(waves.WavesPerReadout);
        foreach (int mode in shown)
        {
            Wave wave = waves[layer.Channel, mode];
            Expression[] cells =
            [
                names[mode],
                Eq.Number(new ComplexNumber(Rounded(wave.Eigenvalue.Re), Rounded(wave.Eigenvalue.Im))),
                Eq.Number(new ComplexNumber(Rounded(wave.Weight.Re), Rounded(wave.Weight.Im))),
                .. new[] { wave.Magnitude, wave.Lifetime, wave.Frequency, wave.Period, Reach(mode) }.Select(value => Eq.Number(Rounded(value))),
            ];
            html.Append("<tr>").Append(string.Concat(cells.Select(cell => "<td>" + ExpressionMathML.Render(cell) + "</td>"))).Append(Direction(waves, waves.ModeOf(layer.Channel, mode))).Append("</tr>\n");
        }

        html.Append("</table>\n");
        Formulas(html, layer.Blocks.Select(block => block.Matrix));
        foreach ((ModeBlock block, int number) in layer.BlocksOf(waves))
        {
            html.Append("<div class=\"note\">the states of ").Append(LayerView.Components(waves, block)).Append(" mix by T_").Append(NumberText.Format(number))
                .Append(", of which an eigenvalue is given; their reach is that from the input</div>\n");
        }

        string more = waves.WavesPerReadout > shown.Length ? NumberText.Format(waves.WavesPerReadout - shown.Length) + " more waves; " : "";
        html.Append("<div class=\"note\">").Append(more)
            .Append("the furthest-reaching first; lifetime and period in steps, frequency in radians per step; rounded to 6 digits</div>\n");
        if (waves.HasSkip)
        {
            Formulas(html, [Eq.Symbol("D").Is(Eq.Number(Rounded(waves.Skip(layer.Channel))))]);
        }
    }

    private static string Direction(ModeBank waves, int mode) => waves.IsCausal ? "" : "<td>" + (waves.Timing(mode).Backward ? "backward" : "forward") + "</td>";

    private static void Terms(StringBuilder html, LayerView layer)
    {
        if (layer.Terms is not { } terms)
        {
            return;
        }

        html.Append("<div class=\"terms\">").Append(string.Join(" ", ExpressionMathML.RenderParts(terms.Equation))).Append("</div>\n");
        html.Append("<div class=\"note\">").Append(((BigRational)terms.Count).ToString()).Append(terms.Count == 1 ? " term</div>\n" : " terms</div>\n");
    }

    /// <summary>A number as tables have it.</summary>
    internal static double Rounded(double value) =>
        NumberText.TryParse(NumberText.Format(value, Digits).AsSpan(), out double rounded) ? rounded : value;

    private static void Formulas(StringBuilder html, IEnumerable<Formula> formulas, int? digits = null)
    {
        foreach (Formula formula in formulas)
        {
            html.Append("<div class=\"formula\">").Append(ExpressionMathML.Render(formula.Tree, display: true, digits)).Append("</div>\n");
        }
    }
}
