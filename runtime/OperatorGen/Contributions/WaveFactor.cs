namespace OperatorGen;

/// <summary>What a factor of a term is.</summary>
public enum WaveKind
{
    /// <summary>A wave: what one mode contributes to its channel's readout.</summary>
    Mode,

    /// <summary>The skip D v(t) of a channel, an instantaneous wave.</summary>
    Skip,

    /// <summary>The gate stream's argument z(t) of a channel, instantaneous too.</summary>
    Gate,
}

/// <summary>A power of a wave in a term.</summary>
/// <param name="Kind">What is raised to the power.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Mode">The mode; for a skip and a gate stream of no account.</param>
/// <param name="Power">The exponent, at least 1.</param>
public readonly record struct WaveFactor(WaveKind Kind, int Channel, int Mode, int Power);
