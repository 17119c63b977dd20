using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>A norm of the channels of each time step.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be written over x.</param>
/// <param name="Table">Its constants.</param>
/// <param name="Rows">The rows of the table.</param>
/// <param name="OperationsPerChannel">What a channel costs, in floating-point operations.</param>
public abstract record NormStep(string Heading, PlanView Source, PlanView Target, TableHandle Table, int Rows, long OperationsPerChannel) : PlanStep(Heading)
{
    /// <inheritdoc/>
    public sealed override StepUses Uses => new([Source], [Target]) { Tables = [new(Table, Rows, Source.Width)], Operations = OperationsPerChannel * Source.Width };

    /// <inheritdoc/>
    public override bool WorksInPlace => true;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [PlanClaim.SameWidth(Source, Target)];
}

/// <summary>y = (x - mean) / sqrt(var + epsilon) * weight + bias over the channels of each time step.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be written over x.</param>
/// <param name="Table">Three rows: weight, bias, and a mask that is 1 on channels and 0 on padding.</param>
/// <param name="Epsilon">What is added to the variance.</param>
public sealed record LayerNormStep(string Heading, PlanView Source, PlanView Target, TableHandle Table, double Epsilon) : NormStep(Heading, Source, Target, Table, 3, 7)
{
    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = norm({Source}; {plan[Table].Name}, epsilon {NumberText.Format(Epsilon)})";
}

/// <summary>y = factor x + summand, channel by channel: a BatchNorm in inference.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be written over x.</param>
/// <param name="Table">Two rows: factor, summand.</param>
public sealed record AffineStep(string Heading, PlanView Source, PlanView Target, TableHandle Table) : NormStep(Heading, Source, Target, Table, 2, 2)
{
    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = affine({Source}; {plan[Table].Name})";
}

/// <summary>y = x / sqrt(mean(x^2) + epsilon) * weight, the mean over each group of channels.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be written over x.</param>
/// <param name="Table">Two rows: weight, and a mask that is 1 on channels and 0 on padding.</param>
/// <param name="Epsilon">What is added to the mean square.</param>
/// <param name="GroupWidth">The channels of a group.</param>
public sealed record RmsNormStep(string Heading, PlanView Source, PlanView Target, TableHandle Table, double Epsilon, int GroupWidth) : NormStep(Heading, Source, Target, Table, 2, 4)
{
    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) => [.. base.Claims(plan), new(GroupWidth > 0 && Source.Width % GroupWidth == 0, "the groups of a norm are whole")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Target} = rms norm({Source}; {plan[Table].Name}, epsilon {NumberText.Format(Epsilon)}{(GroupWidth == Source.Width ? "" : $", groups of {NumberText.Format(GroupWidth)}")})";
}

/// <summary>y = x / max(|x|, floor) * sqrt(width) * weight.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be written over x.</param>
/// <param name="Table">Two rows: sqrt(width) weight, and a mask that is 1 on channels and 0 on padding.</param>
/// <param name="Floor">The least length that is divided by.</param>
public sealed record LengthNormStep(string Heading, PlanView Source, PlanView Target, TableHandle Table, double Floor) : NormStep(Heading, Source, Target, Table, 2, 4)
{
    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = length norm({Source}; {plan[Table].Name}, floor {NumberText.Format(Floor)})";
}
