using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// The recurrence of a layer: from its input v, [<see cref="InputWidth"/>], to its readouts o, [<see cref="OutputWidth"/>]. Each kind is a sealed record in a
/// file of its own; <see cref="ICellVisitor{TResult}"/> is the list of them. A, Delta, B, C and D are what the formulas state; nothing is discretised here.
/// </summary>
public abstract record Cell
{
    private protected Cell()
    {
    }

    /// <summary>The width of v.</summary>
    public abstract int InputWidth { get; }

    /// <summary>The number of readouts.</summary>
    public abstract int OutputWidth { get; }

    /// <summary>True when no parameter depends on the input: the recurrence is linear and time-invariant.</summary>
    public abstract bool IsConstant { get; }

    /// <summary>True when a readout is a sum of values of the input, weighted by what keys, gates and queries make of it: for one input an attention.</summary>
    public virtual bool HasAttention => false;

    /// <summary>True when a readout depends on no later sample, so that samples can be taken one at a time.</summary>
    public virtual bool IsCausal => true;

    /// <summary>The tensors of the recurrence that are constants, without <see cref="Skip"/>.</summary>
    public abstract IEnumerable<Tensor> Constants { get; }

    /// <summary>Whether the state is real or complex.</summary>
    public abstract Field StateField { get; }

    /// <summary>The sizes of the state in upstream's order, without the axis of real and imaginary parts.</summary>
    public abstract EquatableArray<int> StateSizes { get; }

    /// <summary>The recurrence in words, without sizes, skip and state, for example <c>complex modes of one channel each, zero-order hold, gamma 2</c>.</summary>
    public abstract string Text { get; }

    /// <summary>D, the factor of the input that is added to a readout, one per readout or cell as the kind says; null: none.</summary>
    public Tensor? Skip { get; init; }

    /// <summary>Upstream's name of the cached state; null where upstream keeps none.</summary>
    public string? StateName { get; init; }

    /// <summary>True when no parameter is a symbol, so that the recurrence can be evaluated.</summary>
    public bool IsNumeric => Constants.All(tensor => tensor.IsNumeric) && Skip?.IsNumeric != false;

    /// <summary>Calls the visitor's method of this kind.</summary>
    /// <typeparam name="TResult">What the visitor gives.</typeparam>
    /// <param name="visitor">The visitor.</param>
    public abstract TResult Accept<TResult>(ICellVisitor<TResult> visitor);
}
