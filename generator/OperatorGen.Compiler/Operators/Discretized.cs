using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>What the rules make of a mode in continuous time, as formulas (docs/operator.md, From the model to a recurrence).</summary>
internal static class Discretized
{
    /// <summary>The eigenvalue lambda of the recurrence.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="delta">The step size Delta.</param>
    /// <param name="a">The continuous eigenvalue A.</param>
    public static Expression Eigenvalue(DiscretizationRule rule, Expression delta, Expression a) => rule switch
    {
        DiscretizationRule.None => a,
        DiscretizationRule.Bilinear => (1 + (delta * a / 2)) / (1 - (delta * a / 2)),
        DiscretizationRule.ZeroOrderHold or DiscretizationRule.ExponentialEuler => Eq.Exp(delta * a),
        _ => throw Unknown(rule),
    };

    /// <summary>The factor of the input weight B.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="delta">The step size Delta.</param>
    /// <param name="a">The continuous eigenvalue A.</param>
    public static Expression InputWeight(DiscretizationRule rule, Expression delta, Expression a) => rule switch
    {
        DiscretizationRule.None => 1,
        DiscretizationRule.Bilinear => delta / (1 - (delta * a / 2)),
        DiscretizationRule.ZeroOrderHold => (Eq.Exp(delta * a) - 1) / a,
        DiscretizationRule.ExponentialEuler => delta,
        _ => throw Unknown(rule),
    };

    private static NotSupportedException Unknown(DiscretizationRule rule) => new($"There is no formula for the rule {rule}.");
}
