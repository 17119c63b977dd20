using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Checks a plan from the outside, knowing nothing of how it was made: every index exists, every shape agrees, nothing overlaps, and what is
/// read is the value that was meant. Steps are known by what they say of themselves. Generated code has no bounds checks in its inner loops;
/// this is why it needs none.
/// </summary>
public static class PlanVerifier
{
    /// <summary>The first flaw of a plan, as a sentence; null when there is none.</summary>
    public static string? Verify(EvaluationPlan plan)
    {
        // Claims are made one at a time: each may rely on those before it.
        foreach (PlanClaim claim in PlanLayout.Claims(plan).Concat(Frame(plan)).Concat(StepClaims.Of(plan)).Concat(Parts(plan)))
        {
            if (!claim.Holds)
            {
                return "it does not hold that " + claim.Sentence;
            }
        }

        return null;
    }

    private static IEnumerable<PlanClaim> Frame(EvaluationPlan plan)
    {
        yield return new(plan.Steps.Any(step => step is PoolStep or KeepStep) == plan.Pooled, "a pooled plan pools, and no other does");
        EquatableArray<PlanStep> last = plan.Pooled ? plan.HeadSteps : plan.Steps;
        yield return new(last.Count > 0 && last[last.Count - 1] is StoreOutputStep, "the last step stores the output");
    }

    private static IEnumerable<PlanClaim> Parts(EvaluationPlan plan)
    {
        var steps = new HashSet<PlanStep>(plan.Steps.Concat(plan.HeadSteps));
        yield return new(plan.Parts.Steps.All(steps.Contains), "the parts of the model are steps of the plan");
    }
}
