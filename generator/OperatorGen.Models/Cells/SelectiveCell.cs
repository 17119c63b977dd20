using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// Cells with parameters that depend on the input (Mamba): G independent units, each with a state S in F^(K x V) that starts at 0,
/// <code>
/// S_t = T_t S_{t-1} + X_t          T from A and Delta by the discretisation rule, X_t = (B-bar k_t) v_t
/// o_t = gamma Re(C_t S_t) + D v_t
/// </code>
/// </summary>
/// <param name="Count">G, the number of cells.</param>
/// <param name="KeyWidth">K, the number of modes per cell: the axis on which the transition acts.</param>
/// <param name="ValueWidth">V, the number of values that each mode carries; 1 for a channel-wise recurrence.</param>
/// <param name="Field">Whether state, A, B and C are real or complex (complex tensors have a last axis of 2: re, im).</param>
/// <param name="Transition">What acts on the state.</param>
/// <param name="Rule">How A, Delta and B become the discrete transition and input weight.</param>
/// <param name="Delta">The step size: constant [G] or selective of width G. Shape [1] of a constant: shared by all.</param>
/// <param name="B">The input weight: constant [G, K(, 2)], or selective of width K, shared by the cells.</param>
/// <param name="C">The output weight: constant [G, K(, 2)], or selective of width K, shared by the cells.</param>
/// <param name="Gamma">2 where only one mode of each conjugate pair is stored, 1 otherwise.</param>
/// <param name="Order">Whether the read sees the state after or before the update.</param>
public sealed record SelectiveCell(
    int Count,
    int KeyWidth,
    int ValueWidth,
    Field Field,
    Transition Transition,
    DiscretizationRule Rule,
    Parameter Delta,
    Parameter B,
    Parameter C,
    double Gamma,
    ReadOrder Order) : Cell
{
    /// <inheritdoc/>
    public override int InputWidth => Count * ValueWidth;

    /// <inheritdoc/>
    public override int OutputWidth => Count * ValueWidth;

    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Constants =>
        new[] { Transition.Parameter, Delta, B, C }.OfType<ConstantParameter>().Select(parameter => parameter.Value);

    /// <inheritdoc/>
    public override Field StateField => Field;

    /// <inheritdoc/>
    public override EquatableArray<int> StateSizes => ValueWidth == 1 ? EquatableArray.Of(Count, KeyWidth) : EquatableArray.Of(Count, KeyWidth, ValueWidth);

    /// <inheritdoc/>
    public override string Text =>
        $"selective {(Field == Field.Real ? "real" : "complex")} cells, {Rule.Text()}, gamma {NumberText.Format(Gamma)}{(Order == ReadOrder.PostUpdate ? "" : ", read before the update")}";

    /// <inheritdoc/>
    public override TResult Accept<TResult>(ICellVisitor<TResult> visitor) => visitor.Visit(this);
}
