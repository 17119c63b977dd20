using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <content>The expansions of all kinds.</content>
public sealed partial class OperatorExpansion
{
    /// <summary>Expands every decoder function of an operator.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="request">Kind, order and centre. The order of <see cref="ExpansionKind.Exact"/> is what the polynomials need; the request's is unused.</param>
    /// <param name="calibration">What Measure fits to, and Chebyshev's ranges.</param>
    /// <param name="ranges">Chebyshev's ranges where there is no calibration, layer by layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is not 1 to 16.</exception>
    /// <exception cref="InvalidOperationException">The expansion is not possible; the message says what is missing.</exception>
    public static OperatorExpansion Of(
        OperatorDescription operators,
        ExpansionRequest request,
        Calibration? calibration = null,
        IReadOnlyList<ArgumentRanges>? ranges = null)
    {
        if (request.Kind != ExpansionKind.Exact && request.Order is < 1 or > DecoderPolynomial.GreatestOrder)
        {
            throw new ArgumentOutOfRangeException(nameof(request), $"The order of an expansion is 1 to {DecoderPolynomial.GreatestOrder}, but {request.Order} is asked for.");
        }

        return Obstacle(operators, request.Kind, calibration, ranges) is { } obstacle
            ? throw new InvalidOperationException(obstacle)
            : request.Kind switch
            {
                ExpansionKind.Taylor => Taylor(operators, request.Order, request.Centre),
                ExpansionKind.Measure => Measure(operators, request.Order, calibration!),
                ExpansionKind.Chebyshev => Chebyshev(operators, request.Order, calibration is null ? ranges! : ArgumentRanges.Of(calibration)),
                ExpansionKind.Exact => Exact(operators),
                _ => throw new ArgumentException($"The expansion {request.Kind} is not known.", nameof(request)),
            };
    }

    /// <summary>The same expansion of a lower order: expansions of all kinds are nested. An exact expansion becomes its Taylor polynomial.</summary>
    /// <param name="order">P, 1 to the order that the expansion has.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such order.</exception>
    public OperatorExpansion WithOrder(int order)
    {
        if (order < 1 || order > Order)
        {
            throw new ArgumentOutOfRangeException(nameof(order), $"The expansion has orders 1 to {Order}, but {order} is asked for.");
        }

        DecoderPolynomial Lower(DecoderPolynomial polynomial) => polynomial.WithOrder(Math.Min(order, polynomial.Order));
        return new OperatorExpansion(
            Kind == ExpansionKind.Exact && order < Order ? ExpansionKind.Taylor : Kind,
            order,
            [.. Layers.Select(layer => new LayerExpansion(layer.Layer, order, [.. layer.Readouts.Select(Lower)], [.. layer.Gates.Select(Lower)]))]);
    }

    /// <summary>Why an expansion is not possible; null where it is.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="kind">The kind of expansion.</param>
    /// <param name="calibration">The calibration, where there is one.</param>
    /// <param name="ranges">The arguments' ranges, where they are known otherwise.</param>
    /// <returns>What is missing and what to do, a sentence without its full stop.</returns>
    public static string? Obstacle(OperatorDescription operators, ExpansionKind kind, Calibration? calibration, IReadOnlyList<ArgumentRanges>? ranges)
    {
        if (operators.Layers.FirstOrDefault(layer => layer.IsSelective) is { } selective)
        {
            return $"the layer \"{selective.Name}\" is selective, its recurrence depends on the input and has no waves";
        }

        return kind switch
        {
            ExpansionKind.Taylor => Functions(operators).FirstOrDefault(function => !function.HasTaylorSeries) is { } function
                ? $"the decoder function '{function.Name}' has no Taylor series; use chebyshev or measure"
                : null,
            ExpansionKind.Exact => Functions(operators).FirstOrDefault(function => !function.IsPolynomial) is { } function
                ? $"the decoder function '{function.Name}' is no polynomial; use taylor, chebyshev or measure"
                : Functions(operators).OfType<PolynomialFunction>().FirstOrDefault(function => function.Degree > DecoderPolynomial.GreatestOrder) is { } steep
                    ? $"the decoder function '{steep.Name}' has degree {steep.Degree}, and orders go to {DecoderPolynomial.GreatestOrder}; use taylor, chebyshev or measure"
                    : null,
            ExpansionKind.Measure => calibration is null
                ? "there is no calibration to fit to; run operatorgen calibrate on the model file"
                : Mismatch(operators, ArgumentRanges.Of(calibration), "calibration"),
            ExpansionKind.Chebyshev => (calibration is null ? ranges : ArgumentRanges.Of(calibration)) is not { } known
                ? "the ranges of the arguments are not known; run operatorgen calibrate on the model file, or declare an input range from which they follow"
                : Mismatch(operators, known, calibration is null ? "list of ranges" : "calibration") ?? Overflow(operators, known),
            _ => throw new ArgumentException($"The expansion {kind} is not known.", nameof(kind)),
        };
    }

