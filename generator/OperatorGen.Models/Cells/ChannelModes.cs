using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// Modes of one channel each (S4D, S4Block): every channel has its own modes, which listen to it alone, and one readout or several,
/// <code>
/// s_t[c,n] = a_cn s_{t-1}[c,n] + b-bar_cn v_t[c]
/// o_t[r,c] = gamma Re(sum_n C_rcn s_t[c,n]) + D_rc v_t[c]
/// </code>
/// </summary>
/// <param name="Channels">The number of channels.</param>
/// <param name="Modes">Modes per channel.</param>
/// <param name="Reads">Readouts per channel; those of the same r lie side by side in o.</param>
/// <param name="Field">Real or complex.</param>
/// <param name="Rule">The discretisation rule.</param>
/// <param name="A">Shape [channels, modes(, 2)].</param>
/// <param name="Delta">Shape [1], [channels] or [channels, modes].</param>
/// <param name="B">Shape [channels, modes(, 2)].</param>
/// <param name="C">Shape [reads, channels, modes(, 2)], or without the first axis where there is one read.</param>
/// <param name="Gamma">2 for half-stored conjugate pairs, 1 otherwise.</param>
public sealed record ChannelModes(
    int Channels,
    int Modes,
    int Reads,
    Field Field,
    DiscretizationRule Rule,
    Tensor A,
    Tensor Delta,
    Tensor B,
    Tensor C,
    double Gamma) : ModeCell(Field, Rule, A, Delta, B, C, Gamma)
{
    /// <summary>How it is compiled; <see cref="ScanForm.Counted"/> unless a form is asked for.</summary>
    public ScanForm Form { get; init; }

    /// <inheritdoc/>
    public override int InputWidth => Channels;

    /// <inheritdoc/>
    public override int OutputWidth => Reads * Channels;

    /// <inheritdoc/>
    public override int ModeCount => Channels * Modes;

    /// <inheritdoc/>
    public override int ModesPerChannel => Modes;

    /// <inheritdoc/>
    public override EquatableArray<int> StateSizes => EquatableArray.Of(Channels, Modes);

    private protected override string Sharing => Reads == 1 ? " of one channel each" : " of one channel each, " + NumberText.Format(Reads) + " readouts per channel";

    /// <inheritdoc/>
    public override TResult Accept<TResult>(ICellVisitor<TResult> visitor) => visitor.Visit(this);
}
