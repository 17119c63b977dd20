using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>v'_t = bias + sum_j weight_j v_{t-taps+1+j}, channel by channel.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v, in a buffer with <paramref name="Taps"/> leading rows.</param>
/// <param name="Target">v'.</param>
/// <param name="Taps">The number of taps.</param>
/// <param name="Weight">Table with one row per tap, oldest first.</param>
/// <param name="Bias">Table of one row; null: the bias is 0.</param>
/// <param name="Slot">The state slot that holds the last <paramref name="Taps"/> inputs.</param>
public sealed record ConvolutionStep(string Heading, PlanView Source, PlanView Target, int Taps, TableHandle Weight, TableHandle? Bias, SlotHandle Slot)
    : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Source], [Target])
    {
        Tables = [new(Weight, Taps, Source.Width), .. TableUse.Optional(Bias, 1, Source.Width)],
        Slots = [new(Slot, Taps, Source.Width)],
        Operations = 2L * Taps * Source.Width,
    };

    /// <inheritdoc/>
    public override TimeDirection? Direction => TimeDirection.Forward;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        PlanClaim.SameWidth(Source, Target),
        new(plan.Buffers[Source.Buffer].LeadingRows == Taps, "a convolution's source has room for its history"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Target} = {Taps} taps of {Source}; {plan[Weight].Name}{Plus(plan, Bias)}, history s{Slot.Index}";
}
