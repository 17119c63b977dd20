using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// The selective recurrence: s_t[k] = e^(Delta_t A[k]) s_{t-1}[k] + Delta_t B_t[k] v_t, o_t = D v_t + sum_k C_t[k] s_t[k], per channel.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Target">o; not v.</param>
/// <param name="Modes">K.</param>
/// <param name="Transition">Table of A, one row per mode.</param>
/// <param name="Delta">Delta_t, one per channel.</param>
/// <param name="B">B_t, one per mode.</param>
/// <param name="C">C_t, one per mode.</param>
/// <param name="Skip">Table of D; null: D is 0.</param>
/// <param name="Slot">The state slot, one row per mode.</param>
public sealed record SelectiveScanStep(
    string Heading, PlanView Source, PlanView Target, int Modes, TableHandle Transition, PlanView Delta, PlanView B, PlanView C, TableHandle? Skip, SlotHandle Slot)
    : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Source, Delta, B, C], [Target])
    {
        Tables = [new(Transition, Modes, Source.Width), .. TableUse.Optional(Skip, 1, Source.Width)],
        Slots = [new(Slot, Modes, Source.Width)],
        Operations = (((FunctionCost.Elementary + 6) * Modes) + 2) * Source.Width,
    };

    /// <inheritdoc/>
    public override TimeDirection? Direction => TimeDirection.Forward;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        PlanClaim.SameWidth(Source, Target),
        PlanClaim.SameWidth(Source, Delta),
        new(B.Width == Modes && C.Width == Modes, "B and C have one number per mode"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Target} = selective scan of {Modes} modes of {Source}; {plan[Transition].Name}, Delta {Delta}, B {B}, C {C}{Plus(plan, Skip)}, state s{Slot.Index}";
}
