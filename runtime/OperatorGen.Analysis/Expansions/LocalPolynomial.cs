using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A truncated layer rewritten in <c>x = o - point</c>: the same polynomial about another point. It stays factored,
/// <code>
/// f_c(point_c + x_c; e) = sum_k x_c^k F_ck(e)
/// </code>
/// and gives coefficients when they are asked for. About 0 the monomials in x are those of the readouts themselves.
/// </summary>
public sealed class LocalPolynomial
{
    private readonly double[][][] _powers; // [variable][power][grade]
    private readonly double[][][] _values; // the same of what a gated linear unit's value is mixed of

    private LocalPolynomial(LayerExpansion expansion, double[][][] powers, double[][][] values)
    {
        Expansion = expansion;
        _powers = powers;
        _values = values;
    }

    /// <summary>The layer's expansion.</summary>
    public LayerExpansion Expansion { get; }

    /// <summary>The number of variables: readouts, and gate arguments of a gate stream.</summary>
    public int Variables => _powers.Length;

    /// <summary>Rewrites an expansion about a point.</summary>
    /// <param name="expansion">The expansion.</param>
    /// <param name="point">The point, [channel]; where the layer has a gate stream, [channel] and the gate arguments after it.</param>
    /// <exception cref="ArgumentException">The point has another length.</exception>
    public static LocalPolynomial Of(LayerExpansion expansion, ReadOnlySpan<double> point)
    {
        DecoderPolynomial[] polynomials = expansion.Layer.Gate is null ? [.. expansion.Readouts] : [.. expansion.Readouts, .. expansion.Gates];
        if (point.Length != polynomials.Length)
        {
            throw new ArgumentException($"A point of this layer has {polynomials.Length} coordinates, but {point.Length} were given.", nameof(point));
        }

        double[][][] powers = Powers(polynomials, point, expansion.Order);
        double[][][] values = ReferenceEquals(expansion.Values, expansion.Readouts) ? powers : Powers(expansion.Values, point, expansion.Order);
        return new LocalPolynomial(expansion, powers, values);
    }

    /// <summary>The polynomial about 0, whose monomials are those of the readouts.</summary>
    /// <param name="expansion">The expansion.</param>
    public static LocalPolynomial About0(LayerExpansion expansion) =>
        Of(expansion, new double[expansion.Layer.Channels * (expansion.Layer.Gate is null ? 1 : 2)]);

    /// <summary>A linear functional of the layer's outputs.</summary>
    /// <param name="eta">The weight of each output, [output].</param>
    /// <exception cref="ArgumentException">There is not one weight per output.</exception>
    public ReadoutPolynomial For(ReadOnlySpan<double> eta)
    {
        LayerDescription layer = Expansion.Layer;
        return eta.Length != layer.OutputWidth
            ? throw new ArgumentException($"Each output of the layer has a weight: {layer.OutputWidth} are expected, not {eta.Length}.", nameof(eta))
            : layer.Glu is not null ? new GluPolynomial(Expansion, _powers, _values, eta.ToArray()) : new SeparablePolynomial(Expansion, _powers, eta.ToArray());
    }

    private static double[][][] Powers(IReadOnlyList<DecoderPolynomial> polynomials, ReadOnlySpan<double> point, int order)
    {
        var powers = new double[polynomials.Count][][];
        for (int v = 0; v < powers.Length; v++)
        {
            powers[v] = Powers(polynomials[v], point[v], order);
        }

        return powers;
    }

    /// <summary>F_k(e) of one argument: the part of every basis polynomial that multiplies x^k.</summary>
    private static double[][] Powers(DecoderPolynomial polynomial, double point, int order)
    {
        double[][] rows = polynomial.Basis.Monomials(point);
        var powers = new double[order + 1][];
        for (int k = 0; k <= order; k++)
        {
            powers[k] = new double[order + 1];
            for (int grade = k; grade <= polynomial.Order; grade++)
            {
                powers[k][grade] = polynomial.Coefficients[grade] * rows[grade][k];
            }
        }

        return powers;
    }
}
