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

/// <summary>x_t = the embedding's row of token t, into a padded row.</summary>
/// <param name="Target">Where to; width = input width.</param>
/// <param name="Table">The embedding: a row per token, or transposed, a column per token, where it is the head's table too.</param>
/// <param name="Rows">The rows of the embedding: at least as many as there are tokens.</param>
/// <param name="Transposed">Whether the table has a column per token.</param>
public sealed record EmbeddingStep(PlanView Target, TableHandle Table, int Rows, bool Transposed) : PlanStep("embedding")
{
    /// <inheritdoc/>
    public override StepUses Uses => new([], [Target]) { Tables = [Transposed ? new(Table, Target.Width, Rows) { InPanels = true } : new(Table, Rows, Target.Width)] };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        new(Target.Width == plan.InputWidth && Target.Column == 0, "the rows of tokens are loaded whole"),
        new(plan.Vocabulary is int tokens && tokens > 0 && tokens <= Rows, "every token has a row in the embedding"),
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = {plan[Table].Name}[{(Transposed ? ", " : "")}token]";
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
