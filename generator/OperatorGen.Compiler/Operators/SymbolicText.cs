using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>The operator of a model with symbols as plain text: its numbers are formulas, so that nothing is ranked.</summary>
internal static class SymbolicText
{
    /// <summary>The part of an operator that a view shows.</summary>
    public static string Render(SymbolicOperator symbolic, OperatorView view)
    {
        var text = new StringBuilder();
        Line(text, 0, $"{symbolic.Architecture}, decoder functions expanded to order {NumberText.Format(symbolic.Order)}");
        Lines(text, 1, symbolic.Before);
        foreach (LayerView layer in LayerView.Of(symbolic, view))
        {
            Render(text, layer, view.Listed);
        }

        Lines(text, 1, symbolic.After);
        return text.ToString();
    }

    private static void Render(StringBuilder text, LayerView view, int top)
    {
        LayerOperator layer = view.Layer;
        string symbols = layer.Cell is SymbolicCell symbolic ? " in the symbols " + string.Join(", ", symbolic.Symbols) : "";
        Line(text, 0, $"{(layer.Name.Length == 0 ? "layer" : "layer " + layer.Name)}: {CountText.Of(view.Waves, "wave")}{symbols}");
        Lines(text, 1, view.Before);
        Lines(text, 2, view.Modes.SelectMany(mode => new[] { mode.Eigenvalue, mode.Weight }));
        if (view.Waves > top)
        {
            Line(text, 2, $"and {CountText.Of(view.Waves - top, "more wave")}");
        }

        Lines(text, 1, view.Decoder);
        if (view.Terms is { } terms)
        {
            Line(text, 1, $"terms, {Integer(terms.Count)} in all:");
            foreach (Expression term in ((SumExpression)terms.Equation.Right).Summands)
            {
                Line(text, 2, term is EllipsisExpression more ? $"and {Integer(more.Remaining)} more" : ExpressionText.Render(term));
            }
        }
        else
        {
            Line(text, 1, $"{layer.Decoder} has no Taylor series about 0: it stays a function of o.");
        }

        Lines(text, 1, layer.After);
    }

    private static void Lines(StringBuilder text, int depth, IEnumerable<Formula> formulas)
    {
        foreach (Formula formula in formulas)
        {
            Line(text, depth, formula.Text);
        }
    }

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');

    private static string Integer(BigInteger value) => ((BigRational)value).ToString();
}
