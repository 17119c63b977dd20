using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes the polynomial that takes the place of a gate.</summary>
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
        VariableExpression z = Eq.Symbol("z_" + NumberText.Format(index));
        Expression polynomial = PolynomialExpressions.Of(Powers(expansion, index), centre == 0 ? z : z - Eq.Number(centre));
        yield return new Formula(gate.Function.Formula(z).Is(polynomial, Relation.Approximate), ExpansionText.Of(gate, z.Name));
        yield return new WordsExpression($"value times gate is truncated after total order {NumberText.Format(expansion.Order)} in the readouts");
    }

    /// <summary>Which gate argument is shown with a channel.</summary>
    public static int Argument(LayerExpansion expansion, int channel) => System.Math.Min(channel, expansion.Gates.Count - 1);

    /// <summary>The point about which a gate's polynomial is written.</summary>
    public static double Centre(LayerExpansion expansion, int argument) => expansion.Layer.Glu is not null ? expansion.GateCentre(argument) : 0;

    /// <summary>A gate's polynomial in powers about that point.</summary>
    public static double[] Powers(LayerExpansion expansion, int argument) => expansion.Gates[argument].Shifted(Centre(expansion, argument));
}
