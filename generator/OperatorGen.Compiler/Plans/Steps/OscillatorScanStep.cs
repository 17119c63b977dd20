using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Oscillators that are driven by a number of their own: (z, x)_t = M (z, x)_{t-1} + f u_t, of which x_t is kept. M is real, so that real and imaginary parts are
/// two recurrences.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Sources">u: the real parts and then the imaginary ones, each padded by itself.</param>
/// <param name="Targets">x, in the same layout; may be written over u.</param>
/// <param name="Transition">Table of M11, M12, M21, M22, f1 and f2, a row each.</param>
/// <param name="Slot">The state slot: z (re, im), then x (re, im), a row each.</param>
public sealed record OscillatorScanStep(string Heading, EquatableArray<PlanView> Sources, EquatableArray<PlanView> Targets, TableHandle Transition, SlotHandle Slot) : PlanStep(Heading)
{
    /// <summary>Rows of <see cref="Transition"/>.</summary>
    public const int Coefficients = 6;

    /// <summary>Rows of the state.</summary>
    public const int StateRows = 4;

    /// <summary>The number of oscillators.</summary>
    public int Oscillators => Sources[0].Width;

    /// <inheritdoc/>
    public override StepUses Uses => new(Sources, Targets)
    {
        Tables = [new(Transition, Coefficients, Oscillators)],
        Slots = [new(Slot, StateRows, Oscillators)],
        Operations = 2L * 10 * Oscillators, // two rows of three products and two sums, for two parts
    };

    /// <inheritdoc/>
    public override bool WorksInPlace => true;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        PlanClaim.SideBySide(plan, Sources, "a drive or state"),
        PlanClaim.SideBySide(plan, Targets, "a drive or state"),
        new(Sources.Count == 2 && Targets.Count == 2 && Sources.Concat(Targets).All(part => part.Width == Oscillators), "a scan of oscillators has a real and an imaginary part"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{string.Join(", ", Targets)} = scan of {Oscillators} oscillators driven by {string.Join(", ", Sources)}; {plan[Transition].Name}, state s{Slot.Index}";
}
