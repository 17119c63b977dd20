using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>What must be true of a plan, and whether it is.</summary>
/// <param name="Holds">Whether it is true.</param>
/// <param name="Sentence">The claim, to be read after "it does not hold that".</param>
public readonly record struct PlanClaim(bool Holds, string Sentence)
{
    /// <summary>Two views have the same number of channels.</summary>
    public static PlanClaim SameWidth(PlanView left, PlanView right) =>
        new(left.Width == right.Width, $"widths {NumberText.Format(left.Width)} and {NumberText.Format(right.Width)} agree");
}
