using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>The constant recurrence: s_t = lambda s_{t-1} + v_t, o_t = D v_t + sum_k Re(w_k s_t[k]), per channel.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Target">o; not v.</param>
/// <param name="Modes">K.</param>
/// <param name="Complex">Whether the state is complex.</param>
/// <param name="Transition">Table of lambda: per mode one row, or two (re, im).</param>
/// <param name="Weight">Table of w: per mode one row, or two (re, im).</param>
/// <param name="Skip">Table of D; null: D is 0.</param>
/// <param name="Slot">The state slot: per mode one row, or two (re, im).</param>
public sealed record ScanStep(
    string Heading, PlanView Source, PlanView Target, int Modes, bool Complex, TableHandle Transition, TableHandle Weight, TableHandle? Skip, SlotHandle Slot)
    : RecurrenceStep(Heading, Source, Target)
{
    private int Rows => Modes * (Complex ? 2 : 1);

    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Reads => [Source];

    /// <inheritdoc/>
    public override IReadOnlyList<PlanView> Writes => [Target];

    /// <inheritdoc/>
    public override IReadOnlyList<TableUse> Tables =>
        [new(Transition, Rows, Source.Width), new(Weight, Rows, Source.Width), .. TableUse.Optional(Skip, 1, Source.Width)];

    /// <inheritdoc/>
    public override IReadOnlyList<SlotUse> Slots => [new(Slot, Rows, Source.Width)];

    /// <inheritdoc/>
    public override long Operations => ((Complex ? 12L : 4L) * Modes * Source.Width) + (Skip is null ? 0 : Source.Width);

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [PlanClaim.SameWidth(Source, Target)];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Target} = scan of {Modes} {(Complex ? "complex" : "real")} modes of {Source}; {plan[Transition].Name}, {plan[Weight].Name}{Plus(plan, Skip)}, state s{Slot.Index}";
}
