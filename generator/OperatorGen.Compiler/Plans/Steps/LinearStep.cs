using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>y_t = W x_t + b.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Formula">The same in the symbols of its place, for the comment in the code: "y = W x + b".</param>
/// <param name="Sources">The parts of x, one after another in one buffer, each padded by itself.</param>
/// <param name="Targets">The parts of y, in the same way.</param>
/// <param name="Weight">Table of W transposed, one row per input, in panels of outputs.</param>
/// <param name="Bias">Table of b; null: b is 0.</param>
public sealed record LinearStep(
    string Heading, string Formula, EquatableArray<PlanView> Sources, EquatableArray<PlanView> Targets, TableHandle Weight, TableHandle? Bias) : PlanStep(Heading)
{
    /// <summary>The inputs of all parts together.</summary>
    public int Inputs => Sources.Sum(part => part.Width);

    /// <summary>The outputs of all parts together.</summary>
    public int Outputs => Targets.Sum(part => part.Width);

    /// <summary>The outputs of each part.</summary>
    public IReadOnlyList<int> Widths => [.. Targets.Select(part => part.Width)];

    /// <inheritdoc/>
    public override StepUses Uses => new(Sources, Targets)
    {
        Tables = [new(Weight, Inputs, Widths) { InPanels = true }, .. TableUse.Optional(Bias, 1, Widths)],
        Operations = 2L * Inputs * Outputs,
    };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
        [PlanClaim.SideBySide(plan, Sources, "a linear map's inputs"), PlanClaim.SideBySide(plan, Targets, "a linear map's outputs")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{string.Join(", ", Targets)} = {plan[Weight].Name} {string.Join(", ", Sources)}{Plus(plan, Bias)}";
}
