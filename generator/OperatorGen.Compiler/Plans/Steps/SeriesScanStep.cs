using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// A state that a matrix of its time step moves on, by the terms of a series: <c>x_t = sum_k M_t^k x_{t-1} / k!</c>, from k = 0 on or from k = 1 on. x is N states and a 1 behind
/// them. A series without an end is cut where what is left out is below the unit roundoff, by the norm of M_t, and a large M_t is applied in substeps.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Matrix">M_t: the parts of its columns that have numbers, as <see cref="ColumnPattern.Parts"/> says.</param>
/// <param name="Increment">h, of which M_t is made and its norm is bounded; null: the series is not cut.</param>
/// <param name="Targets">The states of x_t; then, of more than one term, room for two terms.</param>
/// <param name="Pattern">Where M_t has numbers.</param>
/// <param name="Terms">How many terms there are after k = 0; of a series that is cut the most.</param>
/// <param name="KeepsState">Whether the series begins with k = 0.</param>
/// <param name="Norms">Table of the norms of what h_i multiplies in M_t, one row; null: the series is not cut.</param>
/// <param name="Start">Table of x before the first time step, one row.</param>
/// <param name="Slot">The state slot: x. Its 1 is 0 before the first time step.</param>
public sealed record SeriesScanStep(
    string Heading,
    EquatableArray<PlanView> Matrix,
    PlanView? Increment,
    EquatableArray<PlanView> Targets,
    ColumnPattern Pattern,
    int Terms,
    bool KeepsState,
    TableHandle? Norms,
    TableHandle Start,
    SlotHandle Slot) : PlanStep(Heading)
{
    /// <summary>N.</summary>
    public int States => Pattern.States;

    /// <inheritdoc/>
    public override StepUses Uses => new([.. Matrix, .. Increment is null ? (PlanView[])[] : [Increment]], Targets)
    {
        OneByOne = Increment is null ? [] : [Increment],
        Tables = [.. TableUse.Optional(Norms, 1, Increment?.Width ?? 0), new(Start, 1, States + 1) { RowsPerStep = 0 }],
        Slots = [new(Slot, 1, States + 1)],
        Operations = Cost,
    };

    /// <inheritdoc/>
    public override TimeDirection? Direction => TimeDirection.Forward;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        PlanClaim.SideBySide(plan, Matrix, "a series' matrix"),
        new(Matrix.Select(part => part.Width).SequenceEqual(Pattern.Parts(plan.Lanes).Select(part => part.Width)), "the parts of a series' matrix are those of its pattern"),
        .. PlanClaim.EqualParts(plan, Targets, States, "a series' states"),
        new(Targets.Count == (Terms == 1 ? 1 : 3), "a series of several terms has room for two of them"),
        new((Increment is null) == (Norms is null), "a series that is cut knows the norm of its matrix"),
        new(KeepsState || Terms == 1, "a series without its first term has one term"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Targets[0]} = series of {(Increment is null ? "" : "up to ")}{NumberText.Format(Terms)} term{(Terms == 1 ? "" : "s")} of {NumberText.Format(States)} states by {NumberText.Format(Pattern.Count)} numbers {Matrix[0]}..{Matrix[Matrix.Count - 1]}"
        + $"{(Increment is null ? "" : $", norm of {Increment}")}; {plan[Start].Name}{Plus(plan, Norms)}, state s{NumberText.Format(Slot.Index)}";

    // Two for each number of each term's matrix, one to add the term and, from the second on, one to divide it. Of a series that is cut one substep with all its terms, and its norm.
    private long Cost => Increment is null
        ? (Terms == 1 ? [Pattern] : Pattern.Powers()!.Take(Terms)).Select((power, k) => (2 * power.Count) + ((k == 0 ? 1L : 2) * power.RowCount)).Sum() - (KeepsState ? 0 : Pattern.RowCount)
        : (2 * Pattern.Count) + ((Terms - 1L) * 2 * Pattern.Behind().Count) + (2L * Terms * Pattern.RowCount) + (2L * Increment.Width);
}
