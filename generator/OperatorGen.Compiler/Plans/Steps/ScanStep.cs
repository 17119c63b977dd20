using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Modes of one channel each: s_t = lambda s_{t-1} + b v_t, o_t[r] = D_r v_t + sum_k Re(w_rk s_t[k]), per channel.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Targets">o, one part per readout of a channel, side by side in a buffer that is not v's.</param>
/// <param name="Modes">K.</param>
/// <param name="Complex">Whether the state is complex.</param>
/// <param name="Transition">Table of lambda: per mode one row, or two (re, im).</param>
/// <param name="Input">Table of b: as lambda; null: b is 1.</param>
/// <param name="Weight">Table of w: per mode one row, or two (re, im), of as many parts as there are readouts.</param>
/// <param name="Skip">Table of D, one row of as many parts; null: D is 0.</param>
/// <param name="Slot">The state slot: per mode one row, or two (re, im).</param>
public sealed record ScanStep(
    string Heading,
    PlanView Source,
    EquatableArray<PlanView> Targets,
    int Modes,
    bool Complex,
    TableHandle Transition,
    TableHandle? Input,
    TableHandle Weight,
    TableHandle? Skip,
    SlotHandle Slot) : PlanStep(Heading)
{
    /// <summary>When a mode sees which sample: the direction of time, and whether a readout has the state before its own sample.</summary>
    public ModeTiming Timing { get; init; }

    /// <summary>Readouts per channel.</summary>
    public int Readouts => Targets.Count;

    private int Rows => Modes * (Complex ? 2 : 1);

    private IReadOnlyList<int> Widths => [.. Targets.Select(target => target.Width)];

    /// <inheritdoc/>
    public override StepUses Uses => new([Source], Targets)
    {
        Tables = [new(Transition, Rows, Source.Width), .. TableUse.Optional(Input, Rows, Source.Width), new(Weight, Rows, Widths), .. TableUse.Optional(Skip, 1, Widths)],
        Slots = [new(Slot, Rows, Source.Width)],
        Operations = (((Complex ? 8L + (4 * Readouts) : 2L + (2 * Readouts)) + (Input is null ? 0 : Complex ? 3 : 1)) * Modes * Source.Width) + (Skip is null ? 0 : Readouts * Source.Width),
    };

    /// <inheritdoc/>
    public override TimeDirection? Direction => Timing.Direction();

    /// <inheritdoc/>
    public override string? StateForm => "scan";

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => PlanClaim.EqualParts(plan, Targets, Source.Width, "a scan's readouts");

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{string.Join(", ", Targets)} = scan of {Modes} {(Complex ? "complex" : "real")} modes of {Source}{Timing.Text()}; {plan[Transition].Name}{Plus(plan, Input)}, {plan[Weight].Name}{Plus(plan, Skip)}, state s{Slot.Index}";
}
