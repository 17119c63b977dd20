using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What an expansion changes inside one layer, truncated minus exact, as intervals. With x~ the truncated model's input, e its distance from x:
/// <code>
/// e_v = input stage(x~) - input stage(x),   e_o = K * e_v
/// f_c(o~) - g(o) = [P(o~) - g(o~)] + [g(o~) - g(o)]
/// </code>
/// the first by the proven error of the polynomial on the range of o~ = o + e_o, the second by the mean value theorem.
/// </summary>
internal sealed class LayerError
{
    private readonly LayerEnclosure _exact;
    private readonly LayerExpansion _expansion;

    private LayerError(LayerEnclosure exact, LayerExpansion expansion, Interval[] input, Interval[] normed)
    {
        _exact = exact;
        _expansion = expansion;
        Input = input;
        LayerDescription layer = exact.Layer;
        (Interval[] v, Interval[] z) = InputEnclosure.Change(layer.Input, LayerEnclosure.Normed(layer, [.. exact.Input]), normed);
        var images = new BankEnclosure(layer.Bank!, null, v, exact.MaxLength);
        Readouts = [.. Enumerable.Range(0, layer.Channels).Select(images.Of)];
        Functions = [.. Readouts.Select((_, c) => Function(c))];
        Hidden = layer.Gate is null ? Functions : [.. Functions.Select((_, c) => Gated(c, z[c]))];
        Interval[] mixed = IntervalMaps.MixedChange(layer, Readouts, Hidden);
        Decoded = layer.Glu is not null ? new GluError(exact, expansion, Argument, mixed).Decoded : mixed;
        Output = layer.Residual ? IntervalMaps.Sum(Decoded, input) : Decoded;
    }

    /// <summary>e, the change of x, [width].</summary>
    public Interval[] Input { get; }

    /// <summary>The exact layer.</summary>
    public LayerEnclosure Exact => _exact;

    /// <summary>The change of o, [channel].</summary>
    public Interval[] Readouts { get; }

    /// <summary>The change of g(o), [channel].</summary>
    public Interval[] Functions { get; }

    /// <summary>The change of what the mixing sees, [channel].</summary>
    public Interval[] Hidden { get; }

    /// <summary>The change of the decoded outputs, [output].</summary>
    public Interval[] Decoded { get; }

    /// <summary>The change of y before a norm, [output].</summary>
    public Interval[] Output { get; }

    /// <summary>The error of a layer.</summary>
    /// <param name="exact">The exact layer's ranges.</param>
    /// <param name="expansion">The layer's polynomials.</param>
    /// <param name="input">The change of x.</param>
    /// <param name="normed">What the norm before the layer makes of it.</param>
    public static LayerError Of(LayerEnclosure exact, LayerExpansion expansion, Interval[] input, Interval[] normed) => new(exact, expansion, input, normed);

    // o~ of a channel.
    private Interval Argument(int channel) => _exact.Readouts[channel] + Readouts[channel];

    private Interval Function(int channel) =>
        PlusMinus(ApproximationError.Bound(_expansion.Readouts[channel], Argument(channel)))
        + FunctionRange.Change(_exact.Layer.Decoder, _exact.Readouts[channel], Readouts[channel]);

    /// <summary>
    /// Of a gate stream: f q - g gamma - dropped = f (q - gamma) + (f - g) gamma - dropped, dropped = the sum of f_j q_k with j + k above P.
    /// </summary>
    private Interval Gated(int channel, Interval change)
    {
        Interval z = _exact.Gates[channel];
        DecoderFunction gamma = _exact.Layer.Gate!;
        DecoderPolynomial q = _expansion.Gates[channel];
        Interval f = _expansion.Readouts[channel].Enclose(Argument(channel));
        Interval gate = PlusMinus(ApproximationError.Bound(q, z + change)) + FunctionRange.Change(gamma, z, change);
        Interval[] product = GradedEnclosure.Multiply(
            GradedEnclosure.Grades(_expansion.Readouts[channel], Argument(channel), _expansion.Order),
            GradedEnclosure.Grades(q, z + change, _expansion.Order));
        Interval dropped = GradedEnclosure.Sum(product, _expansion.Order + 1, 2 * _expansion.Order);
        Interval kept = GradedEnclosure.Sum(product, 0, _expansion.Order);
        return Narrower((f * gate) + (Functions[channel] * FunctionRange.Value(gamma, z)) - dropped, kept - _exact.Hidden[channel]);
    }

    /// <summary>[-e, e].</summary>
    internal static Interval PlusMinus(double e) => new(-e, e);

    /// <summary>What two intervals that contain the same number have in common.</summary>
    internal static Interval Narrower(Interval a, Interval b) => a.Intersection(b) ?? a;
}
