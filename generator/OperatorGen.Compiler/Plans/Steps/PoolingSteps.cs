using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>The running sums over time, in double, and the count.</summary>
/// <param name="Source">What is summed.</param>
public sealed record PoolStep(PlanView Source) : PlanStep("pooling")
{
    /// <inheritdoc/>
    public override bool IsOfOneSequence => true; // the sums

    /// <inheritdoc/>
    public override StepUses Uses => new([Source], []) { Operations = Source.Width };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
        [new(plan.Pad(Source.Width) == plan.SumWidth, "the pooling's sums hold the pooled channels")];

    /// <inheritdoc/>
    public override TimeDirection? Direction => TimeDirection.Forward;

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"sums += {Source}";
}

/// <summary>The mean of what was summed, into row 0 of a view.</summary>
/// <param name="Target">Where to.</param>
public sealed record MeanStep(PlanView Target) : PlanStep("pooling")
{
    /// <inheritdoc/>
    public override bool IsOfOneSequence => true; // the sums

    /// <inheritdoc/>
    public override StepUses Uses => new([], [Target]);

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [new(Target.Width <= plan.SumWidth, "the mean has the pooled channels")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = sums / count";
}

/// <summary>The chunk's last row, into the state.</summary>
/// <param name="Source">What is kept.</param>
/// <param name="Slot">The state slot of one row.</param>
public sealed record KeepStep(PlanView Source, SlotHandle Slot) : PlanStep("pooling")
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Source], []) { Slots = [new(Slot, 1, Source.Width)] };

    /// <inheritdoc/>
    public override TimeDirection? Direction => TimeDirection.Forward;

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"s{Slot.Index} = the newest of {Source}";
}

/// <summary>The row that was kept, into row 0 of a view.</summary>
/// <param name="Target">Where to.</param>
/// <param name="Slot">The state slot of one row, which a <see cref="KeepStep"/> writes.</param>
public sealed record RecallStep(PlanView Target, SlotHandle Slot) : PlanStep("pooling")
{
    /// <inheritdoc/>
    public override StepUses Uses => new([], [Target]) { Slots = [new(Slot, 1, Target.Width, ReadOnly: true)] };

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = s{Slot.Index}";
}
