using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A mode on a ring: a wave with a wavelength in nodes and a speed in nodes per step.</summary>
/// <param name="Index">The mode's index among the waves that the ring was made of.</param>
/// <param name="WaveNumber">k: how many wavelengths fit around the ring, by the order of the frequencies.</param>
/// <param name="IsPair">True where the mode is on both k and -k; only in a real ring.</param>
/// <param name="Wave">
/// Eigenvalue and weight of the mode. On a pair it is the member at +k, the one whose frequency is not negative; the conjugate is at -k, each with
/// half the weight.
/// </param>
/// <param name="Nodes">The nodes of the ring.</param>
public sealed record RingMode(int Index, int WaveNumber, bool IsPair, Wave Wave, int Nodes)
{
    /// <summary>arg lambda, radians per step.</summary>
    public double Frequency => Wave.Frequency;

    /// <summary>|lambda|, what is left of the amplitude after a step.</summary>
    public double Decay => Wave.Magnitude;

    /// <summary>
    /// How many nodes a crest advances per step, towards higher node numbers: the frequency divided by 2 pi k / nodes. Null at the wave number 0, whose
    /// wave is the same at every node and travels nowhere.
    /// </summary>
    public double? Speed => WaveNumber == 0 ? null : Frequency * Nodes / (2 * Math.PI * WaveNumber);
}
