using System;
using System.Collections.Generic;
using System.Numerics;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// The decoder polynomial of one layer's readout, with the names of the readout's summands: what other programs are given to compute with. All
/// coefficients are exact; those that are doubles are taken at their exact values.
/// </summary>
public sealed class ChannelPolynomial
{
    private ChannelPolynomial(LayerOperator layer, int index, int channel, DecoderExpansion expansion)
    {
        Layer = layer;
        Index = index;
        Channel = channel;
        Expansion = expansion;
        (Waves, bool skip) = OperatorView.Summands(layer.Cell);
        Summands = Waves + (skip ? 1 : 0);
        Names = OperatorView.Names(Waves);
    }

    /// <summary>The layer.</summary>
    public LayerOperator Layer { get; }

    /// <summary>Its position.</summary>
    public int Index { get; }

    /// <summary>The channel; the polynomial is the same for all, the waves are not.</summary>
    public int Channel { get; }

    /// <summary>The decoder function's expansion.</summary>
    public DecoderExpansion Expansion { get; }

    /// <summary>The number of waves.</summary>
    public int Waves { get; }

    /// <summary>The number of variables: waves, and the skip where there is one.</summary>
    public int Summands { get; }

    /// <summary>The names of the variables.</summary>
    public VariableNames Names { get; }

    /// <summary>a_0 to a_P.</summary>
    public IReadOnlyList<BigRational> Coefficients => ExactTerms.Coefficients(Expansion);

    /// <summary>How the polynomial relates to the decoder function, as the operator's text says it.</summary>
    public string Origin => LayerView.Polynomial(Expansion).Text;

    /// <summary>How many terms there are.</summary>
    public BigInteger TermCount => Expansion.TermCount(Summands);

    /// <summary>The terms in canonical order, enumerated lazily.</summary>
    public IEnumerable<Term<BigRational>> Terms => ExactTerms.Of(Expansion, Summands);

    /// <summary>The coefficient as it is in the operator's text: the shortest decimal of the nearest double.</summary>
    public static string Decimal(BigRational coefficient) => NumberText.Format(coefficient.ToDouble());

    /// <summary>Why the layer that a view names, else the last one, has no polynomial in waves; null where it has one.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="view">The layer.</param>
    public static string? Obstacle(SymbolicOperator symbolic, OperatorView view)
    {
        int index = Position(symbolic, view);
        LayerOperator layer = symbolic.Layers[index];
        string name = "Layer " + NumberText.Format(index) + (layer.Name.Length == 0 ? "" : " (" + layer.Name + ")");
        if (layer.Cell is PathCell)
        {
            return name + " is selective: its operator is the path form, which is no polynomial in waves.";
        }

        return symbolic.ExpansionOf(index, 0).IsAvailable ? null : name + " has the decoder function " + layer.Decoder + ", which has no polynomial here.";
    }

    /// <summary>The polynomial of the layer that a view names, else of the last one.</summary>
    /// <param name="symbolic">The operator.</param>
    /// <param name="view">Layer and channel.</param>
    /// <exception cref="InvalidOperationException">There is an <see cref="Obstacle"/>.</exception>
    public static ChannelPolynomial Of(SymbolicOperator symbolic, OperatorView view)
    {
        if (Obstacle(symbolic, view) is { } obstacle)
        {
            throw new InvalidOperationException(obstacle);
        }

        int index = Position(symbolic, view);
        LayerOperator layer = symbolic.Layers[index];
        int channel = Math.Min(view.Channel ?? 0, layer.Cell.Channels - 1);
        return new ChannelPolynomial(layer, index, channel, symbolic.ExpansionOf(index, channel));
    }

    /// <summary>The terms, where there are at most so many.</summary>
    /// <param name="limit">The most terms.</param>
    /// <exception cref="TermLimitException">There are more.</exception>
    internal IEnumerable<Term<BigRational>> LimitedTerms(int limit) => TermCount <= limit ? Terms : throw new TermLimitException(TermCount, limit);

    private static int Position(SymbolicOperator symbolic, OperatorView view) => view.Layer ?? symbolic.Layers.Count - 1;
}
