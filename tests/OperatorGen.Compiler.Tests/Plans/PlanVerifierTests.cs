using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Plans;

/// <summary>The verifier accepts what the planner makes and refuses a plan with one thing wrong.</summary>
public sealed class PlanVerifierTests
{
    private static readonly Dictionary<string, Func<EvaluationPlan, EvaluationPlan?>> s_damages = new()
    {
        ["a buffer begins inside the one before it"] = plan => Buffer(plan, plan.Buffers.Count - 1, buffer => buffer with { Offset = buffer.Offset - 1 }),
        ["a buffer's row is no whole vector"] = plan => Buffer(plan, 0, buffer => buffer with { Columns = buffer.Columns - 1 }),
        ["a buffer's rows overlap"] = plan => Buffer(plan, plan.Buffers.Count - 1, buffer => buffer with { Stride = buffer.Columns - 1 }),
        ["the state is too short"] = plan => plan with { StateLength = plan.StateLength - 1 },
        ["a state slot begins inside the one before it"] = plan => plan with { Slots = Change(plan.Slots, plan.Slots.Count - 1, slot => slot with { Offset = slot.Offset - 1 }) },
        ["a state slot has a row too few"] = plan => plan with { Slots = Change(plan.Slots, 0, slot => slot with { Rows = slot.Rows - 1 }), StateLength = plan.StateLength - plan.Slots[0].Columns },
        ["a table lacks a number"] = plan => plan with { Tables = Change(plan.Tables, 0, table => table with { Values = new TableValues(table.Values.Span[1..].ToArray()) }) },
        ["a scan reads a table that is not there"] = plan => Step<ScanStep>(plan, scan => scan with { Transition = plan.Tables.Count }),
        ["a scan's table has other rows"] = plan => Step<ScanStep>(plan, scan => scan with { Modes = scan.Modes + 1 }),
        ["a scan uses a slot that is not there"] = plan => Step<ScanStep>(plan, scan => scan with { Slot = plan.Slots.Count }),
        ["a scan writes what it reads"] = plan => Step<ScanStep>(plan, scan => scan with { Target = scan.Source }),
        ["a scan's widths differ"] = plan => Step<ScanStep>(plan, scan => scan.Target.Width > 1 ? scan with { Target = scan.Target with { Width = scan.Target.Width - 1 } } : null),
        ["a view leaves its buffer"] = plan => Step<LoadInputStep>(plan, load => load with { Target = load.Target with { Column = plan.Buffers[load.Target.Buffer].Columns } }),
        ["a view names a buffer that is not there"] = plan => Step<LoadInputStep>(plan, load => load with { Target = load.Target with { Buffer = plan.Buffers.Count } }),
        ["a view begins before its buffer"] = plan => Step<LoadInputStep>(plan, load => load with { Target = load.Target with { Column = -1 } }),
        ["the input is never loaded"] = plan => plan with { Steps = Without<LoadInputStep>(plan.Steps) },
        ["the scan is never done"] = plan => plan.Steps[1] is ScanStep ? plan with { Steps = Without<ScanStep>(plan.Steps) } : null,
        ["nothing is stored"] = plan => plan with { Steps = Without<StoreOutputStep>(plan.Steps), HeadSteps = Without<StoreOutputStep>(plan.HeadSteps) },
        ["another width is stored"] = plan => plan with { OutputWidth = plan.OutputWidth + 1 },
        ["pooling is claimed or denied"] = plan => plan with { Pooled = !plan.Pooled },
        ["the pooling's sums are too few"] = plan => plan.Pooled ? plan with { SumWidth = 0 } : null,
        ["a linear map reads fewer columns than it has weights for"] = plan => Step<LinearStep>(plan, linear => linear with { Source = linear.Source with { Width = linear.Source.Width - 1 } }),
        ["a norm's table has other rows"] = plan => Step<LayerNormStep>(plan, norm => norm with { Table = Enumerable.Range(0, plan.Tables.Count).First(i => plan.Tables[i].Rows != 3) }),
        ["a convolution has no room for its history"] = plan => Step<ConvolutionStep>(plan, convolution => convolution with { Taps = convolution.Taps + 1 }),
        ["a selective scan's B is too narrow"] = plan => Step<SelectiveScanStep>(plan, scan => scan.B.Width > 1 ? scan with { B = scan.B with { Width = scan.B.Width - 1 } } : null),
        ["a state slot is wider than its channels"] = plan => plan.Slots.Count == 1
            ? plan with { Slots = Change(plan.Slots, 0, slot => slot with { Columns = 2 * slot.Columns }), StateLength = 2 * plan.StateLength }
            : null,
        ["a norm's table is wider than its channels"] = plan => plan.Steps.OfType<LayerNormStep>().FirstOrDefault() is { } norm
            ? plan with { Tables = Change(plan.Tables, norm.Table, table => table with { Columns = 2 * table.Columns, Values = new TableValues(new double[6 * table.Columns]) }) }
            : null,
        ["the pooling's sums are too many"] = plan => plan.Pooled ? plan with { SumWidth = 4 * plan.SumWidth } : null,
        ["a step writes at a column that is not aligned"] = plan => Step<ScanStep>(plan, scan => scan with { Target = scan.Target with { Column = 1 } }),
        ["the input is loaded in another width"] = plan => Step<LoadInputStep>(plan, load => load with { Target = load.Target with { Width = load.Target.Width + 1 } }),
        ["a buffer has another's index"] = plan => Buffer(plan, 0, buffer => buffer with { Index = buffer.Index + 1 }),
        ["a chunk has no time steps"] = plan => plan with { ChunkLength = 0 },
        ["a constant is not a number"] = plan => plan with { Tables = Change(plan.Tables, 0, table => table with { Values = new TableValues([double.NaN, .. table.Values.Span[1..]]) }) },
        ["a state's axis leaves its slot"] = plan => plan.Slots[0].Axes.Count > 0
            ? plan with { Slots = Change(plan.Slots, 0, slot => slot with { Axes = Change(slot.Axes, 0, axis => axis with { Stride = slot.Rows * slot.Columns * 2, Size = 2 }) }) }
            : null,
        ["something else is stored as well"] = plan => plan.Pooled ? null : plan with { Steps = plan.Steps.Append(new StoreOutputStep(((StoreOutputStep)plan.Steps[plan.Steps.Count - 1]).Source with { Width = plan.OutputWidth + 1 })).ToEquatableArray() },
        ["a selective scan writes its Delta"] = plan => Step<SelectiveScanStep>(plan, scan => scan with { Target = scan.Delta }),
    };

