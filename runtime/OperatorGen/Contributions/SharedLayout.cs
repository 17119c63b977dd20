using System.Numerics;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// What the terms of a layer with shared modes are products of, in canonical order: the oscillators, which all readouts read; the skips of the readouts; the
/// gate stream's arguments. Oscillators have one or two columns in the sums over time, the others one, and these belong to one variable of the layer's
/// polynomial each: a readout, or an argument of the gate stream.
/// </summary>
internal sealed class SharedLayout(SharedTables tables, bool gateStream)
{
    private readonly int _skips = tables.Skip.Length;

    /// <summary>How many oscillators there are, which come first.</summary>
    public int Modes => tables.Modes;

    /// <summary>Oscillators, skips and gate arguments.</summary>
    public int Count => Modes + _skips + (gateStream ? tables.Readouts : 0);

    /// <summary>Columns of the sums over time, padded.</summary>
    public int Columns => GateColumn + (gateStream ? tables.ReadoutStride : 0);

    /// <summary>The first column of the skips.</summary>
    public int SkipColumn => tables.Width;

    /// <summary>The first column of the gate arguments.</summary>
    public int GateColumn => tables.Width + (_skips > 0 ? tables.ReadoutStride : 0);

    public WaveKind Kind(int wave) => wave < Modes ? WaveKind.Oscillator : wave < Modes + _skips ? WaveKind.Skip : WaveKind.Gate;

    /// <summary>The readout of a skip or of a gate argument.</summary>
    public int Readout(int wave) => wave < Modes + _skips ? wave - Modes : wave - Modes - _skips;

    /// <summary>The variable of a skip or of a gate argument.</summary>
    public int Variable(int wave) => Readout(wave) + (Kind(wave) == WaveKind.Gate ? tables.Readouts : 0);

    /// <summary>The column of a skip or of a gate argument, or of an oscillator's part.</summary>
    public int Column(int wave, int part = 0) => Kind(wave) switch
    {
        WaveKind.Oscillator => (part * tables.PartWidth) + wave,
        WaveKind.Skip => SkipColumn + Readout(wave),
        _ => GateColumn + Readout(wave),
    };

    public WaveFactor Factor(int wave, int power) => wave < Modes
        ? new WaveFactor(WaveKind.Oscillator, 0, wave, power)
        : new WaveFactor(Kind(wave), Readout(wave), 0, power);
}
