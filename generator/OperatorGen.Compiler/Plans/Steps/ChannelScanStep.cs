using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Where the keys or queries of channel-wise cells are: signals, or a constant table.</summary>
/// <param name="Views">One view of the numbers that all channels share; or, with channels as lanes, one view per number. Empty: a table.</param>
/// <param name="Table">The table, one row per number with channels as columns; null: signals.</param>
/// <param name="Shared">Whether all channels share the numbers.</param>
/// <param name="Complex">Whether they are complex: pairs (re, im).</param>
public sealed record ChannelOperand(EquatableArray<PlanView> Views, TableHandle? Table, bool Shared, bool Complex)
{
    /// <summary>What must hold of it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="modes">The modes of a channel.</param>
    /// <param name="channels">The channels.</param>
    public IEnumerable<PlanClaim> Claims(EvaluationPlan plan, int modes, int channels)
    {
        int numbers = modes * (Complex ? 2 : 1);
        return
        [
            new((Views.Count == 0) != (Table is null), "keys and queries are signals or a table"),
            new(Views.Count == 0 || Views.Count == (Shared ? 1 : numbers), "keys and queries have one number per mode"),
            .. PlanClaim.EqualParts(plan, Views, Shared ? numbers : channels, "keys or queries"),
        ];
    }

    /// <summary>Its table, as far as it has one.</summary>
    public IReadOnlyList<TableUse> Tables(int modes, int channels) => TableUse.Optional(Table, modes * (Complex ? 2 : 1), channels);

    /// <summary>The signals or the table by name.</summary>
    public string Text(EvaluationPlan plan) => Table is { } table ? plan[table].Name : string.Join(", ", Views);
}

/// <summary>
/// The recurrence of channels with one value each, channels as lanes:
/// s_t[n] = a_t[n] s_{t-1}[n] + k_t[n] u_t, o_t = D v_t + Re(sum_n q_t[n] s_t[n]). Either a_t[n] = e^(Delta_t A[n]) and u_t = Delta_t v_t, or a_t is a signal and u_t = v_t.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Target">o; not v.</param>
/// <param name="Modes">The modes of a channel.</param>
/// <param name="Complex">Whether the state is complex.</param>
/// <param name="Transition">Table of A, one row per mode (two where complex); null: the gates are signals.</param>
/// <param name="Gates">Delta_t; or the gate, for one mode: one view, or real and imaginary parts.</param>
/// <param name="Key">k; null: 1.</param>
/// <param name="Query">q; null: 1.</param>
/// <param name="Skip">Table of D; null: D is 0.</param>
/// <param name="Slot">The state slot, one row per mode (two where complex).</param>
public sealed record ChannelScanStep(
    string Heading,
    PlanView Source,
    PlanView Target,
    int Modes,
    bool Complex,
    TableHandle? Transition,
    EquatableArray<PlanView> Gates,
    ChannelOperand? Key,
    ChannelOperand? Query,
    TableHandle? Skip,
    SlotHandle Slot) : PlanStep(Heading)
{
    private int Rows => Modes * (Complex ? 2 : 1);

    private long OperationsPerMode => (Transition is null ? 0 : Complex ? (3 * FunctionCost.Elementary) + 5 : FunctionCost.Elementary + 2) + (Complex ? 14 : 5);

    /// <inheritdoc/>
    public override StepUses Uses => new([Source, .. Gates, .. Key?.Views ?? [], .. Query?.Views ?? []], [Target])
    {
        OneByOne = [.. new[] { Key, Query }.Where(operand => operand is { Shared: true }).SelectMany(operand => operand!.Views)],
        Tables = [.. TableUse.Optional(Transition, Rows, Source.Width), .. Key?.Tables(Modes, Source.Width) ?? [], .. Query?.Tables(Modes, Source.Width) ?? [], .. TableUse.Optional(Skip, 1, Source.Width)],
        Slots = [new(Slot, Rows, Source.Width)],
        Operations = ((OperationsPerMode * Modes) + (Skip is null ? 0 : 2)) * Source.Width,
    };

    /// <inheritdoc/>
    public override TimeDirection? Direction => TimeDirection.Forward;

    /// <inheritdoc/>
    public override IEnumerable<PlanClaim> Claims(EvaluationPlan plan) =>
    [
        PlanClaim.SameWidth(Source, Target),
        new(Gates.Count == (Complex && Transition is null ? 2 : 1), "there is a step size, or a gate with its parts"),
        new(Transition is not null || Modes == 1, "channels whose gates are signals have one mode"),
        .. PlanClaim.EqualParts(plan, Gates, Source.Width, "a gate"),
        new(Modes == 1 || (Key is not null && Query is not null), "channels of several modes have keys and queries"),
        .. Key?.Claims(plan, Modes, Source.Width) ?? [],
        .. Query?.Claims(plan, Modes, Source.Width) ?? [],
    ];

    /// <inheritdoc/>
    public override string Describe(EvaluationPlan plan) =>
        $"{Target} = selective scan of {NumberText.Format(Modes)} modes of {Source}; {(Transition is { } table ? $"{plan[table].Name}, Delta" : "gate")} {string.Join(", ", Gates)}"
        + $"{(Key is null ? "" : ", key " + Key.Text(plan))}{(Query is null ? "" : ", query " + Query.Text(plan))}{Plus(plan, Skip)}, state s{NumberText.Format(Slot.Index)}";
}
