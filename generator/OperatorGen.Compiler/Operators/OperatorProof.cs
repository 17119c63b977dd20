using System.Linq;
using System.Threading;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>What is proven of a model for every input of its declared range, in real arithmetic (docs/bounds.md).</summary>
/// <param name="Layers">Layer by layer; shorter than the model where the expansion's error could not be followed further.</param>
/// <param name="Outputs">Contains every output, or every score of a pooled model, of the exact model.</param>
/// <param name="Truncation">The most that the expansion changes an output or score; or why that is not known.</param>
public sealed record OperatorProof(EquatableArray<LayerProof> Layers, EquatableArray<Interval> Outputs, TruncationBound Truncation)
{
    /// <summary>Proves; null where no range is declared.</summary>
    /// <param name="description">The operator that the expansion belongs to.</param>
    /// <param name="expansion">The expansion; null: nothing is expanded, and the ranges alone are proven.</param>
    /// <param name="options">Range and length.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal static OperatorProof? Of(OperatorDescription description, OperatorExpansion? expansion, ModelOptions options, CancellationToken cancellation)
    {
        if (options is not { InputLow: { } low, InputHigh: { } high })
        {
            return null;
        }

        OperatorEnclosure enclosure = OperatorEnclosure.Of(description, InputRange.Uniform(description, low, high), options.MaxLength);
        cancellation.ThrowIfCancellationRequested();
        OperatorBounds? bounds = expansion is null ? null : OperatorBounds.Of(enclosure, expansion);
        return new OperatorProof(
            enclosure.Layers.Select((layer, i) => new LayerProof(
                layer.Readouts.ToEquatableArray(),
                bounds is not null && i < bounds.Functions.Count ? bounds.Functions[i].ToEquatableArray() : EquatableArray<Interval>.Empty)).ToEquatableArray(),
            enclosure.Outputs.ToEquatableArray(),
            bounds?.Greatest ?? new TruncationBound(null, "a decoder function has no expansion of the declared kind, so that nothing is expanded"));
    }
}

/// <summary>What is proven of one layer.</summary>
/// <param name="Readouts">Contains every readout at every step, [channel].</param>
/// <param name="Functions">Contains the change of every decoder function, polynomial minus function, [channel]; empty where it was not followed so far.</param>
public sealed record LayerProof(EquatableArray<Interval> Readouts, EquatableArray<Interval> Functions);
