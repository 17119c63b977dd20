using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>The direction in which a pass goes through the chunks of a sequence, and a scan through the time steps of a chunk.</summary>
public enum TimeDirection
{
    /// <summary>From the first time step to the last.</summary>
    Forward,

    /// <summary>From the last time step to the first.</summary>
    Backward,
}

/// <summary>
/// One way through a sequence, chunk by chunk. A causal model needs one; a layer that runs in both directions ends a pass, has a backward pass of its own, and
/// begins another forward one.
/// </summary>
/// <param name="Direction">From the first chunk to the last, or from the last to the first.</param>
/// <param name="Steps">What is done with every chunk.</param>
public sealed record PlanPass(TimeDirection Direction, EquatableArray<PlanStep> Steps);

/// <summary>Columns of the memory of whole sequences, [time, column]: what one pass leaves to a later one.</summary>
/// <param name="Offset">The first column.</param>
/// <param name="Columns">The number of columns, a multiple of the lanes.</param>
public sealed record SequenceBuffer(int Offset, int Columns);

/// <summary>What a pass saved for a later one.</summary>
/// <param name="Buffer">The index of the sequence buffer.</param>
/// <param name="Width">How many columns carry numbers.</param>
/// <param name="Value">The number of the value that is meant, see <see cref="PlanView"/>.</param>
public sealed record SequenceView(int Buffer, int Width, int Value)
{
    /// <summary>For example <c>q0[..8)</c>.</summary>
    public override string ToString() => $"q{Buffer}[..{Width})";
}
