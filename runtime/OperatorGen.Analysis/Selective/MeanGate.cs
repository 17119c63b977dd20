using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The gate of a selective recurrence, split about a centre c that is kept exact:
/// <code>
/// s_t = e^(r g_t) s_(t-1) + X_t          r g_t = r c + r (g_t - c)
/// </code>
/// g_t is a step size and r the continuous eigenvalue (Mamba, r = a), or g_t is the logarithm of the gate and r = 1.
/// </summary>
/// <param name="Rate">r: a of a step size; 1 of a log-gate.</param>
/// <param name="Centre">c: the mean or the midrange of g_t; -infinity of a log-gate whose gate is always 0.</param>
public readonly record struct MeanGate(ComplexNumber Rate, double Centre)
{
    /// <summary>e^(r c): the eigenvalue of the waves.</summary>
    public ComplexNumber Eigenvalue => double.IsNegativeInfinity(Centre) ? ComplexNumber.Zero : ComplexNumber.Exp(Rate * Centre);

    /// <summary>-Re(r c): the logarithm of what a step leaves of a wave, with its sign turned; positive where the waves decay.</summary>
    public double Decay => -(Rate.Re * Centre);

    /// <summary>A gate that is given as its logarithm.</summary>
    /// <param name="centre">The mean or the midrange of the log-gate, negative where the waves decay.</param>
    public static MeanGate OfLogGate(double centre) => new(1, centre);

    /// <summary>The largest log-gate Re(r g) of a range: above 0 a gate is above 1 and its states grow. -infinity of no values.</summary>
    /// <param name="range">Where the gates lie.</param>
    public double LargestLogGate(GateRange range) =>
        range.Count == 0 ? double.NegativeInfinity : Math.Max((Rate * range.Min).Re, (Rate * range.Max).Re);

    /// <summary>The greatest |r (g - c)| of all gates in a range.</summary>
    /// <param name="range">Where the gates lie.</param>
    public double Deviation(GateRange range) => Rate.Magnitude * range.Radius(Centre);

    /// <summary>
    /// The deviation as a part of the decay: below 1 the expansion converges at any length, about as its powers. About the midrange, with a real rate, it is
    /// <see cref="GateRange.Rho"/>. Infinite where the waves do not decay.
    /// </summary>
    /// <param name="range">Where the gates lie.</param>
    public double Ratio(GateRange range) =>
        Deviation(range) is var deviation && deviation == 0 ? 0 : Decay > 0 ? deviation / Decay : double.PositiveInfinity;
}
