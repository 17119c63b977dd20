using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The polynomials that replace the decoder functions of a whole operator, layer by layer.</summary>
public sealed partial class OperatorExpansion : IEquatable<OperatorExpansion>
{
    /// <summary>Takes the expansions of the layers.</summary>
    /// <param name="kind">How the polynomials were made.</param>
    /// <param name="order">P, the total order of every layer.</param>
    /// <param name="layers">One per layer.</param>
    public OperatorExpansion(ExpansionKind kind, int order, IReadOnlyList<LayerExpansion> layers)
    {
        Kind = kind;
        Order = order;
        Layers = layers;
    }

    /// <summary>How the polynomials were made.</summary>
    public ExpansionKind Kind { get; }

    /// <summary>P, the total order of every layer.</summary>
    public int Order { get; }

    /// <summary>Layer by layer.</summary>
    public IReadOnlyList<LayerExpansion> Layers { get; }

    /// <summary>
    /// Taylor polynomials: of every readout about one point, of every gate of a gated linear unit about what its argument is at that point, of
    /// every gate stream about 0.
    /// </summary>
    /// <param name="operators">The operator.</param>
    /// <param name="order">P.</param>
    /// <param name="centre">The point of the readouts.</param>
    /// <exception cref="InvalidOperationException">A decoder function has no Taylor series.</exception>
    public static OperatorExpansion Taylor(OperatorDescription operators, int order, double centre = 0) => new(
        ExpansionKind.Taylor,
        order,
        [.. operators.Layers.Select(layer => Taylor(layer, order, Enumerable.Repeat(centre, layer.Channels)))]);

    /// <summary>The Taylor polynomial of one layer about a point of its readouts.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="order">P.</param>
    /// <param name="point">The point, [channel].</param>
    /// <exception cref="InvalidOperationException">A decoder function has no Taylor series.</exception>
    public static LayerExpansion Taylor(LayerDescription layer, int order, IEnumerable<double> point)
    {
        DecoderPolynomial[] readouts = [.. point.Select(centre => DecoderPolynomial.Taylor(layer.Decoder, order, centre))];
        IEnumerable<double> centres = layer.Glu is not null ? LayerExpansion.Centres(layer, readouts) : Enumerable.Repeat(0.0, layer.Gates);
        return new LayerExpansion(layer, order, readouts, [.. centres.Select(centre => DecoderPolynomial.Taylor(layer.GateFunction!, order, centre))]);
    }
}
