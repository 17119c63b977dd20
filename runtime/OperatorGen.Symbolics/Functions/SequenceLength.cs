namespace OperatorGen.Symbolics;

/// <summary>The lengths of sequences for which a model has a meaning.</summary>
/// <param name="Steps">The number of time steps.</param>
/// <param name="Exact">True where no other length has a meaning, false where shorter sequences have one too.</param>
public sealed record SequenceLength(int Steps, bool Exact)
{
    /// <summary>Whether a whole sequence may have a length.</summary>
    /// <param name="steps">The number of time steps.</param>
    public bool Allows(long steps) => Exact ? steps == Steps : steps <= Steps;

    /// <inheritdoc/>
    public override string ToString() => (Exact ? "exactly " : "at most ") + NumberText.Format(Steps) + " time steps";
}
