using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes the polynomial that stands for a gate.</summary>
internal static class GateFormulas
{
    /// <summary>The gate's polynomial of one argument and what becomes of the product; nothing where the layer has no gate or no expansion.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="channel">The channel; its own gate of a gate stream, the output of the same number of a gated linear unit, else the last.</param>
    public static IEnumerable<Formula> Of(SymbolicOperator symbolic, int layer, int channel)
    {
        if (symbolic.Expansion?.Layers[layer] is not { Gates.Count: > 0 } expansion)
        {
            yield break;
        }

        int index = Argument(expansion, channel);
        DecoderPolynomial gate = expansion.Gates[index];
        double centre = Centre(expansion, index);
        string z = "z_" + NumberText.Format(index);
        string zLatex = "z_{" + NumberText.Format(index) + "}";
        string text = gate.Function.FormulaText(z);
        string latex = gate.Function.FormulaLatex(zLatex);
        Term<double>[] terms = [.. Powers(expansion, index).Select((q, k) => new Term<double>(k == 0 ? Monomial.One : Monomial.FromFactors([new Factor(0, k)]), q)).Where(term => term.Coefficient != 0)];
        string shift = centre == 0 ? z : "(" + z + (centre < 0 ? " + " : " - ") + NumberText.Format(System.Math.Abs(centre)) + ")";
        string shiftLatex = centre == 0 ? zLatex : @"\left(" + zLatex + (centre < 0 ? " + " : " - ") + LatexNotation.Number(System.Math.Abs(centre)) + @"\right)";
        var names = new VariableNames(_ => shift, _ => shiftLatex);
        yield return new Formula(
            $"{text} ~ {ExpressionText.Render(terms, names)}   ({ExpansionText.Of(gate, z)})",
            $@"{latex} \approx {ExpressionLatex.Render(terms, names)}");
        string order = NumberText.Format(expansion.Order);
        yield return new Formula(
            $"value times gate is truncated after total order {order} in the readouts",
            $@"\text{{value times gate is truncated after total order }} {order}");
    }

    /// <summary>Which gate argument is shown with a channel.</summary>
    public static int Argument(LayerExpansion expansion, int channel) => System.Math.Min(channel, expansion.Gates.Count - 1);

    /// <summary>The point about which a gate's polynomial is written.</summary>
    public static double Centre(LayerExpansion expansion, int argument) => expansion.Layer.Glu is not null ? expansion.GateCentre(argument) : 0;

    /// <summary>A gate's polynomial in powers about that point.</summary>
    public static double[] Powers(LayerExpansion expansion, int argument) => expansion.Gates[argument].Shifted(Centre(expansion, argument));
}
