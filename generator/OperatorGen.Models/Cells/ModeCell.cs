using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// A constant recurrence with a diagonal transition: modes, each with an eigenvalue, a row of drive weights over the inputs and read weights per readout,
/// <code>
/// s_t[m] = a_m s_{t-1}[m] + sum_i b-bar_mi v_t[i]          a and b-bar from A, Delta and B by the rule
/// o_t[h] = gamma Re(sum_m C_hm s_t[m]) + D_h v_t[h mod inputs]
/// </code>
/// and, where there is a <see cref="Backward"/> read, what the same modes give when time runs the other way.
/// Complex tensors have a last axis of 2, (re, im).
/// </summary>
/// <param name="Field">Whether state, A, B and C are real or complex.</param>
/// <param name="Rule">How A, Delta and B become the discrete transition and input weight.</param>
/// <param name="A">The eigenvalues, as many as <see cref="ModeCount"/>, modes of a channel side by side.</param>
/// <param name="Delta">The step size: one for all, one per channel, or one per mode; unused by <see cref="DiscretizationRule.None"/>.</param>
/// <param name="B">The input weights; the shape is the kind's.</param>
/// <param name="C">The output weights; the shape is the kind's.</param>
/// <param name="Gamma">2 where only one mode of each conjugate pair is stored, 1 otherwise.</param>
public abstract record ModeCell(Field Field, DiscretizationRule Rule, Tensor A, Tensor Delta, Tensor B, Tensor C, double Gamma) : Cell
{
    /// <summary>The number of modes, of all channels together.</summary>
    public abstract int ModeCount { get; }

    /// <summary>How many modes each step size serves, where there is neither one for all nor one per mode.</summary>
    public abstract int ModesPerChannel { get; }

    /// <summary>
    /// The length of a sequence for which <see cref="DiscretizationRule.Dss"/> normalises the input weights; only sequences of this length have a meaning then.
    /// Null for the other rules.
    /// </summary>
    public int? Length { get; init; }

    /// <summary>The reads of the same modes run from the future to the past; null: there are none. A cell that has them has no state to be read by name.</summary>
    public BackwardRead? Backward { get; init; }

    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <inheritdoc/>
    public override bool IsCausal => Backward is null;

    /// <inheritdoc/>
    public override Field StateField => Field;

    /// <inheritdoc/>
    public override string Text => $"{(Field == Field.Real ? "real" : "complex")} modes{Sharing}, {Rule.Text()}, gamma {NumberText.Format(Gamma)}{Directions}";

    /// <summary>Who has the modes, in words.</summary>
    private protected abstract string Sharing { get; }

    private string Directions => Backward switch
    {
        null => "",
        { Delay: 0 } => ", both directions",
        _ => ", both directions, of which the backward one begins at the next sample",
    };

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Constants => Backward is null ? [A, Delta, B, C] : [A, Delta, B, C, Backward.C];

    /// <summary>The position of a mode's step size in <see cref="Delta"/>.</summary>
    public int StepIndex(int mode) => Delta.Count == 1 ? 0 : Delta.Count == ModeCount ? mode : mode / ModesPerChannel;
}
