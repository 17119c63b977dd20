using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Tests.Plans;

/// <summary>What can be wrong with the signals and scans of selective cells.</summary>
internal sealed partial record PlanDamage
{
    private const string Whole = "a signal has whole blocks, at most one per cell";
    private const string OneOrOther = "an operand of a scan is a signal or a table";
    private const string PerCell = "an operand of a scan has at most one block per cell";
    private const string Blocks = "an operand of a scan is as wide as its blocks";
    private const string PerKey = "keys and queries have one number per key";
    private const string PerMode = "keys and queries have one number per mode";

    private static IEnumerable<PlanDamage> Selective() =>
    [
        new("a function of points is narrower than its argument", Widths, plan => Step<PointwiseStep>(plan, step => step.Target.Width > 1 ? step with { Target = Narrower(step.Target) } : null)),
        new("nothing is done point by point", "something is done point by point", plan => Step<PointwiseStep>(plan, step => step.Summands.Count == 0 ? step with { Functions = EquatableArray<PointFunction>.Empty } : null)),
        new("an affine function of points has no table", "every affine function of a point has a table", plan => Step<PointwiseStep>(plan, step => step with { Functions = step.Functions.Append(new AffinePoint("a", "b")).ToEquatableArray() })),
        new("the table of a function of points does not exist", "table .* has 2 rows of .* channels", plan => Step<PointwiseStep>(plan, step => step.Summands.Count > 0 ? step with { Summands = EquatableArray.Of(new TableHandle(plan.Tables.Count)) } : null)),
        new("complex gates have fewer imaginary parts", Widths, plan => Step<PolarStep>(plan, step => step.Im.Width > 1 ? step with { Im = Narrower(step.Im), TargetIm = Narrower(step.TargetIm) } : null)),
        new("complex gates are written to fewer real parts", Widths, plan => Away<PolarStep>(plan, (step, away) => step.Re.Width > 1 ? step with { TargetRe = away with { Width = step.Re.Width - 1 } } : null)),
        new("complex gates are written to fewer imaginary parts", Widths, plan => Away<PolarStep>(plan, (step, away) => step.Im.Width > 1 ? step with { TargetIm = away with { Width = step.Im.Width - 1 } } : null)),
        new("pairs have fewer imaginary parts", Widths, plan => Step<PairStep>(plan, step => step.Im.Width > 1 ? step with { Im = Narrower(step.Im) } : null)),
        new("pairs are half a number short", Widths, plan => Step<PairStep>(plan, step => step with { Target = Narrower(step.Target) })),
        new("the groups of a norm leave a channel", "the groups of a norm are whole", plan => Step<RmsNormStep>(plan, norm => norm.Source.Width > 1 ? norm with { GroupWidth = norm.Source.Width - 1 + (norm.Source.Width == 2 ? 2 : 0) } : null)),

        new("a spread signal's blocks are not whole", Whole, plan => Step<SpreadStep>(plan, spread => spread.Blocks > 1 && spread.BlockWidth > 1 ? spread with { Source = Narrower(spread.Source) } : null)),
        new("a spread signal has more blocks than cells", Whole, plan => Step<SpreadStep>(plan, spread => spread.Source.Width > spread.Cells ? spread with { Blocks = spread.Source.Width } : null)),
        new("a signal is spread to fewer parts than there are cells", "a signal is spread to as many parts as it has", plan => Step<SpreadStep>(plan, spread => spread.CellsAreLanes ? null : spread with { Cells = spread.Cells + 1 })),
        new("a signal is spread to fewer lanes than there are cells", Widths, plan => Step<SpreadStep>(plan, spread => spread.CellsAreLanes ? spread with { Cells = spread.Cells + 1 } : null)),
        new("the last part of a spread signal is narrower", Widths, plan => Step<SpreadStep>(plan, spread => Last(spread.Targets).Width > 1 ? spread with { Targets = NarrowerLast(spread.Targets) } : null)),
        new("the parts of a spread signal change places", "the parts of a spread signal follow each other in whole vectors", plan => Step<SpreadStep>(plan, spread => spread.Targets.Count > 1 ? spread with { Targets = spread.Targets.Reverse().ToEquatableArray() } : null)),

        new("a matrix scan has values of fewer cells", Widths, plan => Step<MatrixScanStep>(plan, scan => scan with { Sources = scan.Sources.Take(scan.Sources.Count - 1).ToEquatableArray() })),
        new("the readout of a matrix scan's last cell is narrower", Widths, plan => Step<MatrixScanStep>(plan, scan => scan.Sizes.Values > 1 ? scan with { Targets = NarrowerLast(scan.Targets) } : null)),
        new("the cells of a matrix scan change places", "the parts of a matrix scan follow each other in whole vectors", plan => Step<MatrixScanStep>(plan, scan => scan.Sizes.Cells > 1 ? scan with { Sources = scan.Sources.Reverse().ToEquatableArray() } : null)),
        new("a matrix scan has no gate", OneOrOther, plan => Step<MatrixScanStep>(plan, scan => scan with { Gate = scan.Gate with { View = null, Table = null } })),
        new("a matrix scan's keys have more blocks than there are cells", PerCell, plan => Step<MatrixScanStep>(plan, scan => scan.Key is { View: not null } key ? scan with { Key = key with { Blocks = scan.Sizes.Cells + 1 } } : null)),
        new("a matrix scan's queries lack a number", Blocks, plan => Step<MatrixScanStep>(plan, scan => scan.Query is { View: { Width: > 1 } view } query ? scan with { Query = query with { View = Narrower(view) } } : null)),
        new("a matrix scan's constant gates are of fewer cells", Table, plan => Step<MatrixScanStep>(plan, scan => scan.Gate.Table is not null && plan.Pad(scan.Gate.Width + plan.Lanes) > plan.Pad(scan.Gate.Width) ? scan with { Gate = scan.Gate with { Blocks = scan.Gate.Blocks + plan.Lanes } } : null)),
        new("a matrix scan's gates are neither per cell nor per key", "there is a gate per cell or per key", plan => Step<MatrixScanStep>(plan, scan => Joined(scan.Gate) is { } gate && gate.BlockWidth != (scan.Complex ? 2 : 1) && gate.BlockWidth != scan.Sizes.Keys ? scan with { Gate = gate } : null)),
        new("a matrix scan has several factors for a value", "the factor of the values is one number per cell", plan => Step<MatrixScanStep>(plan, scan => Joined(scan.Factor) is { } factor ? scan with { Factor = factor } : null)),
        new("a matrix scan has the keys of all cells for each", PerKey, plan => Step<MatrixScanStep>(plan, scan => Joined(scan.Key) is { } key ? scan with { Key = key } : null)),
        new("a matrix scan has the queries of all cells for each", PerKey, plan => Step<MatrixScanStep>(plan, scan => Joined(scan.Query) is { } query ? scan with { Query = query } : null)),
        new("a bonus is added to a read after the update", "a bonus needs a read before the update, keys and queries", plan => Step<MatrixScanStep>(plan, scan => scan.Bonus is null ? null : scan with { ReadsBefore = false })),
        new("a bonus is there without keys", "a bonus needs a read before the update, keys and queries", plan => Step<MatrixScanStep>(plan, scan => scan.Bonus is null ? null : scan with { Key = null })),
        new("a matrix scan writes over its values", @"a MatrixScanStep does not write over what it reads in buffer \d+", plan => Step<MatrixScanStep>(plan, scan => scan with { Targets = scan.Sources.Select(source => source with { Value = NewValue, Column = 0 }).ToEquatableArray() })),
        new("a matrix scan's slot is another's too", @"state slot \d+ belongs to one step", plan => Before<MatrixScanStep>(plan, scan => scan)),
        new("a matrix scan has a slot of fewer keys", Slot, plan => Step<MatrixScanStep>(plan, scan => scan is { Bonus: null, Key: null or { View: not null }, Query: null or { View: not null } } ? scan with { Sizes = scan.Sizes with { Keys = scan.Sizes.Keys + 1 } } : null)),

        new("a delta rule has values of fewer cells", Widths, plan => Step<DeltaScanStep>(plan, scan => scan with { Sources = scan.Sources.Take(scan.Sources.Count - 1).ToEquatableArray() })),
        new("a delta rule's beta is no signal", OneOrOther, plan => Step<DeltaScanStep>(plan, scan => scan with { Beta = scan.Beta with { View = null } })),
        new("a delta rule has several betas for a cell", "beta and gate are one number per cell", plan => Step<DeltaScanStep>(plan, scan => Joined(scan.Beta) is { } beta ? scan with { Beta = beta } : null)),
        new("a delta rule has several gates for a cell", "beta and gate are one number per cell", plan => Step<DeltaScanStep>(plan, scan => Joined(scan.Gate) is { } gate ? scan with { Gate = gate } : null)),
        new("a delta rule has the keys of all cells for each", PerKey, plan => Step<DeltaScanStep>(plan, scan => Joined(scan.Key) is { } key ? scan with { Key = key } : null)),
        new("a delta rule has the queries of all cells for each", PerKey, plan => Step<DeltaScanStep>(plan, scan => Joined(scan.Query) is { } query ? scan with { Query = query } : null)),
        new("a delta rule's slot is another's too", @"state slot \d+ belongs to one step", plan => Before<DeltaScanStep>(plan, scan => scan)),

        new("a selective scan's readouts are narrower", Widths, plan => Step<ChannelScanStep>(plan, scan => scan.Target.Width > 1 ? scan with { Target = Narrower(scan.Target) } : null)),
        new("a selective scan's step sizes are narrower", Widths, plan => Step<ChannelScanStep>(plan, scan => scan.Gates[0].Width > 1 ? scan with { Gates = Change(scan.Gates, 0, Narrower) } : null)),
        new("a selective scan has a step size too many", "there is a step size, or a gate with its parts", plan => Step<ChannelScanStep>(plan, scan => scan.Gates.Count == 1 ? scan with { Gates = EquatableArray.Of(scan.Gates[0], scan.Gates[0]) } : null)),
        new("a selective scan of several modes has no eigenvalues", "channels whose gates are signals have one mode", plan => Step<ChannelScanStep>(plan, scan => scan is { Complex: false, Modes: > 1 } ? scan with { Transition = null } : null)),
        new("the parts of a selective scan's gate change places", "the parts of a gate follow each other in whole vectors", plan => Step<ChannelScanStep>(plan, scan => scan.Gates.Count > 1 ? scan with { Gates = scan.Gates.Reverse().ToEquatableArray() } : null)),
        new("a selective scan of several modes has no keys", "channels of several modes have keys and queries", plan => Step<ChannelScanStep>(plan, scan => scan.Modes > 1 ? scan with { Key = null } : null)),
        new("a selective scan's keys are neither signal nor table", "keys and queries are signals or a table", plan => Step<ChannelScanStep>(plan, scan => scan.Key is { } key ? scan with { Key = key with { Views = [], Table = null } } : null)),
        new("a selective scan's keys lack a mode", Widths, plan => Step<ChannelScanStep>(plan, scan => scan.Key is { Shared: true } key && scan.Modes > 1 ? scan with { Key = key with { Views = Change(key.Views, 0, Narrower) } } : null)),
        new("a selective scan's queries of channels lack a mode", PerMode, plan => Step<ChannelScanStep>(plan, scan => scan.Query is { Views.Count: > 1 } query ? scan with { Query = query with { Views = query.Views.Skip(1).ToEquatableArray() } } : null)),
        new("the modes of a selective scan's queries change places", "the parts of keys or queries follow each other in whole vectors", plan => Step<ChannelScanStep>(plan, scan => scan.Query is { Views.Count: > 1 } query ? scan with { Query = query with { Views = query.Views.Reverse().ToEquatableArray() } } : null)),
        new("a selective scan has a table of other modes", Table, plan => Step<ChannelScanStep>(plan, scan => scan.Transition is null ? null : scan with { Modes = scan.Modes + 1 })),
        new("a selective scan writes its step sizes", @"a ChannelScanStep does not write over what it reads in buffer \d+", plan => Step<ChannelScanStep>(plan, scan => scan with { Target = scan.Gates[0] })),
        new("a selective scan's slot is another's too", @"state slot \d+ belongs to one step", plan => Before<ChannelScanStep>(plan, scan => scan)),
    ];

    private static PlanView Narrower(PlanView view) => view with { Width = view.Width - 1 };

    private static PlanView Last(EquatableArray<PlanView> views) => views[views.Count - 1];

    private static EquatableArray<PlanView> NarrowerLast(EquatableArray<PlanView> views) => Change(views, views.Count - 1, Narrower);

    /// <summary>All blocks of an operand as one; null where that is no change, or where the operand is a table.</summary>
    private static ScanOperand? Joined(ScanOperand? operand) => operand is { View: not null, Blocks: > 1 } ? operand with { Blocks = 1, BlockWidth = operand.Width } : null;

    /// <summary>The plan with a step that writes to a new buffer behind all others.</summary>
    private static EvaluationPlan? Away<T>(EvaluationPlan plan, Func<T, PlanView, T?> change)
        where T : PlanStep
    {
        PlanBuffer last = plan.Buffers[plan.Buffers.Count - 1];
        var added = new PlanBuffer(plan.Buffers.Count, plan.Pad(100), plan.Pad(100), 0, last.Offset + last.Length(plan.ChunkLength));
        return Step<T>(plan with { Buffers = plan.Buffers.Append(added).ToEquatableArray() }, step => change(step, new PlanView(added.Index, 0, 1, NewValue)));
    }
}
