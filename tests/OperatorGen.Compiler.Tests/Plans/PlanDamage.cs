using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Tests.Plans;

/// <summary>One thing that can be wrong with a plan.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Claim">The verifier's claim that it breaks, as a pattern.</param>
/// <param name="Break">Breaks a plan; null where the plan has no such part.</param>
internal sealed partial record PlanDamage(string Name, string Claim, Func<EvaluationPlan, EvaluationPlan?> Break)
{
    private const string Table = @"table \d+ has \d+ rows of \d+( and \d+)* channels";
    private const string Slot = @"state slot \d+ has \d+ rows of \d+ channels";
    private const string Inside = @"a view lies inside buffer \d+";
    private const string Written = @"buffer \d+ is written before it is read";
    private const string Held = @"buffer \d+ still holds the value that is read";
    private const string Widths = @"widths \d+ and \d+ agree";
    private const string Sequence = @"sequence buffer \d+ has rows of \d+ channels";
    private const string Sums = "the pooling's sums hold the pooled channels";

    /// <summary>A value that no plan of a test has.</summary>
    private const int NewValue = 1_000_000;

    public static IReadOnlyList<PlanDamage> All { get; } =
    [
        new("a chunk has no time steps", "a chunk has time steps", plan => plan with { ChunkLength = 0 }),
        new("a buffer has another's index", @"buffer \d+ has its own index", plan => Buffer(plan, 0, buffer => buffer with { Index = buffer.Index + 1 })),
        new("a buffer begins inside the one before it", @"buffer \d+ starts where the one before it ends", plan => Buffer(plan, plan.Buffers.Count - 1, buffer => buffer with { Offset = buffer.Offset - 1 })),
        new("a buffer's row is no whole vector", @"buffer \d+ has whole vectors in a row", plan => Buffer(plan, 0, buffer => buffer with { Columns = buffer.Columns - 1 })),
        new("a buffer's rows overlap", @"the rows of buffer \d+ do not overlap", plan => Buffer(plan, plan.Buffers.Count - 1, buffer => buffer with { Stride = buffer.Columns - 1 })),
        new("the state is too short", "the state holds all slots", plan => plan with { StateLength = plan.StateLength - 1 }),
        new("a state slot begins inside the one before it", "state slots follow each other in whole vectors", plan => LastSlot(plan, slot => slot with { Offset = slot.Offset - 1 })),
        new("a state slot has a row too many", Slot, plan => LastSlot(plan, slot => slot with { Rows = slot.Rows + 1 })),
        new("a state slot is wider than its channels", Slot, plan => LastSlot(plan, slot => slot with { Columns = 2 * slot.Columns })),
        new("a state's axis has no stride", "the axes of a state slot have a size and a stride", plan => Axis(plan, axis => axis with { Stride = 0 })),
        new("a state's axis leaves its slot", "the axes of a state slot stay inside it", plan => Axis(plan, axis => axis with { Size = plan.StateLength + 1 })),
        new("a table lacks a number", @"table \w+ is whole", plan => plan with { Tables = Change(plan.Tables, 0, table => table with { Values = new TableValues(table.Values.Span[1..].ToArray()) }) }),
        new("a constant is not a number", @"the numbers of table \w+ are finite", plan => plan with { Tables = Change(plan.Tables, 0, table => table with { Values = new TableValues([double.NaN, .. table.Values.Span[1..]]) }) }),
        new("pooling is claimed or denied", "a pooled plan pools, and no other does", plan => plan.Vocabulary is null ? plan with { Pooled = !plan.Pooled } : null),
        new("nothing is stored", "the last step stores the output", plan => Without<StoreOutputStep>(plan) with { HeadSteps = plan.HeadSteps.Where(step => step is not StoreOutputStep).ToEquatableArray() }),
        new("another width is stored", "what is stored has the output's width", plan => plan with { OutputWidth = plan.OutputWidth + 1 }),
        new("the pooling's sums are too few", Sums, plan => plan.SumWidth > 0 ? plan with { SumWidth = 0 } : null),
        new("the pooling's sums are too many", Sums, plan => plan.SumWidth > 0 ? plan with { SumWidth = 4 * plan.SumWidth } : null),

        new("the input is never loaded", Written, plan => plan.Vocabulary is null ? Without<LoadInputStep>(plan) : null),
        new("the scan is never done", Written, plan => plan.Passes[0].Steps.Count > 1 && plan.Passes[0].Steps[1] is ScanStep ? Without<ScanStep>(plan) : null),
        new("the input is loaded in another width", "the input's rows are loaded whole", plan => Step<LoadInputStep>(plan, load => load.Target.Width < plan.Pad(load.Target.Width) ? load with { Target = load.Target with { Width = load.Target.Width + 1 } } : null)),
        new("a view leaves its buffer", Inside, plan => Step<LoadInputStep>(plan, load => load with { Target = load.Target with { Column = plan.Buffers[load.Target.Buffer].Columns } })),
        new("a view names a buffer that is not there", Inside, plan => Step<LoadInputStep>(plan, load => load with { Target = load.Target with { Buffer = plan.Buffers.Count } })),
        new("a view begins before its buffer", Inside, plan => Step<LoadInputStep>(plan, load => load with { Target = load.Target with { Column = -1 } })),
        new("a step writes at a column that is not aligned", @"whole vectors of a view can be written to buffer \d+", plan => Step<ScanStep>(plan, scan => scan.Targets[0].Width < plan.Pad(scan.Targets[0].Width) ? scan with { Targets = Change(scan.Targets, 0, target => target with { Column = 1 }) } : null)),
        new("two parts of a linear map change places", "the parts of a linear map's outputs follow each other in whole vectors", plan => Step<LinearStep>(plan, linear => linear.Targets.Count == 2 && linear.Widths[0] == linear.Widths[1] ? linear with { Targets = linear.Targets.Reverse().ToEquatableArray() } : null)),
        new("two parts of what a linear map reads change places", "the parts of a linear map's inputs follow each other in whole vectors", plan => Step<LinearStep>(plan, linear => linear.Sources.Count == 2 ? linear with { Sources = linear.Sources.Reverse().ToEquatableArray() } : null)),
        new("the parts of a state change places", "the parts of a drive or state follow each other in whole vectors", plan => Step<ModeScanStep>(plan, scan => scan.Complex ? scan with { Sources = scan.Sources.Reverse().ToEquatableArray(), Targets = scan.Targets.Reverse().ToEquatableArray() } : null)),
        new("the imaginary parts of oscillators are left out", "a scan of oscillators has a real and an imaginary part", plan => Step<OscillatorScanStep>(plan, scan => scan with { Sources = EquatableArray.Of(scan.Sources[0]), Targets = EquatableArray.Of(scan.Targets[0]) })),
        new("the parts of oscillators change places", "the parts of a drive or state follow each other in whole vectors", plan => Step<OscillatorScanStep>(plan, scan => scan with { Sources = scan.Sources.Reverse().ToEquatableArray(), Targets = scan.Targets.Reverse().ToEquatableArray() })),
        new("a scan of oscillators has the slot of another step", @"state slot \d+ belongs to one step", plan => Before<OscillatorScanStep>(plan, scan => scan)),
        new("oscillators have a table without their forcing", Table, plan => plan.Steps.OfType<OscillatorScanStep>().FirstOrDefault() is { } scan
            ? plan with { Tables = Change(plan.Tables, scan.Transition.Index, table => table with { Rows = 4, Values = new TableValues(table.Values.Span[..(4 * table.Columns)].ToArray()) }) }
            : null),
        new("oscillators have a state without x", Slot, plan => plan.Steps.OfType<OscillatorScanStep>().LastOrDefault() is { } scan && scan.Slot.Index == plan.Slots.Count - 1
            ? LastSlot(plan, slot => slot with { Rows = 2, Axes = EquatableArray<StateAxis>.Empty })
            : null),
        new("a linear map reads fewer columns than it has weights for", Table, plan => Step<LinearStep>(plan, linear => linear with { Sources = Change(linear.Sources, linear.Sources.Count - 1, source => source with { Width = source.Width - 1 }) })),
        new("a norm's table has other rows", Table, plan => Step<LayerNormStep>(plan, norm => norm with { Table = new TableHandle(Enumerable.Range(0, plan.Tables.Count).First(i => plan.Tables[i].Rows != 3)) })),
        new("a norm's table is wider than its channels", Table, plan => plan.Steps.OfType<LayerNormStep>().FirstOrDefault() is { } norm
            ? plan with { Tables = Change(plan.Tables, norm.Table.Index, table => table with { Columns = 2 * table.Columns, Values = new TableValues(new double[6 * table.Columns]) }) }
            : null),
        new("a convolution has no room for its history", "a convolution's source has room for its history", plan => plan.Steps.OfType<ConvolutionStep>().FirstOrDefault() is { } convolution
            ? Laid(Buffer(plan, convolution.Source.Buffer, buffer => buffer with { LeadingRows = buffer.LeadingRows - 1 }))
            : null),

        new("a scan reads a table that is not there", Table, plan => Step<ScanStep>(plan, scan => scan with { Transition = new TableHandle(plan.Tables.Count) })),
        new("a scan's table has other rows", Table, plan => Step<ScanStep>(plan, scan => scan with { Modes = scan.Modes + 1 })),
        new("a scan uses a slot that is not there", Slot, plan => Step<ScanStep>(plan, scan => scan with { Slot = new SlotHandle(plan.Slots.Count) })),
        new("a scan's slot is another's too", @"state slot \d+ belongs to one step", plan => Before<ScanStep>(plan, scan => scan)),
        new("a scan writes what it reads", @"a ScanStep does not write over what it reads in buffer \d+", plan => Step<ScanStep>(plan, scan => scan with { Targets = Change(scan.Targets, 0, _ => scan.Source) })),
        new("a scan's widths differ", Widths, plan => Step<ScanStep>(plan, scan => plan.Pad(scan.Targets[0].Width - 1) == plan.Pad(scan.Targets[0].Width) ? scan with { Targets = Change(scan.Targets, 0, target => target with { Width = target.Width - 1 }) } : null)),
        new("a chunk ends inside of a block of two steps", "chunks hold whole blocks of two steps", plan => plan.Steps.Any(step => step is LookAheadScanStep or NarrowScanStep) ? Laid(plan with { ChunkLength = plan.ChunkLength - 1 }) : null),
        new("a scan of two steps has other modes", Table, plan => Step<LookAheadScanStep>(plan, scan => scan with { Modes = scan.Modes + 1 })),
        new("a scan of two steps has another's slot", @"state slot \d+ belongs to one step", plan => Before<LookAheadScanStep>(plan, scan => scan)),
        new("a scan of two steps writes what it reads", @"a LookAheadScanStep does not write over what it reads in buffer \d+", plan => Step<LookAheadScanStep>(plan, scan => scan with { Target = scan.Source })),
        new("a narrow scan has tables of more modes", Table, plan => Step<NarrowScanStep>(plan, scan => scan with { Modes = scan.Modes + plan.Lanes })),
        new("a narrow scan has one slot for both", @"state slot \d+ (belongs to one step|has \d+ rows of \d+ channels)", plan => Step<NarrowScanStep>(plan, scan => scan with { Pending = scan.Slot })),
        new("a narrow scan writes what it reads", @"a NarrowScanStep does not write over what it reads in buffer \d+", plan => Step<NarrowScanStep>(plan, scan => scan with { Target = scan.Source })),
        new("a low-rank scan has another rank", Table, plan => Step<LowRankScanStep>(plan, scan => scan with { Rank = scan.Rank + 1 })),
        new("a low-rank scan has other modes", Table, plan => Step<LowRankScanStep>(plan, scan => scan with { Modes = scan.Modes + 1 })),
        new("a low-rank scan's slot is another's too", @"state slot \d+ belongs to one step", plan => Before<LowRankScanStep>(plan, scan => scan)),
        new("a low-rank scan writes what it reads", @"a LowRankScanStep does not write over what it reads in buffer \d+", plan => Step<LowRankScanStep>(plan, scan => scan with { Targets = Change(scan.Targets, 0, _ => scan.Source) })),
        new("a low-rank scan's widths differ", Widths, plan => Step<LowRankScanStep>(plan, scan => plan.Pad(scan.Targets[0].Width - 1) == plan.Pad(scan.Targets[0].Width) ? scan with { Targets = Change(scan.Targets, 0, target => target with { Width = target.Width - 1 }) } : null)),
        new("a low-rank scan runs against its pass", "a LowRankScanStep is in a pass of its direction", plan => Step<LowRankScanStep>(plan, scan => scan with { Timing = new ModeTiming(!scan.Timing.Backward, 0) })),
        .. Matrices(),
        new("a step in place writes other columns than it reads", @"a GateStep does not write over what it reads in buffer \d+", plan => Step<GateStep>(plan, gate => gate.Target.Width > 1 && gate.Target.Buffer == gate.Value.Buffer ? gate with { Target = gate.Target with { Width = gate.Target.Width - 1 } } : null)),

        new("a buffer is used again before its value is read", Held, plan => Before<AddStep>(plan, add => new MapStep("again", add.Source, add.Stream with { Value = NewValue }, DecoderFunctions.Identity))),
        new("a step reads what a step in place has overwritten", Held, plan => plan.Steps.OfType<GateStep>().FirstOrDefault() is { } first && first.Gate.Column % plan.Lanes == 0 ? Before<GateStep>(plan, gate => new MapStep("again", gate.Gate, gate.Gate with { Value = NewValue }, DecoderFunctions.Identity)) : null),
        new("a value is written twice", @"what is written to buffer \d+ is a new value", plan => Step<ScanStep>(plan, scan => scan with { Targets = Change(scan.Targets, 0, target => target with { Value = scan.Source.Value }) })),
        new("the first pass goes backward", "the first pass goes forward", plan => Pass(plan, 0, pass => pass with { Direction = TimeDirection.Backward })),
        new("the passes change places", "only the first pass loads the input", plan => Passes(plan, plan => plan with { Passes = EquatableArray.Of(plan.Passes[2], plan.Passes[1], plan.Passes[0]).Concat(plan.Passes.Skip(3)).ToEquatableArray() })),
        new("an earlier pass stores the output", "only the last pass makes outputs", plan => Passes(plan, plan => Ending(plan, 0, new StoreOutputStep(plan.Parts.Input!.Target)))),
        new("a backward scan is in a forward pass", @"a \w+ is in a pass of its direction", plan => Passes(plan, plan => Pass(plan, 1, pass => pass with { Direction = TimeDirection.Forward }))),
        new("a sequence buffer begins inside the one before it", "sequence buffers follow each other in whole vectors", plan => plan.Sequences.Count > 1 ? plan with { Sequences = Change(plan.Sequences, 1, sequence => sequence with { Offset = sequence.Offset - 1 }) } : null),
        new("a sequence buffer's row is no whole vector", "sequence buffers follow each other in whole vectors", plan => Passes(plan, plan => plan with { Sequences = Change(plan.Sequences, 0, sequence => sequence with { Columns = sequence.Columns - 1 }) })),
        new("a sequence buffer is narrower than what is saved", Sequence, plan => Step<SaveStep>(plan, save => save with { Sequence = save.Sequence with { Width = save.Sequence.Width + plan.Lanes } })),
        new("a sequence is saved where there is no buffer", Sequence, plan => Step<SaveStep>(plan, save => save with { Sequence = save.Sequence with { Buffer = plan.Sequences.Count } })),
        new("a function takes a part of a vector", @"the vectors that a MapStep reads in buffer \d+ hold numbers of one view and their padding", plan => Step<MapStep>(plan, step => step.Source.Width > 1 && plan.Pad(step.Source.Width - 1) == plan.Pad(step.Source.Width) ? step with { Source = step.Source with { Width = step.Source.Width - 1 }, Target = step.Target with { Width = step.Target.Width - 1 } } : null)),
        new("another width is saved than there is", Widths, plan => Step<SaveStep>(plan, save => save.Source.Width > 1 ? save with { Source = save.Source with { Width = save.Source.Width - 1 } } : null)),
        new("another width is loaded than there is", Widths, plan => Step<LoadStep>(plan, load => load.Target.Width < plan.Pad(load.Target.Width) ? load with { Target = load.Target with { Width = load.Target.Width + 1 } } : null)),
        new("a sequence is loaded that was never saved", @"sequence buffer \d+ is saved before it is loaded", plan => Passes(plan, Without<SaveStep>)),
        new("another value of a sequence is loaded", @"sequence buffer \d+ still holds the value that is loaded", plan => Step<LoadStep>(plan, load => load with { Sequence = load.Sequence with { Value = NewValue } })),
        new("a sequence is loaded in the pass that saves it", @"sequence buffer \d+ is loaded in a later pass than it is saved in", plan => Passes(plan, plan => plan.Passes[1].Steps.OfType<LoadStep>().First() is { } load
            ? Pass(plan, 0, pass => pass with { Steps = pass.Steps.Append(load with { Target = load.Target with { Value = NewValue } }).ToEquatableArray() })
            : null)),
        new("a sequence is saved twice", @"what is saved to sequence buffer \d+ is a new value", plan => Passes(plan, plan => Pass(plan, 0, pass => pass with { Steps = pass.Steps.Append(pass.Steps[pass.Steps.Count - 1]).ToEquatableArray() }))),
        new("a buffer is read that another pass wrote", Written, plan => Passes(plan, plan => Pass(plan, 1, pass => pass with { Steps = pass.Steps.Where(step => step is not LoadStep).ToEquatableArray() }))),
        .. Selective(),
        .. Tokens(),
        new("a part of the model is no step", "the parts of the model are steps of the plan", plan => plan.Parts.Input is { } input ? plan with { Parts = plan.Parts with { Input = input with { Target = input.Target with { Value = NewValue } } } } : null),
    ];

