using System;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What a factor of a term is.</summary>
public enum WaveKind
{
    /// <summary>A wave: what one mode contributes to one readout of its channel.</summary>
    Mode,

    /// <summary>The skip D v(t) of a readout, an instantaneous wave.</summary>
    Skip,

    /// <summary>The gate stream's argument z(t) of a readout, instantaneous too.</summary>
    Gate,

    /// <summary>A mode that all readouts share. A term has what it contributes to all of them; <see cref="ContributionTerm.Readouts"/> says to which.</summary>
    Oscillator,
}

/// <summary>A power of a wave in a term.</summary>
/// <param name="Kind">What is raised to the power.</param>
/// <param name="Channel">The readout: the channel where every channel has one. Unused (0) for an oscillator.</param>
/// <param name="Mode">The mode. Unused (0) for a skip and a gate argument.</param>
/// <param name="Power">The exponent, at least 1.</param>
public readonly record struct WaveFactor(WaveKind Kind, int Channel, int Mode, int Power)
{
    /// <summary>
    /// <c>w(c,n)</c>: the wave of mode n in readout c; <c>s(n)</c>: the oscillator n that all readouts share; <c>d(c)</c>: the skip of readout c; <c>z(c)</c>: the argument
    /// of its gate; with the power where it is not 1, <c>w(3,0)^2</c>.
    /// </summary>
    public string Name => Symbol() + (Power == 1 ? "" : "^" + NumberText.Format(Power));

    private string Symbol() => Kind switch
    {
        WaveKind.Mode => $"w({NumberText.Format(Channel)},{NumberText.Format(Mode)})",
        WaveKind.Oscillator => $"s({NumberText.Format(Mode)})",
        WaveKind.Skip => $"d({NumberText.Format(Channel)})",
        WaveKind.Gate => $"z({NumberText.Format(Channel)})",
        _ => throw new InvalidOperationException($"A kind of wave without a name: {Kind}."),
    };
}
