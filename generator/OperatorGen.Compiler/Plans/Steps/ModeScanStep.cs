using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Modes that are driven by a vector of their own: s_t = lambda s_{t-1} + x_t, mode by mode; of complex modes the imaginary parts follow the real ones.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Sources">x: one number per mode, or the real parts and then the imaginary ones, each padded by itself.</param>
/// <param name="Targets">s, in the same layout; may be written over x.</param>
/// <param name="Transition">Table of lambda: one row, or two (re, im).</param>
/// <param name="Slot">The state slot: one row, or two (re, im).</param>
public sealed record ModeScanStep(string Heading, EquatableArray<PlanView> Sources, EquatableArray<PlanView> Targets, TableHandle Transition, SlotHandle Slot) : PlanStep(Heading)
{
    /// <summary>When a mode sees which sample: the direction of time, and whether the state of a time step is that before its drive.</summary>
    public ModeTiming Timing { get; init; }

    /// <summary>The number of modes.</summary>
    public int Modes => Sources[0].Width;

    /// <summary>Whether the state is complex.</summary>
    public bool Complex => Sources.Count == 2;

    /// <inheritdoc/>
    public override StepUses Uses => new(Sources, Targets)
    {
        Tables = [new(Transition, Sources.Count, Modes)],
        Slots = [new(Slot, Sources.Count, Modes)],
        Operations = (Complex ? 8L : 2L) * Modes,
    };

    /// <inheritdoc/>
    public override bool WorksInPlace => true;

    /// <inheritdoc/>
    public override TimeDirection? Direction => Timing.Direction();

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        PlanClaim.SideBySide(plan, Sources, "a drive or state"),
        PlanClaim.SideBySide(plan, Targets, "a drive or state"),
        new(Sources.Count is 1 or 2 && Sources.Count == Targets.Count && Sources.Concat(Targets).All(part => part.Width == Modes), "a scan of modes has a number per mode and part"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{string.Join(", ", Targets)} = scan of {Modes} {(Complex ? "complex" : "real")} modes driven by {string.Join(", ", Sources)}{Timing.Text()}; {plan[Transition].Name}, state s{Slot.Index}";
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
