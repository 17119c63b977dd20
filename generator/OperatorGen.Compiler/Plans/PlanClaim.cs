using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>What must be true of a plan, and whether it is.</summary>
/// <param name="Holds">Whether it is true.</param>
/// <param name="Sentence">The claim, to be read after "it does not hold that".</param>
public readonly record struct PlanClaim(bool Holds, string Sentence)
{
    /// <summary>Two views have the same number of channels.</summary>
    public static PlanClaim SameWidth(PlanView left, PlanView right) => SameWidth(left.Width, right.Width);

    /// <summary>Two numbers of channels are the same.</summary>
    public static PlanClaim SameWidth(int left, int right) =>
        new(left == right, $"widths {NumberText.Format(left)} and {NumberText.Format(right)} agree");

    /// <summary>Chunks begin and end where blocks of two time steps do, see <see cref="OperatorGen.Analysis.LookAhead"/>.</summary>
    public static PlanClaim WholeBlocks(EvaluationPlan plan) => new(plan.ChunkLength % 2 == 0, "chunks hold whole blocks of two steps");

    /// <summary>The parts of a vector lie in one buffer, one after another, each padded by itself.</summary>
    /// <param name="plan">The plan that the parts are of.</param>
    /// <param name="parts">The parts in order.</param>
    /// <param name="whose">Whose parts: "a linear map's outputs".</param>
    public static PlanClaim SideBySide(EvaluationPlan plan, EquatableArray<PlanView> parts, string whose)
    {
        bool holds = true;
        for (int i = 1; i < parts.Count; i++)
        {
            holds &= parts[i].Buffer == parts[i - 1].Buffer && parts[i].Column == parts[i - 1].Column + plan.Pad(parts[i - 1].Width);
        }

        return new(holds, $"the parts of {whose} follow each other in whole vectors");
    }

    /// <summary>The parts of a vector have one width and follow each other, see <see cref="SideBySide"/>.</summary>
    /// <param name="plan">The plan that the parts are of.</param>
    /// <param name="parts">The parts in order.</param>
    /// <param name="width">The width of each.</param>
    /// <param name="whose">Whose parts.</param>
    public static IEnumerable<PlanClaim> EqualParts(EvaluationPlan plan, EquatableArray<PlanView> parts, int width, string whose)
    {
        foreach (PlanView part in parts)
        {
            yield return SameWidth(part.Width, width);
        }

        yield return SideBySide(plan, parts, whose);
    }
}
