using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// The recurrence of cells with keys and values and a gate per cell or key:
/// S_t[k] = a_t[k] S_{t-1}[k] + k_t[k] u_t, o_t = D v_t + sum_k q_t[k] Re(S_t[k]), u_t = v_t times a factor.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Sources">v, one part per cell.</param>
/// <param name="Targets">o, one part per cell.</param>
/// <param name="Sizes">G, K and V.</param>
/// <param name="Gate">a: one number per block, K per block, or a pair (re, im) per block where the state is complex.</param>
/// <param name="Complex">Whether the state is complex; the gate is then one per cell.</param>
/// <param name="Factor">What v is multiplied by on its way into the state, one number per block; null: 1.</param>
/// <param name="Key">k; null: 1.</param>
/// <param name="Query">q; null: 1.</param>
/// <param name="ReadsBefore">Whether the state is read before the update.</param>
/// <param name="Bonus">Table of one row, u [cell, key]: k u q v is added to a read before the update; null: nothing.</param>
/// <param name="Skip">Table of D, one part per cell; null: D is 0.</param>
/// <param name="Slot">The state slot, rows [cell, key(, re and im)].</param>
public sealed record MatrixScanStep(
    string Heading,
    EquatableArray<PlanView> Sources,
    EquatableArray<PlanView> Targets,
    MatrixSizes Sizes,
    ScanOperand Gate,
    bool Complex,
    ScanOperand? Factor,
    ScanOperand? Key,
    ScanOperand? Query,
    bool ReadsBefore,
    TableHandle? Bonus,
    TableHandle? Skip,
    SlotHandle Slot) : MatrixStep(Heading, Sources, Targets, Sizes, Slot)
{
    /// <summary>Whether each key has a gate of its own.</summary>
    public bool HasGatePerKey => !Complex && Gate.BlockWidth == Sizes.Keys && Sizes.Keys > 1;

    /// <inheritdoc/>
    public override StepUses Uses => new([.. Sources, .. ScanOperand.Views(Gate, Factor, Key, Query)], Targets)
    {
        OneByOne = [.. ScanOperand.Views(Gate, Factor, Key, Query)],
        Tables = [.. ScanOperand.Tables(Gate, Factor, Key, Query), .. TableUse.Optional(Bonus, 1, Sizes.Cells * Sizes.Keys), .. TableUse.Optional(Skip, 1, Sizes.Parts)],
        Slots = [new(Slot, Sizes.Cells * Sizes.Keys * (Complex ? 2 : 1), Sizes.Values)],
        Operations = ((Complex ? 10 : 5) * Sizes.Numbers) + ((Skip is null ? 0 : 2) * Sizes.Cells * Sizes.Values) + ((Bonus is null ? 0 : 3) * Sizes.Cells * Sizes.Keys),
    };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        .. Sizes.Claims(plan, Sources, Targets),
        .. ScanOperand.Claims(Sizes.Cells, Gate, Factor, Key, Query),
        new(Gate.BlockWidth == (Complex ? 2 : 1) || HasGatePerKey, "there is a gate per cell or per key"),
        new(Factor is null || Factor.BlockWidth == 1, "the factor of the values is one number per cell"),
        new((Key?.BlockWidth ?? Sizes.Keys) == Sizes.Keys && (Query?.BlockWidth ?? Sizes.Keys) == Sizes.Keys, "keys and queries have one number per key"),
        new(Bonus is null || (ReadsBefore && Key is not null && Query is not null), "a bonus needs a read before the update, keys and queries"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{string.Join(", ", Targets)} = matrix scan of {string.Join(", ", Sources)}; {NumberText.Format(Sizes.Cells)} cells of {NumberText.Format(Sizes.Keys)} x {NumberText.Format(Sizes.Values)}, gate {Gate.Text(plan)}"
        + $"{Part(plan, ", factor ", Factor)}{Part(plan, ", key ", Key)}{Part(plan, ", query ", Query)}{(ReadsBefore ? ", read before the update" : "")}{Plus(plan, Bonus)}{Plus(plan, Skip)}, state s{NumberText.Format(Slot.Index)}";

    private static string Part(EvaluationPlan plan, string name, ScanOperand? operand) => operand is null ? "" : name + operand.Text(plan);
}
