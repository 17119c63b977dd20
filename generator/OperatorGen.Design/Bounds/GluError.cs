using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What an expansion changes behind a gated linear unit, r_i = A_i sigma(Z_i) with sigma for the gate. With the polynomials' A~, Z~, Q and the grades above P dropped:
/// <code>
/// r~ - r = A~ (Q(Z~) - sigma(Z~)) + A~ (sigma(Z~) - sigma(Z)) + (A~ - A) sigma(Z) - dropped
/// </code>
/// Dropped is the sum of the grades P+1 to P+P^2 of A~(e) Q(Z~(e)), its grades taken as intervals. Where the whole range of r~ minus that of r is narrower, that is taken.
/// Q is exactly the polynomial that is evaluated: the doubles of its powers about the double zbar.
/// </summary>
internal sealed class GluError
{
    private readonly LayerEnclosure _exact;
    private readonly LayerExpansion _expansion;
    private readonly LinearDescription _mixing;
    private readonly Interval[] _mixed;
    private readonly Interval[][] _grades; // [grade][channel]
    private readonly Interval[][] _values; // the same of what the value is mixed of

    /// <summary>Computes the change of every output.</summary>
    /// <param name="exact">The exact layer's ranges.</param>
    /// <param name="expansion">The layer's polynomials.</param>
    /// <param name="argument">o~ of a channel.</param>
    /// <param name="mixed">A~ - A, then Z~ - Z but for the rounding of zbar.</param>
    public GluError(LayerEnclosure exact, LayerExpansion expansion, Func<int, Interval> argument, Interval[] mixed)
    {
        _exact = exact;
        _expansion = expansion;
        _mixing = exact.Layer.Mixing!;
        _mixed = mixed;
        _grades = Grades(expansion.Readouts, argument, expansion.Order);
        _values = ReferenceEquals(expansion.Values, expansion.Readouts) ? _grades : Grades(expansion.Values, argument, expansion.Order);
        Decoded = [.. Enumerable.Range(0, exact.Layer.OutputWidth).Select(Output)];
    }

    /// <summary>The change of the decoded outputs, [output].</summary>
    public Interval[] Decoded { get; }

    private static Interval[][] Grades(IReadOnlyList<DecoderPolynomial> polynomials, Func<int, Interval> argument, int order)
    {
        Interval[][] channels = [.. polynomials.Select((p, c) => GradedEnclosure.Grades(p, argument(c), order))];
        return [.. Enumerable.Range(0, order + 1).Select(j => (Interval[])[.. channels.Select(f => f[j])])];
    }

    private Interval Output(int i)
    {
        int gateRow = _exact.Layer.OutputWidth + i;
        double centre = _expansion.GateCentre(i);
        Interval[] a = [.. _values.Select(grade => IntervalMaps.Dot(_mixing.Row(i), grade))];
        Interval[] z = [.. _grades.Select(grade => IntervalMaps.Dot(_mixing.Row(gateRow), grade))];
        Interval rounding = centre - (z[0] + _mixing.Bias(gateRow));
        a[0] += _mixing.Bias(i);
        z[0] = 0;

        Interval exactA = _exact.Mixed[i];
        Interval exactZ = _exact.Mixed[gateRow];
        Interval changeA = _mixed[i];
        Interval changeZ = _mixed[gateRow] + rounding;
        Interval truncatedA = LayerError.Narrower(exactA + changeA, GradedEnclosure.Sum(a, 0, a.Length));
        Interval truncatedZ = LayerError.Narrower(exactZ + changeZ, centre + GradedEnclosure.Sum(z, 1, z.Length));

        DecoderFunction sigma = _exact.Layer.GateFunction!;
        var q = new DecoderPolynomial(sigma, ExpansionKind.Taylor, PolynomialBasis.Powers(centre, _expansion.Order), _expansion.GatePowers(i).ToArray());
        Interval[] product = GradedEnclosure.Multiply(a, GradedEnclosure.Compose(_expansion.GatePowers(i), z));
        Interval dropped = GradedEnclosure.Sum(product, _expansion.Order + 1, product.Length);
        Interval kept = GradedEnclosure.Sum(product, 0, _expansion.Order);
        Interval gate = LayerError.PlusMinus(ApproximationError.Bound(q, truncatedZ)) + FunctionRange.Change(sigma, exactZ, changeZ);
        return LayerError.Narrower((truncatedA * gate) + (changeA * FunctionRange.Value(sigma, exactZ)) - dropped, kept - _exact.Decoded[i]);
    }
}
