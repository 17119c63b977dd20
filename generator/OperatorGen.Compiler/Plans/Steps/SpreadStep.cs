using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Copies the blocks of a signal to the cells that have them: cell g of G has block g P / G, rounded down. Either one part per cell holds its block, or, with cells
/// as lanes, one part per number of a block holds that number of every cell. What is padding is 0.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">The signal, P blocks.</param>
/// <param name="Blocks">P.</param>
/// <param name="Cells">G.</param>
/// <param name="CellsAreLanes">Whether the parts are numbers and the lanes cells.</param>
/// <param name="Targets">The parts, side by side.</param>
public sealed record SpreadStep(string Heading, PlanView Source, int Blocks, int Cells, bool CellsAreLanes, EquatableArray<PlanView> Targets) : PlanStep(Heading)
{
    /// <summary>The numbers of a block.</summary>
    public int BlockWidth => Source.Width / Blocks;

    /// <inheritdoc/>
    public override StepUses Uses => new([Source], Targets) { OneByOne = [Source] };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        new(Source.Width % Blocks == 0 && Blocks <= Cells, "a signal has whole blocks, at most one per cell"),
        new(Targets.Count == (CellsAreLanes ? BlockWidth : Cells), "a signal is spread to as many parts as it has"),
        .. PlanClaim.EqualParts(plan, Targets, CellsAreLanes ? Cells : BlockWidth, "a spread signal"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{string.Join(", ", Targets)} = {(CellsAreLanes ? "numbers" : "blocks")} of {Source}";
}
