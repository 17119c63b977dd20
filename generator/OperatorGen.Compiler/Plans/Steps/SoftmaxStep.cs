using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>y_i = e^(x_i - m) / sum_j e^(x_j - m), m = max x, or its logarithm (x_i - m) - log sum_j e^(x_j - m), row by row.</summary>
/// <param name="Source">x.</param>
/// <param name="Target">y; not x.</param>
/// <param name="Log">Whether it is the logarithm.</param>
public sealed record SoftmaxStep(PlanView Source, PlanView Target, bool Log) : PlanStep("output")
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Source], [Target]) { Operations = (FunctionCost.Elementary + 4) * Source.Width };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [PlanClaim.SameWidth(Source, Target)];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = {(Log ? "log-softmax" : "softmax")}({Source})";
}
