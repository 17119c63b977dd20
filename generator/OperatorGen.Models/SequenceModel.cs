using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// A sequence model with every shape known and every default made explicit, as its formulas state it: nothing is discretised, nothing folded.
/// <code>
/// [token_t -> embedding ->] u_t -> scaling -> encoder -> layer 0 -> ... -> layer n-1 -> pooling -> head -> scores -> output function -> y
/// </code>
/// A layer is norm, projection, convolution, cells, decoder, residual, feed-forward part, norm.
/// </summary>
/// <param name="Architecture">The architecture's name in model files, for example <c>s4-example</c>.</param>
/// <param name="InputWidth">The number of input channels per time step; of a model of tokens those of an embedded token.</param>
/// <param name="Layers">The layers in order; at least one.</param>
public sealed record SequenceModel(string Architecture, int InputWidth, EquatableArray<Layer> Layers)
{
    /// <summary>The embedding of a model that takes tokens; null: the input is numbers. The embedded token is then the input that everything else speaks of.</summary>
    public TokenEmbedding? Embedding { get; init; }

    /// <summary>The numbers that a caller gives per time step: the channels of a sample, or the id of a token.</summary>
    public int SampleWidth => Embedding is null ? InputWidth : 1;

    /// <summary>What is applied to the raw input first; null: nothing.</summary>
    public InputScaling? Scaling { get; init; }

    /// <summary>The position-wise linear map into the first layer; null: the input enters as it is.</summary>
    public Linear? Encoder { get; init; }

    /// <summary>What turns the sequence into one vector, or nothing.</summary>
    public Pooling Pooling { get; init; }

    /// <summary>The linear map after the pooling; null: none.</summary>
    public Linear? Head { get; init; }

    /// <summary>The names of the outputs; empty where none were given.</summary>
    public EquatableArray<string> Labels { get; init; } = EquatableArray<string>.Empty;

    /// <summary>What the model makes of its scores before it gives them out. Whatever explains or bounds the model is about the scores.</summary>
    public OutputFunction Output { get; init; }

    /// <summary>The lengths of sequences for which the model has a meaning; null: all.</summary>
    public SequenceLength? Length { get; init; }

    /// <summary>The distributions of the decoder functions' arguments on a calibration set; null: none.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>True where only the shapes of the weights are known: the numbers come from a file at run time.</summary>
    public bool IsExternal { get; init; }

    /// <summary>True when an output depends on no later sample, so that a sequence may come sample by sample.</summary>
    public bool IsCausal => Layers.All(layer => layer.Cell.IsCausal);

    /// <summary>The number of outputs per time step, or per sequence where the model pools.</summary>
    public int OutputWidth => Head?.Outputs ?? Layers[Layers.Count - 1].OutputWidth;
}

/// <summary>The rows that tokens are exchanged for: <c>u_t = W[token_t]</c>.</summary>
/// <param name="Vocabulary">How many tokens there are: ids 0 to Vocabulary - 1. W may have more rows, which belong to no token.</param>
/// <param name="Weight">W, shape [rows, input].</param>
public sealed record TokenEmbedding(int Vocabulary, Tensor Weight)
{
    /// <summary>The rows of W.</summary>
    public int Rows => Weight.Shape[0];
}

/// <summary>The affine map of the raw input, per channel: <c>u = scale x + offset</c>.</summary>
/// <param name="Scale">Factors, shape [input].</param>
/// <param name="Offset">Summands, shape [input].</param>
public sealed record InputScaling(Tensor Scale, Tensor Offset);

/// <summary>A linear map: <c>y = W x + b</c>.</summary>
/// <param name="Inputs">The width of x.</param>
/// <param name="Outputs">The width of y.</param>
/// <param name="Weight">W, shape [outputs, inputs].</param>
/// <param name="Bias">b, shape [outputs]; null: none.</param>
public sealed record Linear(int Inputs, int Outputs, Tensor Weight, Tensor? Bias);
