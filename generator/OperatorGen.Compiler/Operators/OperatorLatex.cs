using System.Collections.Generic;
using System.Linq;
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
        text.Append("% ").Append(symbolic.Architecture).Append(", order ").Append(NumberText.Format(symbolic.Order)).Append('\n');
        Align(text, Lines(symbolic.Before));
        foreach (LayerView layer in LayerView.Of(symbolic, view))
        {
            text.Append(("% layer " + layer.Layer.Name).TrimEnd()).Append('\n');
            Align(text, Layer(layer));
        }

        Align(text, Lines(symbolic.After));
        return text.ToString();
    }

    private static IEnumerable<string> Layer(LayerView layer)
    {
        Formula[] skip = layer.Layer.Cell is WaveCell { Waves: { HasSkip: true } waves } ? [Eq.Symbol("D").Is(Eq.Number(waves.Skip(layer.Channel)))] : [];
        Formula[] terms = layer.Terms is { Equation: var equation } ? [equation] : [];
        return
        [
            .. Lines(layer.Before),
            .. layer.Modes.Select(mode => Line(mode.Eigenvalue) + @", \quad " + ExpressionLatex.Render(mode.Weight.Tree)),
            .. layer.Blocks.SelectMany(block => Lines(block.Weights.Prepend(block.Matrix))),
            .. MeanGateRows.Latex(layer.MeanGateWaves),
            .. Lines(skip),
            .. Lines(layer.Decoder),
            .. Lines(terms),
            .. Lines(layer.Layer.After),
        ];
    }

    private static string Line(Formula formula) => ExpressionLatex.Aligned(formula.Tree);

    private static IEnumerable<string> Lines(IEnumerable<Formula> formulas) => formulas.Select(Line);

    private static void Align(StringBuilder text, IEnumerable<string> equations)
    {
        string[] lines = [.. equations.Select(equation => "  " + equation)];
        if (lines.Length > 0)
        {
            text.Append("\\begin{align*}\n").Append(string.Join(" \\\\\n", lines)).Append("\n\\end{align*}\n");
        }
    }
}
