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
public readonly record struct WaveFactor(WaveKind Kind, int Channel, int Mode, int Power);