    // A fit over a range where the function is beyond the range of a double would be of infinities.
    private static string? Overflow(OperatorDescription operators, IReadOnlyList<ArgumentRanges> ranges)
    {
        for (int i = 0; i < operators.Layers.Count; i++)
        {
            LayerDescription layer = operators.Layers[i];
            IEnumerable<(DecoderFunction Function, double Low, double High)> arguments = ranges[i].Readouts.Select(range => (layer.Decoder, range.Low, range.High)).Concat(ranges[i].Gates.Select(range => (layer.GateFunction!, range.Low, range.High)));
            foreach ((DecoderFunction function, double low, double high) in arguments)
            {
                if (IsFinite(low) && IsFinite(high) && !(IsFinite(function.Value(low)) && IsFinite(function.Value(high))))
                {
                    return $"the decoder function '{function.Name}' overflows between {NumberText.Format(low, 6)} and {NumberText.Format(high, 6)}, where arguments of the layer \"{layer.Name}\" can lie; use taylor, or narrow the input range";
                }
            }
        }

        return null;

        static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
    }

    /// <summary>Taylor polynomials about 0 of the operator's order; null where they are not possible.</summary>
    internal static OperatorExpansion? DefaultOf(OperatorDescription operators) =>
        operators.Order is >= 1 and <= DecoderPolynomial.GreatestOrder && Obstacle(operators, ExpansionKind.Taylor, null, null) is null
            ? Taylor(operators, operators.Order)
            : null;

    private static OperatorExpansion Measure(OperatorDescription operators, int order, Calibration calibration) => new(
        ExpansionKind.Measure,
        order,
        [.. operators.Layers.Select((layer, i) => new LayerExpansion(
            layer,
            order,
            [.. calibration.Layers[i].Readouts.Select(argument => DecoderPolynomial.Measure(layer.Decoder, order, argument.Measure))],
            [.. calibration.Layers[i].Gates.Select(argument => DecoderPolynomial.Measure(layer.GateFunction!, order, argument.Measure))]))]);

    private static OperatorExpansion Chebyshev(OperatorDescription operators, int order, IReadOnlyList<ArgumentRanges> ranges) => new(
        ExpansionKind.Chebyshev,
        order,
        [.. operators.Layers.Select((layer, i) => new LayerExpansion(
            layer,
            order,
            [.. ranges[i].Readouts.Select(range => DecoderPolynomial.Chebyshev(layer.Decoder, order, range.Low, range.High))],
            [.. ranges[i].Gates.Select(range => DecoderPolynomial.Chebyshev(layer.GateFunction!, order, range.Low, range.High))]))]);

    /// <summary>The decoder functions themselves; a layer's order is the degree of value times gate in the readouts.</summary>
    private static OperatorExpansion Exact(OperatorDescription operators)
    {
        LayerExpansion[] layers = [.. operators.Layers.Select(Exact)];
        return new OperatorExpansion(ExpansionKind.Exact, layers.Max(layer => layer.Order), layers);
    }

    private static LayerExpansion Exact(LayerDescription layer)
    {
        DecoderPolynomial readout = DecoderPolynomial.Exact(layer.Decoder);
        DecoderPolynomial? gate = layer.GateFunction is { } function ? DecoderPolynomial.Exact(function) : null;
        return new LayerExpansion(
            layer,
            layer.Glu is null ? readout.Order + (gate?.Order ?? 0) : DecoderPolynomial.Exact(layer.ValueFunction).Order + (gate!.Order * readout.Order),
            [.. Enumerable.Repeat(readout, layer.Channels)],
            gate is null ? [] : [.. Enumerable.Repeat(gate, layer.Gates)]);
    }

    private static IEnumerable<DecoderFunction> Functions(OperatorDescription operators) =>
        operators.Layers.SelectMany(layer => layer.GateFunction is { } gate ? new[] { layer.Decoder, gate } : [layer.Decoder]);

    private static string? Mismatch(OperatorDescription operators, IReadOnlyList<ArgumentRanges> ranges, string what)
    {
        bool fits = ranges.Count == operators.Layers.Count
            && operators.Layers.Zip(ranges, (layer, range) => range.Readouts.Count == layer.Channels && range.Gates.Count == layer.Gates).All(fit => fit);
        return fits ? null : $"the {what} has other layers, readouts or gate arguments than the operator";
    }
}