    private static EvaluationPlan Buffer(EvaluationPlan plan, int index, Func<PlanBuffer, PlanBuffer> change) => plan with { Buffers = Change(plan.Buffers, index, change) };

    /// <summary>The plan with its buffers one after another.</summary>
    private static EvaluationPlan Laid(EvaluationPlan plan)
    {
        int end = 0;
        return plan with
        {
            Buffers = plan.Buffers.Select(buffer =>
            {
                PlanBuffer laid = buffer with { Offset = end };
                end += laid.Length(plan.ChunkLength);
                return laid;
            }).ToEquatableArray(),
        };
    }

    /// <summary>The plan with its last slot changed, and the state as long as its slots.</summary>
    private static EvaluationPlan LastSlot(EvaluationPlan plan, Func<StateSlot, StateSlot> change)
    {
        EquatableArray<StateSlot> slots = Change(plan.Slots, plan.Slots.Count - 1, change);
        return plan with { Slots = slots, StateLength = slots.Sum(slot => slot.Rows * slot.Columns) };
    }

    private static EvaluationPlan? Axis(EvaluationPlan plan, Func<StateAxis, StateAxis> change) => plan.Slots[0].Axes.Count == 0
        ? null
        : plan with { Slots = Change(plan.Slots, 0, slot => slot with { Axes = Change(slot.Axes, 0, change) }) };

