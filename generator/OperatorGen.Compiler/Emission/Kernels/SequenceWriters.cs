using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>Writes rows of a chunk into the memory of the whole sequence, with their padding.</summary>
internal sealed class SaveWriter : StepWriter<SaveStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, SaveStep step)
    {
        scope.Comment(step, "for a later pass");
        SequenceRows.Copy(scope, step.Source, step.Sequence, save: true);
    }
}

/// <summary>Writes rows that an earlier pass saved into a chunk.</summary>
internal sealed class LoadWriter : StepWriter<LoadStep>
{
    /// <inheritdoc/>
    protected override void Write(StepScope scope, LoadStep step)
    {
        scope.Comment(step, "from an earlier pass");
        SequenceRows.Copy(scope, step.Target, step.Sequence, save: false);
    }
}

/// <summary>Writes copies between a chunk and the memory of whole sequences.</summary>
internal static class SequenceRows
{
    /// <summary>Writes the loop over the chunk's rows.</summary>
    public static void Copy(StepScope scope, PlanView view, SequenceView sequence, bool save)
    {
        string columns = CSharp.Int(scope.Plan.Pad(view.Width));
        string chunk = $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref {StepScope.Element(view, $"t * {CSharp.Int(scope.Stride(view))}")}, {columns})";
        string whole = $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref {scope.Row(sequence, "t")}, {columns})";
        scope.Writer.Block("for (int t = 0; t < count; t++)", () => scope.Writer.Line(save ? $"{chunk}.CopyTo({whole});" : $"{whole}.CopyTo({chunk});"));
    }
}
