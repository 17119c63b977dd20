using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>A norm of every time step.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be written over x.</param>
/// <param name="Table">Its constants.</param>
public abstract record NormStep(string Heading, PlanView Source, PlanView Target, TableHandle Table) : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Reads => [Source];

    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Writes => [Target];

    /// <inheritdoc/>
    public override IReadOnlyList<SlotUse> Slots => [];

    /// <inheritdoc/>
    public override bool WorksInPlace => true;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [PlanClaim.SameWidth(Source, Target)];
}
