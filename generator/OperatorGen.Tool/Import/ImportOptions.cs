using System.Collections.Generic;
using OperatorGen.Models;

namespace OperatorGen.Tool.Import;

/// <summary>What an import is told.</summary>
/// <param name="Checkpoint">The safetensors file.</param>
/// <param name="Output">The model file to write.</param>
/// <param name="Architecture">The architecture's name.</param>
/// <param name="Hyper">Hyperparameters, <c>name=value</c>.</param>
/// <param name="HyperFile">A JSON file of hyperparameters; null: none. What <paramref name="Hyper"/> says counts more.</param>
/// <param name="Prefix">What stands before upstream's names.</param>
/// <param name="Labels">The names of the outputs; empty: none.</param>
/// <param name="Scale">Factors of the raw input, one for all channels or one each; null: 1.</param>
/// <param name="Offset">Summands of the scaled input, one for all channels or one each; null: 0.</param>
/// <param name="Options">What the model file says about operator and code.</param>
internal sealed record ImportOptions(
    string Checkpoint,
    string Output,
    string Architecture,
    IReadOnlyList<string> Hyper,
    string? HyperFile,
    string Prefix,
    IReadOnlyList<string> Labels,
    double[]? Scale,
    double[]? Offset,
    ModelOptions Options)
{
    /// <summary>Whether the model file has shapes, and no numbers.</summary>
    public bool IsExternal { get; init; }
}
