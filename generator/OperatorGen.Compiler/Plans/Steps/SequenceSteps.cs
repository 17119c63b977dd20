using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>Rows of a chunk, into the memory of the whole sequence.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">What is saved.</param>
/// <param name="Sequence">Where to.</param>
public sealed record SaveStep(string Heading, PlanView Source, SequenceView Sequence) : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Source], []) { Saves = [Sequence] };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [PlanClaim.SameWidth(Source.Width, Sequence.Width)];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Sequence} = {Source}";
}

/// <summary>Rows that an earlier pass saved, into a chunk.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Sequence">What is loaded.</param>
/// <param name="Target">Where to.</param>
public sealed record LoadStep(string Heading, SequenceView Sequence, PlanView Target) : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([], [Target]) { Loads = [Sequence] };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [PlanClaim.SameWidth(Sequence.Width, Target.Width)];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = {Sequence}";
}