    public static TheoryData<string> Damages => [.. s_damages.Keys];

    [Theory]
    [InlineData(ElementType.Single)]
    [InlineData(ElementType.Double)]
    public void ThePlansOfTwoHundredRandomModelsVerify(ElementType element)
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
    public void ADamagedPlanIsRefused(string damage)
    {
        int damaged = 0;
        foreach (SeededModel seeded in Models(40))
        {
            foreach (ElementType element in Enum.GetValues<ElementType>())
            {
                EvaluationPlan plan = Planner.Plan(seeded.Model, element).Value!;
                if (s_damages[damage](plan) is { } broken)
                {
                    damaged++;
                    Assert.True(PlanVerifier.Verify(broken) is not null, $"{seeded}, {element}: accepted although {damage}");
                }
            }
        }

        Assert.True(damaged > 0, "no plan could be damaged this way");
    }

    private static IEnumerable<SeededModel> Models(int count) => Enumerable.Range(1, count).Select(RandomModels.Create);

    private static EvaluationPlan Buffer(EvaluationPlan plan, int index, Func<PlanBuffer, PlanBuffer> change) => plan with { Buffers = Change(plan.Buffers, index, change) };

    private static EquatableArray<T> Change<T>(EquatableArray<T> items, int index, Func<T, T> change)
        where T : IEquatable<T> =>
        items.Select((item, i) => i == index ? change(item) : item).ToEquatableArray();

    private static EquatableArray<PlanStep> Without<T>(EquatableArray<PlanStep> steps) => steps.Where(step => step is not T).ToEquatableArray();

    /// <summary>The plan with its first step of a kind changed; null where it has none, or the change makes none.</summary>
    private static EvaluationPlan? Step<T>(EvaluationPlan plan, Func<T, T?> change)
        where T : PlanStep
    {
        int index = plan.Steps.ToList().FindIndex(step => step is T);
        return index >= 0 && change((T)plan.Steps[index]) is { } changed ? plan with { Steps = Change(plan.Steps, index, _ => changed) } : null;
    }
}
