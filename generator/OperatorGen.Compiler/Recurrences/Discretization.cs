using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// The one place of the compiler where a continuous cell becomes a discrete one; operators and plans share it.
/// The formulas are in docs/architectures/README.md.
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
        DiscretizationRule.ZeroOrderHold or DiscretizationRule.ExponentialEuler or DiscretizationRule.Dss => ComplexNumber.Exp(delta * a),

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
    /// <param name="length">L, the length of a sequence, which <see cref="DiscretizationRule.Dss"/> needs; unused by the others.</param>
    public static ComplexNumber InputWeight(DiscretizationRule rule, ComplexNumber a, double delta, ComplexNumber b, int? length = null) => rule switch
    {
        // b-bar = (e^(Delta A) - 1) / A B = Delta (1 + Delta A / 2 + ...) B: the product may underflow, and A may be 0
        DiscretizationRule.ZeroOrderHold when IsSmall(delta * a) => (1 + (0.5 * (delta * a))) * (delta * b),
        DiscretizationRule.ZeroOrderHold => ComplexNumber.Expm1(delta * a) / a * b,

        // b-bar = Delta / (1 - Delta A / 2) B
        DiscretizationRule.Bilinear => delta / (1 - (delta * 0.5 * a)) * b,

        // b-bar = Delta B
        DiscretizationRule.ExponentialEuler => delta * b,
        DiscretizationRule.Dss => Dss(a, delta, length ?? throw new ArgumentNullException(nameof(length), "The rule dss needs the length of a sequence.")) * b,
        DiscretizationRule.None => b,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    // The next term of the series is z^2 / 6, below 2^-62.
    private static bool IsSmall(ComplexNumber z) => Math.Max(Math.Abs(z.Re), Math.Abs(z.Im)) < 1.0 / (1 << 30);

    // b-bar / B = (e^(Delta A) - 1) conj(x) / (|x|^2 + 1e-7), x = (e^(L Delta A) - 1) A. Of a mode that grows, all powers are taken backwards from the last step:
    // e^(-(L-1) Delta A) (e^(-Delta A) - 1) conj(x) / (|x|^2 + 1e-7), x = (e^(-L Delta A) - 1) A.
    private static ComplexNumber Dss(ComplexNumber a, double delta, int length)
    {
        const double Regularisation = 1e-7;
        ComplexNumber rate = a.Re > 0 ? -delta * a : delta * a;
        ComplexNumber x = ComplexNumber.Expm1(length * rate) * a;
        ComplexNumber factor = ComplexNumber.Expm1(rate) * x.Conjugate() / ((x.Re * x.Re) + (x.Im * x.Im) + Regularisation);
        return a.Re > 0 ? factor * ComplexNumber.Exp((length - 1) * rate) : factor;
    }
}
