using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler;

/// <summary>
/// The one place of the compiler where a continuous cell becomes a discrete one; operators and plans share it.
/// Formulas: section 0 of the formula collection (zero-order hold, bilinear, Mamba's rule).
/// </summary>
public static class Discretization
{
    /// <summary>The discrete eigenvalue of one mode: what its state is multiplied by at every step.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="a">A, the eigenvalue as the model states it.</param>
    /// <param name="delta">Delta, the step size; unused by <see cref="DiscretizationRule.None"/>.</param>
    public static ComplexNumber Eigenvalue(DiscretizationRule rule, ComplexNumber a, double delta) => rule switch
    {
        // a-bar = e^(Delta A)
        DiscretizationRule.ZeroOrderHold or DiscretizationRule.ExponentialEuler => ComplexNumber.Exp(delta * a),

        // a-bar = (1 + Delta A / 2) / (1 - Delta A / 2)
        DiscretizationRule.Bilinear => (1 + (delta * 0.5 * a)) / (1 - (delta * 0.5 * a)),
        DiscretizationRule.None => a,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>The discrete input weight of one mode: what the input is multiplied by as it enters the state.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="a">A, the eigenvalue as the model states it.</param>
    /// <param name="delta">Delta, the step size; unused by <see cref="DiscretizationRule.None"/>.</param>
    /// <param name="b">B, the input weight as the model states it.</param>
    public static ComplexNumber InputWeight(DiscretizationRule rule, ComplexNumber a, double delta, ComplexNumber b) => rule switch
    {
        // b-bar = (e^(Delta A) - 1) / A B = Delta (1 + Delta A / 2 + ...) B: the product may underflow, and A may be 0
        DiscretizationRule.ZeroOrderHold when IsSmall(delta * a) => (1 + (0.5 * (delta * a))) * (delta * b),
        DiscretizationRule.ZeroOrderHold => ComplexNumber.Expm1(delta * a) / a * b,

        // b-bar = Delta / (1 - Delta A / 2) B
        DiscretizationRule.Bilinear => delta / (1 - (delta * 0.5 * a)) * b,

        // b-bar = Delta B
        DiscretizationRule.ExponentialEuler => delta * b,
        DiscretizationRule.None => b,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    // The next term of the series is z^2 / 6, below 2^-62.
    private static bool IsSmall(ComplexNumber z) => Math.Max(Math.Abs(z.Re), Math.Abs(z.Im)) < 1.0 / (1 << 30);
}
