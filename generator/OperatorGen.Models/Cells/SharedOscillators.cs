using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// Oscillators x'' = -A x + B v that all channels share (LinOSS): each is driven by every input, and its position x is read by every readout,
/// <code>
/// (z, x)_t[p] = M_p (z, x)_{t-1}[p] + f_p sum_i B_pi v_t[i]          M and f from A and Delta by the scheme
/// o_t[h] = Re(sum_p C_hp x_t[p]) + D_h v_t[h]
/// </code>
/// The state is complex since B is; M is real.
/// </summary>
/// <param name="Inputs">The width of v.</param>
/// <param name="Oscillators">The number of oscillators, P.</param>
/// <param name="Outputs">The number of readouts; with a skip as many as inputs.</param>
/// <param name="Scheme">How the step is made.</param>
/// <param name="A">The stiffness, shape [P]; none is negative.</param>
/// <param name="Delta">The step size, shape [P]; none is negative.</param>
/// <param name="B">Shape [P, inputs, 2].</param>
/// <param name="C">Shape [outputs, P, 2].</param>
public sealed record SharedOscillators(
    int Inputs,
    int Oscillators,
    int Outputs,
    OscillatorScheme Scheme,
    Tensor A,
    Tensor Delta,
    Tensor B,
    Tensor C) : Cell
{
    /// <inheritdoc/>
    public override int InputWidth => Inputs;

    /// <inheritdoc/>
    public override int OutputWidth => Outputs;

    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Constants => [A, Delta, B, C];

    /// <inheritdoc/>
    public override Field StateField => Field.Complex;

    /// <summary>z of all oscillators, then x.</summary>
    public override EquatableArray<int> StateSizes => EquatableArray.Of(2, Oscillators);

    /// <inheritdoc/>
    public override string Text => $"oscillators shared by all channels, {Scheme.Text()}";

    /// <inheritdoc/>
    public override TResult Accept<TResult>(ICellVisitor<TResult> visitor) => visitor.Visit(this);
}
