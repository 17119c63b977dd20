using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>A random model with what made it; its text is enough to make it again.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Model">The model.</param>
public sealed record SeededModel(int Seed, ModelShape Shape, SequenceModel Model)
{
    /// <inheritdoc/>
    public override string ToString() => $"seed {Seed}: {Shape}";
}
