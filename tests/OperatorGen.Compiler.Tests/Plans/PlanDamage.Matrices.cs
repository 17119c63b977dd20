using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Tests.Plans;

/// <content>What can be wrong with a state that the series of a matrix moves on.</content>
internal sealed partial record PlanDamage
{
    private static IEnumerable<PlanDamage> Matrices() =>
    [
        new("a series' slot is another's too", @"state slot \d+ belongs to one step", plan => Before<SeriesScanStep>(plan, scan => scan)),
        new("the columns of a series' matrix change places", "the parts of a series' matrix follow each other in whole vectors", plan => Step<SeriesScanStep>(plan, scan => scan.Matrix.Count > 1 ? scan with { Matrix = scan.Matrix.Reverse().ToEquatableArray() } : null)),
        new("a series' matrix lacks a column", "the parts of a series' matrix are those of its pattern", plan => Step<SeriesScanStep>(plan, scan => scan.Matrix.Count > 1 ? scan with { Matrix = scan.Matrix.Take(scan.Matrix.Count - 1).ToEquatableArray() } : null)),
        new("a series has no room for its terms", "a series of several terms has room for two of them", plan => Step<SeriesScanStep>(plan, scan => scan.Terms > 1 ? scan with { Targets = EquatableArray.Of(scan.Targets[0]) } : null)),
        new("a series is cut without a norm", "a series that is cut knows the norm of its matrix", plan => Step<SeriesScanStep>(plan, scan => scan.Norms is null ? null : scan with { Norms = null })),
        new("a series of several terms leaves its state out", "a series without its first term has one term", plan => Step<SeriesScanStep>(plan, scan => scan.Terms > 1 ? scan with { KeepsState = false } : null)),
        new("a series begins with another table", Table, plan => Step<SeriesScanStep>(plan, scan => Enumerable.Range(0, plan.Tables.Count).FirstOrDefault(i => plan.Tables[i].Rows > 1, -1) is >= 0 and var other ? scan with { Start = new TableHandle(other) } : null)),
        new("a series writes what it reads", @"a SeriesScanStep does not write over what it reads in buffer \d+", plan => Step<SeriesScanStep>(plan, scan => scan with { Targets = scan.Targets.Select((target, k) => k == 0 ? scan.Matrix[0] with { Value = NewValue } : target).ToEquatableArray() })),
        new("a series' states have other widths", Widths, plan => Step<SeriesScanStep>(plan, scan => plan.Pad(scan.States) == plan.Pad(scan.States - 1) ? scan with { Targets = Change(scan.Targets, scan.Targets.Count - 1, target => target with { Width = target.Width - 1 }) } : null)),
    ];
}
