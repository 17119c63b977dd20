using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>The sizes of cells with a state of keys by values.</summary>
/// <param name="Cells">G.</param>
/// <param name="Keys">K.</param>
/// <param name="Values">V.</param>
public readonly record struct MatrixSizes(int Cells, int Keys, int Values)
{
    /// <summary>G K V.</summary>
    public long Numbers => (long)Cells * Keys * Values;

    /// <summary>The widths of the parts of values and readouts: each cell by itself.</summary>
    public IReadOnlyList<int> Parts => [.. Enumerable.Repeat(Values, Cells)];

    /// <summary>What must hold of values and readouts: one part per cell.</summary>
    public IEnumerable<PlanClaim> Claims(EvaluationPlan plan, EquatableArray<PlanView> sources, EquatableArray<PlanView> targets)
    {
        foreach (EquatableArray<PlanView> parts in new[] { sources, targets })
        {
            yield return PlanClaim.SameWidth(parts.Count, Cells);
            foreach (PlanClaim claim in PlanClaim.EqualParts(plan, parts, Values, "a matrix scan"))
            {
                yield return claim;
            }
        }
    }
}

/// <summary>A recurrence of cells with a state of keys by values.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Sources">v, one part per cell.</param>
/// <param name="Targets">o, one part per cell.</param>
/// <param name="Sizes">G, K and V.</param>
/// <param name="Slot">The state slot, rows [cell, key(, re and im)].</param>
public abstract record MatrixStep(string Heading, EquatableArray<PlanView> Sources, EquatableArray<PlanView> Targets, MatrixSizes Sizes, SlotHandle Slot) : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override TimeDirection? Direction => TimeDirection.Forward;
}
