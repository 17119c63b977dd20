using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>Modes that are driven by a vector of their own: s_t = lambda s_{t-1} + x_t, mode by mode; of complex modes the imaginary parts follow the real ones.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x: one number per mode, or the padded real parts and then the imaginary ones.</param>
/// <param name="Target">s, in the same layout; may be written over x.</param>
/// <param name="Modes">The number of modes.</param>
/// <param name="Complex">Whether the state is complex.</param>
/// <param name="Transition">Table of lambda: one row, or two (re, im).</param>
/// <param name="Slot">The state slot: one row, or two (re, im).</param>
public sealed record ModeScanStep(string Heading, PlanView Source, PlanView Target, int Modes, bool Complex, TableHandle Transition, SlotHandle Slot) : PlanStep(Heading)
{
    private int Rows => Complex ? 2 : 1;

    /// <inheritdoc/>
    public override StepUses Uses => new([Source], [Target])
    {
        Tables = [new(Transition, Rows, Modes)],
        Slots = [new(Slot, Rows, Modes)],
        Operations = (Complex ? 8L : 2L) * Modes,
    };

    /// <inheritdoc/>
    public override bool WorksInPlace => true;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        PlanClaim.SameWidth(Source, Target),
        new(Source.Width == (Complex ? plan.Pad(Modes) : 0) + Modes, "a scan of modes has a number per mode and part"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Target} = scan of {Modes} {(Complex ? "complex" : "real")} modes driven by {Source}; {plan[Transition].Name}, state s{Slot.Index}";
}

/// <summary>y = o + D v, channel by channel.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Readout">o.</param>
/// <param name="Factor">Table of D, one row.</param>
/// <param name="Target">y; may be written over o.</param>
public sealed record SkipStep(string Heading, PlanView Source, PlanView Readout, TableHandle Factor, PlanView Target) : ElementwiseStep(Heading, Target)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Source, Readout], [Target]) { Tables = [new(Factor, 1, Source.Width)], Operations = 2L * Source.Width };

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = {Readout} + {plan[Factor].Name} {Source}";
}
