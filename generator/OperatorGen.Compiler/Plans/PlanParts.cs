using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Which steps of a plan are which part of the model: where the operator's description finds its constants.</summary>
/// <param name="Input">The load, with the scaling; null: the model takes tokens.</param>
/// <param name="Embedding">The embedding of tokens; null: the model takes numbers.</param>
/// <param name="Encoder">The encoder; null: the model has none.</param>
/// <param name="Layers">The layers in order.</param>
/// <param name="Head">The head; null: the model has none.</param>
public sealed record PlanParts(LoadInputStep? Input, EmbeddingStep? Embedding, LinearStep? Encoder, EquatableArray<LayerSteps> Layers, LinearStep? Head)
{
    /// <summary>All steps that are named.</summary>
    public IEnumerable<PlanStep> Steps => new PlanStep?[] { Input, Embedding, Encoder, Head }
        .Concat(Layers.SelectMany(layer => layer.All))
        .OfType<PlanStep>();
}

/// <summary>The steps of a layer that have constants.</summary>
/// <param name="PreNorm">The norm before the input stage; null: none.</param>
/// <param name="Projection">The input projection; null: none.</param>
/// <param name="Convolution">The causal convolution; null: none.</param>
/// <param name="Recurrence">How generated code describes the recurrence.</param>
/// <param name="DecoderNorm">The norm of the readouts; null: none.</param>
/// <param name="Mixing">The decoder's linear map; null: none.</param>
/// <param name="FeedForward">The feed-forward part; null: none.</param>
/// <param name="PostNorm">The norm at the end; null: none.</param>
public sealed record LayerSteps(
    NormStep? PreNorm, LinearStep? Projection, ConvolutionStep? Convolution, DescriptionCall Recurrence, NormStep? DecoderNorm, LinearStep? Mixing, FeedForwardSteps? FeedForward, NormStep? PostNorm)
{
    internal IReadOnlyList<PlanStep?> All => [PreNorm, Projection, Convolution, DecoderNorm, Mixing, FeedForward?.Norm, FeedForward?.Up, FeedForward?.Down, PostNorm];
}

/// <summary>The steps of a feed-forward part that have constants.</summary>
/// <param name="Norm">The norm of its input; null: none.</param>
/// <param name="Up">The map into its channels.</param>
/// <param name="Down">The map back.</param>
public sealed record FeedForwardSteps(NormStep? Norm, LinearStep Up, LinearStep Down);
