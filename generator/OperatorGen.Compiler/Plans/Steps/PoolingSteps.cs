using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>The running sums over time, in double, and the count.</summary>
/// <param name="Source">What is summed.</param>
public sealed record PoolStep(PlanView Source) : PlanStep("pooling")
{
    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Reads => [Source];

    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Writes => [];

    /// <inheritdoc/>
    public override IReadOnlyList<TableUse> Tables => [];

    /// <inheritdoc/>
    public override IReadOnlyList<SlotUse> Slots => [];

    /// <inheritdoc/>
    public override long Operations => Source.Width;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
        [new(plan.Pad(Source.Width) == plan.SumWidth, "the pooling's sums hold the pooled channels")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"sums += {Source}";
}

/// <summary>The mean of what was summed, into row 0 of a view.</summary>
/// <param name="Target">Where to.</param>
public sealed record MeanStep(PlanView Target) : PlanStep("pooling")
{
    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Reads => [];

    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Writes => [Target];

    /// <inheritdoc/>
    public override IReadOnlyList<TableUse> Tables => [];

    /// <inheritdoc/>
    public override IReadOnlyList<SlotUse> Slots => [];

    /// <inheritdoc/>
    public override long Operations => 0;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [new(Target.Width <= plan.SumWidth, "the mean has the pooled channels")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = sums / count";
}

/// <summary>The newest row, in double.</summary>
/// <param name="Source">What is kept.</param>
public sealed record KeepStep(PlanView Source) : PlanStep("pooling")
{
    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Reads => [Source];

    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Writes => [];

    /// <inheritdoc/>
    public override IReadOnlyList<TableUse> Tables => [];

    /// <inheritdoc/>
    public override IReadOnlyList<SlotUse> Slots => [];

    /// <inheritdoc/>
    public override long Operations => 0;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
        [new(plan.Pad(Source.Width) == plan.SumWidth, "what the pooling keeps holds the pooled channels")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"kept = the newest of {Source}";
}

/// <summary>The row that was kept, into row 0 of a view.</summary>
/// <param name="Target">Where to.</param>
public sealed record RecallStep(PlanView Target) : PlanStep("pooling")
{
    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Reads => [];

    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Writes => [Target];

    /// <inheritdoc/>
    public override IReadOnlyList<TableUse> Tables => [];

    /// <inheritdoc/>
    public override IReadOnlyList<SlotUse> Slots => [];

    /// <inheritdoc/>
    public override long Operations => 0;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [new(Target.Width <= plan.SumWidth, "the kept row has the pooled channels")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = kept";
}
