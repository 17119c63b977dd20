using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>What is proven, as the operator's description holds it.</summary>
internal static class OperatorProofs
{
    /// <summary>The bounds, over all channels and outputs; null where no range is declared.</summary>
    public static ProvenBounds? Bounds(this SymbolicOperator symbolic) => symbolic is { Proof: { } proof, Options: { InputLow: { } low, InputHigh: { } high } }
        ? new ProvenBounds(low, high, Hull(proof.Outputs).Low, Hull(proof.Outputs).High, proof.Truncation.Value, proof.Truncation.Reason, [.. proof.Layers.Select(Bounds)])
        : null;

    private static ProvenLayerBounds Bounds(LayerProof layer)
    {
        Interval readouts = Hull(layer.Readouts);
        return new ProvenLayerBounds(readouts.Low, readouts.High, layer.Functions.Count == 0 ? null : (Hull(layer.Functions).Low, Hull(layer.Functions).High));
    }

    private static Interval Hull(EquatableArray<Interval> ranges) => ranges.Aggregate((a, b) => a.Hull(b));
}
