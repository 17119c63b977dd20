using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Parts that are padded one by one, copied side by side without the padding between them.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Sources">The parts.</param>
/// <param name="Target">Where to, in another buffer.</param>
public sealed record PackStep(string Heading, EquatableArray<PlanView> Sources, PlanView Target) : PlanStep(Heading)
{
    /// <inheritdoc/>
    public override StepUses Uses => new(Sources, [Target]) { OneByOne = [.. Sources] };

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
        [new(Sources.Sum(source => source.Width) == Target.Width, "what is packed has the width of its parts together")];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) => $"{Target} = {string.Join(", ", Sources)}, side by side";
}
