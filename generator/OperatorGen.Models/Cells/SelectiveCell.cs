using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// Cells whose parameters depend on the input: G independent units, each with a state S of K keys by V values that starts at 0,
/// <code>
/// S_t = T_t S_{t-1} + k_t (x) v_t                T_t acts on the keys
/// o_t = gamma Re(sum_k q_t[k] S_t[k]) + D v_t
/// </code>
/// Gates, keys, values and queries are signals: functions of the cells' input at the time t. What is shared by several cells is given once: a signal has P blocks,
/// and cell g of G has block g P / G, rounded down. D has G V numbers, one per readout.
/// </summary>
/// <param name="Inputs">The width of the cells' input.</param>
/// <param name="Count">G, the number of cells: channels of Mamba, heads elsewhere.</param>
/// <param name="KeyWidth">K, the number of keys: Mamba's modes.</param>
/// <param name="ValueWidth">V, the number of values that each key carries; 1 for a channel-wise recurrence.</param>
/// <param name="Field">Whether the state is real or complex.</param>
/// <param name="Transition">T.</param>
/// <param name="Value">v, P blocks of V real numbers.</param>
/// <param name="Key">k; null: 1, for cells of one key.</param>
/// <param name="Query">q; null: 1, for cells of one key.</param>
/// <param name="Gamma">A factor of the readout: the scale of the queries, 2 where only one mode of each conjugate pair is stored.</param>
public sealed record SelectiveCell(
    int Inputs,
    int Count,
    int KeyWidth,
    int ValueWidth,
    Field Field,
    Transition Transition,
    Signal Value,
    Parameter? Key,
    Parameter? Query,
    double Gamma) : Cell
{
    /// <summary>Whether the read sees the state after or before the update.</summary>
    public ReadOrder Order { get; init; }

    /// <summary>u of a read before the update, shape [G, K]: <c>o_t = gamma q_t (S_{t-1} + u k_t (x) v_t)</c> (RWKV-6's bonus); null: 0.</summary>
    public Tensor? Bonus { get; init; }

    /// <summary>The axes of the state by name.</summary>
    public StateOrder Layout { get; init; }

    /// <inheritdoc/>
    public override int InputWidth => Inputs;

    /// <inheritdoc/>
    public override int OutputWidth => Count * ValueWidth;

    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override bool HasAttention => true;

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Constants =>
        new[] { (Transition as StepTransition)?.A, (Transition as DecayTransition)?.A, (Key as ConstantParameter)?.Value, (Query as ConstantParameter)?.Value, Bonus }.OfType<Tensor>();

    /// <inheritdoc/>
    public override Field StateField => Field;

    /// <inheritdoc/>
    public override EquatableArray<int> StateSizes => Layout switch
    {
        StateOrder.KeysValues => EquatableArray.Of(Count, KeyWidth, ValueWidth),
        StateOrder.ValuesKeys => EquatableArray.Of(Count, ValueWidth, KeyWidth),
        StateOrder.Keys => EquatableArray.Of(Count, KeyWidth),
        StateOrder.Cells => EquatableArray.Of(Count),
        _ => throw new InvalidOperationException($"The layout {Layout} is not known."),
    };

    /// <summary>Whether each key of a cell has a gate of its own.</summary>
    public bool HasGatePerKey => Transition switch
    {
        StepTransition step => step.A.Count > Count * (Field == Field.Complex ? 2 : 1) || KeyWidth == 1,
        LogGateTransition log => log.PerKey,
        GateTransition or DecayTransition or DeltaTransition => false,
        _ => throw new InvalidOperationException($"The transition {Transition.GetType().Name} is not known."),
    };

    /// <summary>How many step sizes or log-gates there are at a time: one per cell, or per cell and key. None of a delta rule, whose transitions are matrices.</summary>
    public int GateNumbers => Transition is DeltaTransition ? 0 : Transition is StepTransition || !HasGatePerKey ? Count : Count * KeyWidth;

    /// <inheritdoc/>
    public override string Text =>
        $"selective {(Field == Field.Real ? "real" : "complex")} cells, {TransitionText}, gamma {NumberText.Format(Gamma)}{(Order == ReadOrder.PostUpdate ? "" : ", read before the update")}";

    private string TransitionText => Transition switch
    {
        StepTransition => "gates e^(Delta A)",
        LogGateTransition => HasGatePerKey ? "a gate per key" : "a gate per cell",
        GateTransition => "a gate per cell",
        DecayTransition => "constant decay",
        DeltaTransition { LogGate: null } => "delta rule",
        DeltaTransition => "gated delta rule",
        _ => throw new InvalidOperationException($"The transition {Transition.GetType().Name} is not known."),
    };

    /// <inheritdoc/>
    public override TResult Accept<TResult>(ICellVisitor<TResult> visitor) => visitor.Visit(this);
}
