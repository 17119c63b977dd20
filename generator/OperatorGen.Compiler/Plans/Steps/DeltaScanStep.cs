using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// The delta rule: p = k_t^T S_{t-1}, S_t[k] = alpha_t S_{t-1}[k] + k_t[k] beta_t (v_t - alpha_t p), o_t = D v_t + sum_k q_t[k] S_t[k].
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Sources">v, one part per cell.</param>
/// <param name="Targets">o, one part per cell.</param>
/// <param name="Sizes">G, K and V.</param>
/// <param name="Beta">beta, one number per block.</param>
/// <param name="Gate">alpha, one number per block; null: 1.</param>
/// <param name="Key">k.</param>
/// <param name="Query">q.</param>
/// <param name="Skip">Table of D, one part per cell; null: D is 0.</param>
/// <param name="Slot">The state slot, rows [cell, key].</param>
public sealed record DeltaScanStep(
    string Heading,
    EquatableArray<PlanView> Sources,
    EquatableArray<PlanView> Targets,
    MatrixSizes Sizes,
    ScanOperand Beta,
    ScanOperand? Gate,
    ScanOperand Key,
    ScanOperand Query,
    TableHandle? Skip,
    SlotHandle Slot) : MatrixStep(Heading, Sources, Targets, Sizes, Slot)
{
    /// <inheritdoc/>
    public override StepUses Uses => new([.. Sources, .. ScanOperand.Views(Beta, Gate, Key, Query)], Targets)
    {
        OneByOne = [.. ScanOperand.Views(Beta, Gate, Key, Query)],
        Tables = [.. ScanOperand.Tables(Beta, Gate, Key, Query), .. TableUse.Optional(Skip, 1, Sizes.Parts)],
        Slots = [new(Slot, Sizes.Cells * Sizes.Keys, Sizes.Values)],
        Operations = ((Gate is null ? 6 : 7) * Sizes.Numbers) + ((Skip is null ? 2 : 4) * Sizes.Cells * Sizes.Values),
    };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        .. Sizes.Claims(plan, Sources, Targets),
        .. ScanOperand.Claims(Sizes.Cells, Beta, Gate, Key, Query),
        new(Beta.BlockWidth == 1 && (Gate?.BlockWidth ?? 1) == 1, "beta and gate are one number per cell"),
        new(Key.BlockWidth == Sizes.Keys && Query.BlockWidth == Sizes.Keys, "keys and queries have one number per key"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{string.Join(", ", Targets)} = delta rule of {string.Join(", ", Sources)}; {NumberText.Format(Sizes.Cells)} cells of {NumberText.Format(Sizes.Keys)} x {NumberText.Format(Sizes.Values)}, "
        + $"beta {Beta.Text(plan)}{(Gate is null ? "" : ", gate " + Gate.Text(plan))}, key {Key.Text(plan)}, query {Query.Text(plan)}{Plus(plan, Skip)}, state s{NumberText.Format(Slot.Index)}";
}
