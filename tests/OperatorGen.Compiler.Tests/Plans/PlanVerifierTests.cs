using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Plans;

/// <summary>The verifier accepts what the planner makes and refuses a plan with one thing wrong.</summary>
public sealed class PlanVerifierTests
{
    // Forty models of all kinds, those of every selective kind, complex gates of channels, and language models; made once, and damaged often.
    private static readonly (string Model, EvaluationPlan Plan)[] s_plans =
    [
        .. from kind in RandomLanguage.Kinds
           from element in Enum.GetValues<ElementType>()
           select (kind, Planner.Plan(RandomLanguage.Of(kind), element).Value!),
        .. from seeded in (SeededModel[])
           [
               .. Models(40),
               .. Enum.GetValues<SelectiveKind>().Select(kind => Selective(kind, new ModelShape { InnerWidth = 10 })),
               Selective(SelectiveKind.GateLoop, new ModelShape { InnerWidth = 3, Heads = 3, Modes = 1 }),
               .. Enumerable.Range(1, 12).Select(seed => RandomModels.Create(seed, new ModelShape { Cells = CellClass.LinearCde, Width = 1 + (seed % 3), Modes = 2 + seed })),
               Selective(SelectiveKind.GatedDelta, new ModelShape { InnerWidth = 34, ReadoutNorm = true, Norms = NormKind.Rms }),
           ]
           from element in Enum.GetValues<ElementType>()
           select (seeded.ToString(), Planner.Plan(seeded.Model, element).Value!),
    ];

    public static TheoryData<string> Damages => [.. PlanDamage.All.Select(damage => damage.Name)];

    [Theory]
    [InlineData(ElementType.Single)]
    [InlineData(ElementType.Double)]
    public void The_plans_of_two_hundred_random_models_verify(ElementType element)
    {
        Assert.All(Models(200), seeded =>
        {
            StageResult<EvaluationPlan> result = Planner.Plan(seeded.Model, element);
            Assert.True(result.Value is not null, $"{seeded}: {string.Join(" ", result.Faults.Select(fault => fault.Message))}");
            Assert.Null(PlanVerifier.Verify(result.Value));
        });
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_plan_is_refused_for_the_claim_that_it_breaks(string name)
    {
        PlanDamage damage = PlanDamage.All.Single(damage => damage.Name == name);
        int damaged = 0;
        foreach ((string model, EvaluationPlan plan) in s_plans)
        {
            if (damage.Break(plan) is { } broken)
            {
                damaged++;
                Assert.Matches($"^it does not hold that {damage.Claim}$", PlanVerifier.Verify(broken) ?? $"{model}, {plan.Element}: accepted");
            }
        }

        Assert.True(damaged > 0, "no plan could be damaged this way");
    }

    [Fact]
    public void A_step_uses_every_view_table_slot_and_sequence_that_it_holds()
    {
        var kinds = new HashSet<Type>();
        foreach (PlanStep step in s_plans.SelectMany(planned => planned.Plan.Steps))
        {
            kinds.Add(step.GetType());
            object[] held = [.. step.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.Name != nameof(PlanStep.Uses))
                .Select(property => property.GetValue(step))
                .SelectMany(Parts)
                .OfType<object>()
                .Where(value => value is PlanView or TableHandle or SlotHandle or SequenceView)];
            object[] used = [.. step.Reads, .. step.Writes, .. step.Saves, .. step.Loads, .. step.Tables.Select(use => (object)use.Table), .. step.Slots.Select(use => (object)use.Slot)];
            Assert.Empty(held.Except(used));
        }

        Assert.True(kinds.Count > 20, "few kinds of steps were met");
    }

    private static IEnumerable<object?> Parts(object? value) => value switch
    {
        ScalingTables scaling => [scaling.Scale, scaling.Offset],
        ScanOperand operand => [operand.View, operand.Table],
        ChannelOperand operand => [.. operand.Views, operand.Table],
        IEnumerable<PlanView> views => views,
        IEnumerable<TableHandle> tables => tables.Cast<object?>(),
        _ => [value],
    };

    private static SeededModel Selective(SelectiveKind kind, ModelShape shape) => RandomModels.Create(1, shape with { Cells = CellClass.Selective, Selective = kind });

    private static IEnumerable<SeededModel> Models(int count) => Enumerable.Range(1, count).Select(RandomModels.Create);
}
