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
        yield return new(plan.Passes.Count > 0 && plan.Passes[0].Direction == TimeDirection.Forward, "the first pass goes forward");
        yield return new(plan.Passes.Skip(1).All(pass => !pass.Steps.Any(step => step is LoadInputStep or EmbeddingStep)), "only the first pass loads the input");
        yield return new(
            plan.Steps.All(step => step is not (LoadInputStep or EmbeddingStep) || step is EmbeddingStep == (plan.Vocabulary is not null)), "a plan takes tokens or numbers, as it says");
        yield return new(
            plan.Steps.SelectMany(step => step.Reads.Concat(step.Writes)).All(view => view.Buffer < 0 || view.Buffer >= plan.Buffers.Count || plan.Buffers[view.Buffer].HeadRows is null),
            "only the head uses buffers that have the head's rows");
        yield return new(plan.Vocabulary is null || (plan.IsCausal && !plan.Pooled), "a plan of tokens is causal and has logits for every token");
        yield return new(
            plan.Vocabulary is null || (plan.HeadSteps.Count > 0 && !plan.Steps.Any(step => step is StoreOutputStep)), "the head of a plan of tokens makes the logits");
        yield return new(
            plan.Vocabulary is null || plan.HeadSteps.All(step => step.Slots.Count == 0 && step is not ConvolutionStep), "the head of a plan of tokens needs no row but its own");
        PlanPass pass = plan.Passes[plan.Passes.Count - 1];
        yield return new(pass.Steps.Any(step => step is PoolStep or KeepStep) == plan.Pooled, "a pooled plan pools, and no other does");
        EquatableArray<PlanStep> last = plan.HeadSteps.Count > 0 ? plan.HeadSteps : pass.Steps;
        yield return new(last.Count > 0 && last[last.Count - 1] is StoreOutputStep, "the last step stores the output");
        yield return new(
            plan.Passes.Take(plan.Passes.Count - 1).All(pass => !pass.Steps.Any(step => step is StoreOutputStep or PoolStep or KeepStep)), "only the last pass makes outputs");
    }

    private static IEnumerable<PlanClaim> Parts(EvaluationPlan plan)
    {
        var steps = new HashSet<PlanStep>(plan.Steps.Concat(plan.HeadSteps));
        yield return new(plan.Parts.Steps.All(steps.Contains), "the parts of the model are steps of the plan");
    }
}
