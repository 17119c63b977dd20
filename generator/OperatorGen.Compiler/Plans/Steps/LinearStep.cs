using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>y_t = W x_t + b.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Targets">The parts of y, one after another in one buffer, each padded by itself.</param>
/// <param name="Weight">Table of W transposed, one row per input.</param>
/// <param name="Bias">Table of b; null: b is 0.</param>
public sealed record LinearStep(string Heading, PlanView Source, EquatableArray<PlanView> Targets, TableHandle Weight, TableHandle? Bias) : PlanStep(Heading)
{
    /// <summary>The outputs of all parts together.</summary>
    public int Outputs => Targets.Sum(part => part.Width);

    /// <summary>The outputs of each part.</summary>
    public IReadOnlyList<int> Widths => [.. Targets.Select(part => part.Width)];

    /// <inheritdoc/>
    public override StepUses Uses => new([Source], Targets)
    {
        Tables = [new(Weight, Source.Width, Widths), .. TableUse.Optional(Bias, 1, Widths)],
        Operations = 2L * Source.Width * Outputs,
    };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan)
    {
        for (int i = 1; i < Targets.Count; i++)
        {
            PlanView before = Targets[i - 1];
            yield return new(
                Targets[i].Buffer == before.Buffer && Targets[i].Column == before.Column + plan.Pad(before.Width),
                "the parts of a linear map's outputs follow each other in whole vectors");
        }
    }

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{string.Join(", ", Targets)} = {plan[Weight].Name} {Source}{Plus(plan, Bias)}";
}
