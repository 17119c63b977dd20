using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Complex modes of one channel each, two steps at a time: what <see cref="LookAhead"/> derives. The blocks lie at even time steps, counted from where the sequence began. A first
/// step reads the state before its block and leaves its sample to the second, which moves the state on.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Target">o; not v.</param>
/// <param name="Modes">Modes per channel.</param>
/// <param name="Table">The rows of <see cref="LookAhead.Table"/>.</param>
/// <param name="Slot">The state slot: per mode Re s and Im s / sigma before the block, and then one row with the sample of a block's first step.</param>
public sealed record LookAheadScanStep(string Heading, PlanView Source, PlanView Target, int Modes, TableHandle Table, SlotHandle Slot) : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Source], [Target])
    {
        // The first step of a block reads k0, c and d, and the state; the second all but c and d, and writes the state. The sample between them is written by the one and read by the other.
        Tables = [new(Table, LookAhead.Rows(Modes), Source.Width) { RowsPerStep = (LookAhead.Rows(Modes) + 1) / 2.0 }],
        Slots = [new(Slot, SlotRows(Modes), Source.Width) { RowsRead = (2 * Modes) + 0.5, RowsWritten = Modes + 0.5 }],
        Operations = LookAhead.MultiplyAdds(Modes) * Source.Width, // half as many multiply-adds a step, of two operations each
    };

    /// <inheritdoc/>
    public override TimeDirection? Direction => TimeDirection.Forward;

    /// <inheritdoc/>
    public override string? StateForm => "look-ahead";

    /// <summary>Rows of the state.</summary>
    /// <param name="modes">Modes per channel.</param>
    public static int SlotRows(int modes) => (2 * modes) + 1;

    /// <summary>Vector operations of a block of two steps, at the widest vector.</summary>
    /// <param name="channels">Channels.</param>
    /// <param name="modes">Modes per channel.</param>
    /// <param name="lanes">Lanes of the widest vector.</param>
    public static long Vectors(int channels, int modes, int lanes) => (channels + lanes - 1) / lanes * (long)LookAhead.MultiplyAdds(modes);

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [PlanClaim.SameWidth(Source, Target), PlanClaim.WholeBlocks(plan)];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Target} = scan of {NumberText.Format(Modes)} complex modes of {Source}, two steps at a time; {plan[Table].Name}, state s{NumberText.Format(Slot.Index)}";
}
