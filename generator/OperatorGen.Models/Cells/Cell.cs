using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// G independent recurrent units, each with a state S in F^(K x V) that starts at 0 (section 11):
/// <code>
/// S_t = T_t S_{t-1} + X_t          T from A and Delta by the discretisation rule, X_t = (B-bar k_t) v_t
/// o_t = gamma Re(C_t S_t) + D v_t
/// </code>
/// A, Delta, B, C, D are what the formulas state; the rule is a name, nothing is discretised here.
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
/// <param name="Skip">D, shape [G]; null: none.</param>
/// <param name="StateName">Upstream's name of the cached state, shape [G, K]; null where upstream keeps none.</param>
public sealed record Cell(
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
    ReadOrder Order,
    Tensor? Skip,
    string? StateName)
{
    /// <summary>The width of the cells' input v and of the readout o: G V.</summary>
    public int OutputWidth => Count * ValueWidth;

    /// <summary>True when Delta, A, B and C are all constants: the recurrence is linear and time-invariant.</summary>
    public bool IsConstant => Delta is ConstantParameter && B is ConstantParameter && C is ConstantParameter && Transition.IsConstant;
}

/// <summary>The numbers that a state is made of.</summary>
public enum Field
{
    /// <summary>Real numbers.</summary>
    Real,

    /// <summary>Complex numbers, stored as (re, im).</summary>
    Complex,
}

/// <summary>Which state the read sees.</summary>
public enum ReadOrder
{
    /// <summary>S_t, after the update.</summary>
    PostUpdate,

    /// <summary>S_{t-1}, before the update.</summary>
    PreUpdate,
}

/// <summary>How a continuous cell becomes a discrete one (section 0). a = exp or rational function of Delta A; b-bar multiplies the input.</summary>
public enum DiscretizationRule
{
    /// <summary>Zero-order hold: a = e^(Delta A), b-bar = (e^(Delta A) - 1) / A B.</summary>
    ZeroOrderHold,

    /// <summary>Bilinear (Tustin): a = (1 + Delta A / 2) / (1 - Delta A / 2), b-bar = Delta / (1 - Delta A / 2) B.</summary>
    Bilinear,

    /// <summary>Mamba's rule: a = e^(Delta A), b-bar = Delta B.</summary>
    ExponentialEuler,

    /// <summary>None: A is the discrete eigenvalue itself and B the discrete input weight; Delta is not used.</summary>
    None,
}
