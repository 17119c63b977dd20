using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Complex modes of one channel each, coupled by a low-rank part: <c>f_r = Re(sum_k h_rk s_{t-1}[k])</c>,
/// <c>s_t[k] = lambda_k s_{t-1}[k] - sum_r p_rk f_r + b_k v_t</c>, <c>o_t[i] = D_i v_t + sum_k Re(w_ik s_t[k])</c>, per channel.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Targets">o, one part per readout of a channel, side by side in a buffer that is not v's.</param>
/// <param name="Modes">The stored modes of a channel.</param>
/// <param name="Rank">The number of r.</param>
/// <param name="Transition">Table of lambda: per mode two rows (re, im).</param>
/// <param name="Feedback">Table of p: per mode and r two rows.</param>
/// <param name="Heard">Table of h: as p.</param>
/// <param name="Input">Table of b: as lambda.</param>
/// <param name="Weight">Table of w: as lambda, of as many parts as there are readouts.</param>
/// <param name="Skip">Table of D, one row of as many parts; null: D is 0.</param>
/// <param name="Slot">The state slot: as lambda.</param>
public sealed record LowRankScanStep(
    string Heading,
    PlanView Source,
    EquatableArray<PlanView> Targets,
    int Modes,
    int Rank,
    TableHandle Transition,
    TableHandle Feedback,
    TableHandle Heard,
    TableHandle Input,
    TableHandle Weight,
    TableHandle? Skip,
    SlotHandle Slot) : PlanStep(Heading)
{
    /// <summary>When a mode sees which sample: the direction of time, and whether a readout has the state before its own sample.</summary>
    public ModeTiming Timing { get; init; }

    /// <summary>Readouts per channel.</summary>
    public int Readouts => Targets.Count;

    private IReadOnlyList<int> Widths => [.. Targets.Select(target => target.Width)];

    /// <inheritdoc/>
    public override StepUses Uses => new([Source], Targets)
    {
        Tables =
        [
            new(Transition, 2 * Modes, Source.Width),
            new(Feedback, 2 * Modes * Rank, Source.Width),
            new(Heard, 2 * Modes * Rank, Source.Width),
            new(Input, 2 * Modes, Source.Width),
            new(Weight, 2 * Modes, Widths),
            .. TableUse.Optional(Skip, 1, Widths),
        ],
        Slots = [new(Slot, 2 * Modes, Source.Width)],
        Operations = (((11L + (8 * Rank) + (4 * Readouts)) * Modes) + (Skip is null ? 0 : Readouts)) * Source.Width,
    };

    /// <inheritdoc/>
    public override TimeDirection? Direction => Timing.Direction();

    /// <inheritdoc/>
    public override string? StateForm => "low-rank step";

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => PlanClaim.EqualParts(plan, Targets, Source.Width, "a scan's readouts");

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{string.Join(", ", Targets)} = scan of {Modes} complex modes of {Source}{Timing.Text()}, coupled by rank {Rank}; {plan[Transition].Name}, {plan[Feedback].Name}, {plan[Heard].Name}, {plan[Input].Name}, {plan[Weight].Name}{Plus(plan, Skip)}, state s{Slot.Index}";
}
