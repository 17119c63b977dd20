using System;

namespace OperatorGen.Models;

/// <summary>How a continuous cell becomes a discrete one (docs/architectures/README.md). a = exp or rational function of Delta A; b-bar multiplies the input.</summary>
public enum DiscretizationRule
{
    /// <summary>Zero-order hold: a = e^(Delta A), b-bar = (e^(Delta A) - 1) / A B.</summary>
    ZeroOrderHold,

    /// <summary>Bilinear (Tustin): a = (1 + Delta A / 2) / (1 - Delta A / 2), b-bar = Delta / (1 - Delta A / 2) B.</summary>
    Bilinear,

    /// <summary>Mamba's rule: a = e^(Delta A), b-bar = Delta B.</summary>
    ExponentialEuler,

    /// <summary>
    /// DSS of state-spaces/s4: a = e^(Delta A), b-bar = (e^(Delta A) - 1) conj(x) / (|x|^2 + 1e-7) B with x = (e^(L Delta A) - 1) A, for sequences of L steps.
    /// </summary>
    Dss,

    /// <summary>None: A is the discrete eigenvalue itself and B the discrete input weight; Delta is not used.</summary>
    None,
}

/// <summary>The rules in words.</summary>
public static class DiscretizationRules
{
    /// <summary>For example <c>zero-order hold</c>.</summary>
    public static string Text(this DiscretizationRule rule) => rule switch
    {
        DiscretizationRule.ZeroOrderHold => "zero-order hold",
        DiscretizationRule.Bilinear => "bilinear",
        DiscretizationRule.ExponentialEuler => "exponential Euler",
        DiscretizationRule.Dss => "DSS",
        DiscretizationRule.None => "discrete",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}
