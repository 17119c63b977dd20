using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Proven bounds of what an expansion changes, truncated minus exact: for every input of a range, or while a condition on the readouts holds, whichever the
/// enclosure was made for. They hold for real arithmetic with the doubles of description and polynomials as constants.
/// </summary>
public sealed class OperatorBounds
{
    private OperatorBounds(OperatorEnclosure enclosure, OperatorExpansion expansion)
    {
        Enclosure = enclosure;
        Expansion = expansion;
    }

    /// <summary>The exact model's ranges.</summary>
    public OperatorEnclosure Enclosure { get; }

    /// <summary>The expansion.</summary>
    public OperatorExpansion Expansion { get; }

    /// <summary>Contains the change of every decoder function g(o), [layer][channel]; shorter than the model where <see cref="Reason"/> stopped it.</summary>
    public IReadOnlyList<IReadOnlyList<Interval>> Functions { get; private set; } = [];

    /// <summary>Contains the change of every layer's decoded outputs, before the residual, [layer][output]; as long as <see cref="Functions"/>.</summary>
    public IReadOnlyList<IReadOnlyList<Interval>> Decoded { get; private set; } = [];

    /// <summary>Contains truncated minus exact of every output of a step, or of every score where the model pools; null where none is proven.</summary>
    public IReadOnlyList<Interval>? Errors { get; private set; }

    /// <summary>Why no bound is proven; null where one is.</summary>
    public string? Reason { get; private set; }

    /// <summary>The bound of one output or score.</summary>
    /// <param name="output">The output.</param>
    public TruncationBound this[int output] => Errors is null ? TruncationBound.None(Reason!) : TruncationBound.Of(Errors[output].Magnitude);

    /// <summary>The greatest bound over all outputs or scores.</summary>
    public TruncationBound Greatest => Errors is null ? TruncationBound.None(Reason!) : TruncationBound.Of(Errors.Max(error => error.Magnitude));

    /// <summary>Bounds for the inputs that an enclosure was made for.</summary>
    /// <param name="enclosure">The exact model's ranges.</param>
    /// <param name="expansion">The expansion of the same operator.</param>
    /// <exception cref="ArgumentException">The expansion has other layers than the operator.</exception>
    public static OperatorBounds Of(OperatorEnclosure enclosure, OperatorExpansion expansion)
    {
        OperatorDescription operators = enclosure.Operator;
        if (!expansion.Layers.Select(layer => layer.Layer).SequenceEqual(operators.Layers))
        {
            throw new ArgumentException("The expansion belongs to another operator.", nameof(expansion));
        }

        var bounds = new OperatorBounds(enclosure, expansion);
        if (expansion.Layers.All(layer => layer.IsExact))
        {
            // Nothing is left out, however far readouts go.
            bounds.Functions = [.. operators.Layers.Select(layer => new Interval[layer.Channels])];
            bounds.Decoded = [.. operators.Layers.Select(layer => new Interval[layer.OutputWidth])];
            bounds.Errors = new Interval[operators.OutputWidth];
            return bounds;
        }

        var layers = new List<LayerError>();
        Interval[] input = new Interval[operators.Layers[0].Width];
        foreach (LayerEnclosure exact in enclosure.Layers)
        {
            bounds.Reason = ProofLimits.Before(exact, input);
            if (bounds.Reason is not null)
            {
                break;
            }

            LayerError error = LayerError.Of(exact, expansion.Layers[layers.Count], input, Through(exact.Layer.PreNorm, input));
            layers.Add(error);
            bounds.Reason = ProofLimits.After(exact, error);
            if (bounds.Reason is not null)
            {
                break;
            }

            input = Through(exact.Layer.PostNorm, error.Output);
        }

        bounds.Functions = [.. layers.Select(layer => layer.Functions)];
        bounds.Decoded = [.. layers.Select(layer => layer.Decoded)];
        if (bounds.Reason is null)
        {
            LayerError last = layers[layers.Count - 1];
            Interval[] errors = OutputMap.Changes(operators, last.Exact.Layer, last.Hidden, last.Input, input);
            bool finite = errors.All(error => error.IsFinite);
            bounds.Errors = finite ? errors : null;
            bounds.Reason = finite ? null : "the bound of an output is beyond the range of doubles";
        }

        return bounds;
    }

    // Only where ProofLimits has found that a change is proven.
    private static Interval[] Through(NormDescription? norm, Interval[] change) => norm is null ? change : norm.Change(change)!;
}
