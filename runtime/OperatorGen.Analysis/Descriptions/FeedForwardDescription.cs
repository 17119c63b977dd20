using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A position-wise map of the channels beside a residual: <c>y = x + down(function(up(norm(x))))</c>.</summary>
/// <param name="Norm">The norm of its input; null: none.</param>
/// <param name="Up">The map into its channels.</param>
/// <param name="Function">What is applied to them.</param>
/// <param name="Down">The map back.</param>
public sealed record FeedForwardDescription(NormDescription? Norm, LinearDescription Up, DecoderFunction Function, LinearDescription Down);
