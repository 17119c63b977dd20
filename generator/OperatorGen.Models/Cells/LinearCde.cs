using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// A linear controlled differential equation <c>dZ = sum_i A_i Z dX^i + B dX</c> (Cirone et al. 2024, arXiv:2402.19047), a step per sample. With h the sample, and a 1
/// behind Z that B multiplies, so that <c>M_t = sum_i h_i [A_i, B_i; 0, 0]</c>,
/// <code>
/// (Z, 1)_t = e^(M_t) (Z, 1)_{t-1}                       an increment of a piecewise linear path
/// (Z, 1)_t = (I + M_t) (Z, 1)_{t-1}                     Euler: iterated sums
/// Z_t = sum_i h_i (A_i Z_{t-1} + B_i)                   a product of matrices
/// o_t = C Z_t
/// </code>
/// </summary>
/// <param name="Inputs">The width of h, d.</param>
/// <param name="States">The width of Z, N.</param>
/// <param name="Outputs">The number of readouts.</param>
/// <param name="Step">How a step is made.</param>
/// <param name="A">Shape [inputs, states, states].</param>
/// <param name="B">Shape [states, inputs]; null: 0.</param>
/// <param name="Start">Z before the first sample, shape [states].</param>
/// <param name="C">Shape [outputs, states].</param>
public sealed record LinearCde(
    int Inputs,
    int States,
    int Outputs,
    LinearCdeStep Step,
    Tensor A,
    Tensor? B,
    Tensor Start,
    Tensor C) : Cell
{
    /// <inheritdoc/>
    public override int InputWidth => Inputs;

    /// <inheritdoc/>
    public override int OutputWidth => Outputs;

    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Constants => new[] { A, B, Start, C }.OfType<Tensor>();

    /// <inheritdoc/>
    public override Field StateField => Field.Real;

    /// <summary>Z, and the 1 behind it, which is 0 before the first sample: Z is then <see cref="Start"/>.</summary>
    public override EquatableArray<int> StateSizes => EquatableArray.Of(States + 1);

    /// <inheritdoc/>
    public override string Text => $"linear controlled differential equation, {Step.Text()}";

    /// <inheritdoc/>
    public override TResult Accept<TResult>(ICellVisitor<TResult> visitor) => visitor.Visit(this);
}
