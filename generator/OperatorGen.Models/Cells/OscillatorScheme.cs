using System;

namespace OperatorGen.Models;

/// <summary>How x'' = -A x + B v becomes a step of (z, x), z = x' (Rusch and Rus 2024, arXiv:2410.03943). S = 1 / (1 + Delta^2 A).</summary>
public enum OscillatorScheme
{
    /// <summary>Implicit: M = S [[1, -Delta A], [Delta, 1]], f = S (Delta, Delta^2). The state loses det M = S at every step.</summary>
    Implicit,

    /// <summary>Implicit in x, explicit in z: M = [[1, -Delta A], [Delta, 1 - Delta^2 A]], f = (Delta, Delta^2), det M = 1. Grows where Delta^2 A is above 4.</summary>
    ImplicitExplicit,
}

/// <summary>The schemes in words.</summary>
public static class OscillatorSchemes
{
    /// <summary>For example <c>implicit</c>.</summary>
    public static string Text(this OscillatorScheme scheme) => scheme switch
    {
        OscillatorScheme.Implicit => "implicit",
        OscillatorScheme.ImplicitExplicit => "implicit-explicit",
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };
}
