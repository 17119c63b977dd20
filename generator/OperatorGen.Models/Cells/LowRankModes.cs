using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// Modes of one channel each whose transition is diagonal plus low rank (S4), in continuous time and with the bilinear rule,
/// <code>
/// A = diag(Lambda) - sum_r P_r P_r'                                  over all N modes: the stored ones and their conjugates
/// A-bar = (1 - Delta/2 A)^-1 (1 + Delta/2 A)     B-bar = (1 - Delta/2 A)^-1 Delta B
/// s_t[c] = A-bar_c s_{t-1}[c] + B-bar_c v_t[c]
/// o_t[r,c] = 2 Re(sum_n C_rcn s_t[c,n]) + D_rc v_t[c]                over the stored modes
/// </code>
/// Channel c has row c mod rows of Lambda, P and B.
/// </summary>
/// <param name="Channels">The number of channels.</param>
/// <param name="Modes">Stored modes per channel, one of each conjugate pair: N/2.</param>
/// <param name="Reads">Readouts per channel; those of the same r lie side by side in o.</param>
/// <param name="Rows">How many different transitions there are before the step size.</param>
/// <param name="Rank">The number of vectors P.</param>
/// <param name="A">Lambda, shape [rows, modes, 2].</param>
/// <param name="P">Shape [rank, rows, modes, 2].</param>
/// <param name="Delta">Shape [channels].</param>
/// <param name="B">Shape [rows, modes, 2].</param>
/// <param name="C">Shape [reads, channels, modes, 2].</param>
public sealed record LowRankModes(int Channels, int Modes, int Reads, int Rows, int Rank, Tensor A, Tensor P, Tensor Delta, Tensor B, Tensor C) : Cell
{
    /// <summary>How it is compiled; <see cref="LowRankForm.Proven"/> unless a form is asked for.</summary>
    public LowRankForm Form { get; init; }

    /// <summary>What is read of the same modes run backward; null: causal. Its C' has the shape of C.</summary>
    public BackwardRead? Backward { get; init; }

    /// <inheritdoc/>
    public override bool IsCausal => Backward is null;

    /// <inheritdoc/>
    public override int InputWidth => Channels;

    /// <inheritdoc/>
    public override int OutputWidth => Reads * Channels;

    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <inheritdoc/>
    public override Field StateField => Field.Complex;

    /// <inheritdoc/>
    public override EquatableArray<int> StateSizes => EquatableArray.Of(Channels, Modes);

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Constants => Backward is null ? [A, P, Delta, B, C] : [A, P, Delta, B, C, Backward.C];

    /// <inheritdoc/>
    public override string Text =>
        $"complex modes of one channel each, coupled by rank {NumberText.Format(Rank)}{(Reads == 1 ? "" : ", " + NumberText.Format(Reads) + " readouts per channel")}{(Backward is null ? "" : ", in both directions")}, bilinear, gamma 2";

    /// <summary>The row of a channel.</summary>
    public int RowOf(int channel) => channel % Rows;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(ICellVisitor<TResult> visitor) => visitor.Visit(this);
}
