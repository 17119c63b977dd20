using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// Modes that all channels share (S5, LRU): each is driven by every input and read by every readout,
/// <code>
/// s_t[n] = a_n s_{t-1}[n] + sum_i b-bar_ni v_t[i]
/// o_t[h] = gamma Re(sum_n C_hn s_t[n]) + D_h v_t[h]
/// </code>
/// </summary>
/// <param name="Inputs">The width of v.</param>
/// <param name="Modes">The number of modes.</param>
/// <param name="Outputs">The number of readouts; with a skip as many as inputs.</param>
/// <param name="Field">Real or complex.</param>
/// <param name="Rule">The discretisation rule.</param>
/// <param name="A">Shape [modes(, 2)].</param>
/// <param name="Delta">Shape [1] or [modes].</param>
/// <param name="B">Shape [modes, inputs(, 2)].</param>
/// <param name="C">Shape [outputs, modes(, 2)].</param>
/// <param name="Gamma">2 for half-stored conjugate pairs, 1 otherwise.</param>
public sealed record SharedModes(
    int Inputs,
    int Modes,
    int Outputs,
    Field Field,
    DiscretizationRule Rule,
    Tensor A,
    Tensor Delta,
    Tensor B,
    Tensor C,
    double Gamma) : ModeCell(Field, Rule, A, Delta, B, C, Gamma)
{
    /// <inheritdoc/>
    public override int InputWidth => Inputs;

    /// <inheritdoc/>
    public override int OutputWidth => Outputs;

    /// <inheritdoc/>
    public override int ModeCount => Modes;

    /// <inheritdoc/>
    public override int ModesPerChannel => Modes;

    /// <inheritdoc/>
    public override EquatableArray<int> StateSizes => EquatableArray.Of(Modes);

    private protected override string Sharing => " shared by all channels";

    /// <inheritdoc/>
    public override TResult Accept<TResult>(ICellVisitor<TResult> visitor) => visitor.Visit(this);
}
