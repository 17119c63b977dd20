using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// The waves of a layer in canonical order: channel by channel its modes, then its skip; after all channels the gate stream's arguments. Every
/// wave belongs to one variable of the layer's polynomial: a readout, or an argument of the gate stream.
/// </summary>
internal sealed class WaveLayout
{
    public WaveLayout(LayerDescription layer)
    {
        Channels = layer.Channels;
        Modes = layer.Modes;
        Summands = layer.Bank!.Summands;
        Variables = layer.Gate is null ? Channels : 2 * Channels;
    }

    public int Channels { get; }

    public int Modes { get; }

    /// <summary>Waves of a readout, its skip included.</summary>
    public int Summands { get; }

    public int Variables { get; }

    /// <summary>All waves.</summary>
    public int Count => (Channels * Summands) + (Variables - Channels);

    /// <summary>The first wave of a variable.</summary>
    public int Start(int variable) => variable < Channels ? variable * Summands : (Channels * Summands) + variable - Channels;

    /// <summary>How many waves a variable is the sum of.</summary>
    public int Width(int variable) => variable < Channels ? Summands : 1;

    /// <summary>The variable that a wave belongs to.</summary>
    public int Variable(int wave) => wave < Channels * Summands ? wave / Summands : wave - (Channels * Summands) + Channels;

    public WaveFactor Factor(int wave, int power) => wave >= Channels * Summands
        ? new WaveFactor(WaveKind.Gate, Variable(wave) - Channels, 0, power)
        : wave % Summands < Modes
            ? new WaveFactor(WaveKind.Mode, wave / Summands, wave % Summands, power)
            : new WaveFactor(WaveKind.Skip, wave / Summands, 0, power);
}
