namespace OperatorGen.Symbolics;

/// <summary>The lengths of sequences for which a model has a meaning.</summary>
/// <param name="Steps">The number of time steps.</param>
/// <param name="Exact">True where no other length has a meaning, false where shorter sequences have one too.</param>
public sealed record SequenceLength(int Steps, bool Exact)
{
    /// <summary>Whether a whole sequence may have a length.</summary>
    /// <param name="steps">The number of time steps.</param>
    public bool Allows(long steps) => Exact ? steps == Steps : steps <= Steps;

    /// <summary>The length that a model has a meaning for and that is nearest to one that is wanted.</summary>
    /// <param name="wanted">The number of time steps.</param>
    public int Nearest(int wanted) => Exact ? Steps : System.Math.Min(Steps, wanted);

    /// <inheritdoc/>
    public override string ToString() => (Exact ? "exactly " : "at most ") + NumberText.Format(Steps) + (Steps == 1 ? " time step" : " time steps");
}
