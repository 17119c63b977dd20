using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>x_t = scale * input_t + offset, into a padded row.</summary>
/// <param name="Target">Where to; width = input width.</param>
/// <param name="Scaling">Factors and summands; null: the input as it is.</param>
public sealed record LoadInputStep(PlanView Target, ScalingTables? Scaling) : PlanStep("input")
{
    /// <inheritdoc/>
    public override StepUses Uses => new([], [Target])
    {
        Tables = Scaling is null ? [] : [new(Scaling.Scale, 1, Target.Width), new(Scaling.Offset, 1, Target.Width)],
        Operations = Scaling is null ? 0 : 2L * Target.Width,
    };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
        [new(Target.Width == plan.InputWidth && Target.Column == 0, "the input's rows are loaded whole")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Target} = {(Scaling is null ? "input" : $"{plan[Scaling.Scale].Name} input + {plan[Scaling.Offset].Name}")}";
}

/// <summary>The tables of the input's scaling.</summary>
/// <param name="Scale">Factors, one row.</param>
/// <param name="Offset">Summands, one row.</param>
public sealed record ScalingTables(TableHandle Scale, TableHandle Offset);

/// <summary>The rows without their padding, into the output.</summary>
/// <param name="Source">What is stored.</param>
public sealed record StoreOutputStep(PlanView Source) : PlanStep("output")
{
    /// <inheritdoc/>
    public override StepUses Uses => new([Source], []);

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [new(Source.Width == plan.OutputWidth, "what is stored has the output's width")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"output = {Source}";
}
