using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>y = (x - mean) / sqrt(var + epsilon) * weight + bias over the channels of each time step.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be written over x.</param>
/// <param name="Table">Three rows: weight, bias, and a mask that is 1 on channels and 0 on padding.</param>
/// <param name="Epsilon">What is added to the variance.</param>
public sealed record LayerNormStep(string Heading, PlanView Source, PlanView Target, TableHandle Table, double Epsilon) : NormStep(Heading, Source, Target, Table)
{
    /// <inheritdoc/>
    public override IReadOnlyList<TableUse> Tables => [new(Table, 3, Source.Width)];

    /// <inheritdoc/>
    public override long Operations => 7L * Source.Width;

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = norm({Source}; {plan[Table].Name}, epsilon {NumberText.Format(Epsilon)})";
}
