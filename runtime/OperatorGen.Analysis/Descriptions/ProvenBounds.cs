using System.Collections.Generic;

namespace OperatorGen.Analysis;

/// <summary>What is proven of an operator for every input of a declared range, in real arithmetic (docs/bounds.md).</summary>
/// <param name="InputLow">The least scaled input.</param>
/// <param name="InputHigh">The greatest scaled input.</param>
/// <param name="OutputLow">At most every output, or score, of the exact model.</param>
/// <param name="OutputHigh">At least every output, or score, of the exact model.</param>
/// <param name="Truncation">The most that the expansion changes an output or score; null: no bound is proven.</param>
/// <param name="Reason">Why there is no bound of that; null where there is one.</param>
/// <param name="Layers">Layer by layer.</param>
public sealed record ProvenBounds(double InputLow, double InputHigh, double OutputLow, double OutputHigh, double? Truncation, string? Reason, IReadOnlyList<ProvenLayerBounds> Layers);

/// <summary>What is proven of a layer.</summary>
/// <param name="ReadoutLow">At most every readout, at every step.</param>
/// <param name="ReadoutHigh">At least every readout, at every step.</param>
/// <param name="Function">The range of polynomial less decoder function, over all channels; null where it was not followed so far.</param>
public sealed record ProvenLayerBounds(double ReadoutLow, double ReadoutHigh, (double Low, double High)? Function);