    private static EquatableArray<T> Change<T>(EquatableArray<T> items, int index, Func<T, T> change)
        where T : IEquatable<T> =>
        items.Select((item, i) => i == index ? change(item) : item).ToEquatableArray();

    private static EvaluationPlan Without<T>(EvaluationPlan plan) =>
        plan with { Passes = plan.Passes.Select(pass => pass with { Steps = pass.Steps.Where(step => step is not T).ToEquatableArray() }).ToEquatableArray() };

    /// <summary>The plan with the first step of a kind changed that the change applies to; null where it applies to none.</summary>
    private static EvaluationPlan? Step<T>(EvaluationPlan plan, Func<T, T?> change)
        where T : PlanStep
    {
        for (int p = 0; p < plan.Passes.Count; p++)
        {
            for (int i = 0; i < plan.Passes[p].Steps.Count; i++)
            {
                if (plan.Passes[p].Steps[i] is T step && change(step) is { } changed)
                {
                    return Pass(plan, p, pass => pass with { Steps = Change(pass.Steps, i, _ => changed) });
                }
            }
        }

        return null;
    }

    /// <summary>The plan with another step before its first step of a kind; null where it has none.</summary>
    private static EvaluationPlan? Before<T>(EvaluationPlan plan, Func<T, PlanStep> other)
        where T : PlanStep
    {
        int p = plan.Passes.ToList().FindIndex(pass => pass.Steps.Any(step => step is T));
        return p < 0 ? null : Pass(plan, p, pass =>
        {
            int index = pass.Steps.ToList().FindIndex(step => step is T);
            return pass with { Steps = pass.Steps.Take(index).Append(other((T)pass.Steps[index])).Concat(pass.Steps.Skip(index)).ToEquatableArray() };
        });
    }

    private static EvaluationPlan Pass(EvaluationPlan plan, int index, Func<PlanPass, PlanPass> change) => plan with { Passes = Change(plan.Passes, index, change) };

    /// <summary>A plan of several passes with a change; null where it has one pass.</summary>
    private static EvaluationPlan? Passes(EvaluationPlan plan, Func<EvaluationPlan, EvaluationPlan?> change) => plan.IsCausal ? null : change(plan);

    /// <summary>The plan with a step at the end of a pass, before what stores the output.</summary>
    private static EvaluationPlan Ending(EvaluationPlan plan, int pass, PlanStep step) => Pass(plan, pass, each => each with
    {
        Steps = each.Steps.Take(each.Steps.Count - 1).Append(step).Append(each.Steps[each.Steps.Count - 1]).ToEquatableArray(),
    });
}
