using System.Collections.Generic;

namespace OperatorGen.Compiler.Plans;

/// <summary>y = factor x + summand, channel by channel: a BatchNorm.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be written over x.</param>
/// <param name="Table">Two rows: factor and summand, 0 on padding.</param>
public sealed record AffineStep(string Heading, PlanView Source, PlanView Target, TableHandle Table) : NormStep(Heading, Source, Target, Table)
{
    /// <inheritdoc/>
    public override IReadOnlyList<TableUse> Tables => [new(Table, 2, Source.Width)];

    /// <inheritdoc/>
    public override long Operations => 2L * Source.Width;

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = affine({Source}; {plan[Table].Name})";
}
