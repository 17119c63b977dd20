using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Plans;

/// <summary>The verifier accepts what the planner makes and refuses a plan with one thing wrong.</summary>
public sealed class PlanVerifierTests
{
    public static TheoryData<string> Damages => [.. PlanDamage.All.Select(damage => damage.Name)];

    [Theory]
    [InlineData(ElementType.Single)]
    [InlineData(ElementType.Double)]
    public void ThePlansOfTwoHundredRandomModelsVerify(ElementType element)
    {
        SeededModel[] models = [.. Supported(200)];
        Assert.Equal(200, models.Length);
        Assert.All(models, seeded =>
        {
            StageResult<EvaluationPlan> result = Planner.Plan(seeded.Model, element);
            Assert.True(result.Value is not null, $"{seeded}: {string.Join(" ", result.Faults.Select(fault => fault.Message))}");
            Assert.Null(PlanVerifier.Verify(result.Value));
        });
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void ADamagedPlanIsRefusedForTheClaimThatItBreaks(string name)
    {
        PlanDamage damage = PlanDamage.All.Single(damage => damage.Name == name);
        int damaged = 0;
        foreach (SeededModel seeded in Supported(40))
        {
            foreach (ElementType element in Enum.GetValues<ElementType>())
            {
                if (damage.Break(Planner.Plan(seeded.Model, element).Value!) is { } broken)
                {
                    damaged++;
                    Assert.Matches($"^it does not hold that {damage.Claim}$", PlanVerifier.Verify(broken) ?? $"{seeded}, {element}: accepted");
                }
            }
        }

        Assert.True(damaged > 0, "no plan could be damaged this way");
    }

    private static IEnumerable<SeededModel> Supported(int count) =>
        Enumerable.Range(1, 10_000).Select(RandomModels.Create).Where(seeded => GeneratedKinds.Supports(seeded.Model)).Take(count);
}
