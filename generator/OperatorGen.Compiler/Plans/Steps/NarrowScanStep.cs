using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Complex modes of a few channels, two steps at a time (<see cref="LookAhead"/>), with the modes of a channel side by side in a vector: where channels would leave most lanes
/// unused. The blocks lie at even time steps, counted from where the sequence began.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Target">o; not v.</param>
/// <param name="Modes">Modes per channel.</param>
/// <param name="Inputs">Table of k0 and k1, a row each, with channels as columns.</param>
/// <param name="Table">Table of c, d, e, f, P, Q, br and bi, the rows of one channel after those of another, with modes as columns.</param>
/// <param name="Slot">The state slot: per channel Re s and Im s / sigma before the block, with modes as columns.</param>
/// <param name="Pending">The state slot of the samples of a block's first step, one row with channels as columns.</param>
public sealed record NarrowScanStep(string Heading, PlanView Source, PlanView Target, int Modes, TableHandle Inputs, TableHandle Table, SlotHandle Slot, SlotHandle Pending) : PlanStep(Heading)
{
    // A sum across the lanes of a vector is worth some five multiply-adds; a block has two, and the products with its inputs.
    private const int OfABlock = 13;

    /// <inheritdoc/>
    public override StepUses Uses => new([Source], [Target])
    {
        OneByOne = [Source],
        Tables = [new(Inputs, LookAhead.InputRows, Source.Width), new(Table, LookAhead.ModeRows * Source.Width, Modes) { RowsPerStep = LookAhead.ModeRows * Source.Width / 2.0 }],
        Slots =
        [
            new(Slot, 2 * Source.Width, Modes) { RowsWritten = Source.Width },
            new(Pending, 1, Source.Width) { RowsRead = 0.5, RowsWritten = 0.5 },
        ],
        Operations = LookAhead.MultiplyAdds(Modes) * Source.Width,
    };

    /// <inheritdoc/>
    public override TimeDirection? Direction => TimeDirection.Forward;

    /// <inheritdoc/>
    public override string? StateForm => "look-ahead of modes";

    /// <summary>Vector operations of a block of two steps, at the widest vector.</summary>
    /// <param name="channels">Channels.</param>
    /// <param name="modes">Modes per channel.</param>
    /// <param name="lanes">Lanes of the widest vector.</param>
    public static long Vectors(int channels, int modes, int lanes) => channels * ((9L * ((modes + lanes - 1) / lanes)) + OfABlock);

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [PlanClaim.SameWidth(Source, Target), PlanClaim.WholeBlocks(plan)];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Target} = scan of {NumberText.Format(Modes)} complex modes of {Source}, two steps at a time, modes side by side; {plan[Inputs].Name}, {plan[Table].Name}, state s{NumberText.Format(Slot.Index)}, s{NumberText.Format(Pending.Index)}";
}
