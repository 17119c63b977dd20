using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The waves of all channels of a layer, and the skip.</summary>
public sealed class WaveTable : IEquatable<WaveTable>
{
    private readonly Wave[] _waves;
    private readonly double[]? _skip;
    private string? _hash;

    /// <summary>Takes the arrays as they are; they must not be written afterwards.</summary>
    /// <param name="modes">Waves per channel.</param>
    /// <param name="waves">[channel, mode].</param>
    /// <param name="skip">D per channel; null: none.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public WaveTable(int modes, Wave[] waves, double[]? skip)
    {
        if (modes < 1 || waves.Length % modes != 0 || (skip is not null && skip.Length * modes != waves.Length))
        {
            throw new ArgumentException($"{waves.Length} waves and {skip?.Length ?? 0} skips are no table of {modes} waves per channel.", nameof(waves));
        }

        Modes = modes;
        Channels = waves.Length / modes;
        _waves = waves;
        _skip = skip;
    }

    /// <summary>The number of channels.</summary>
    public int Channels { get; }

    /// <summary>Waves per channel.</summary>
    public int Modes { get; }

    /// <summary>Whether the readouts have a skip, which counts as one more, instantaneous wave.</summary>
    public bool HasSkip => _skip is not null;

    /// <summary>The summands of a readout: waves, and the skip where there is one.</summary>
    public int Summands => Modes + (HasSkip ? 1 : 0);

    /// <summary>A wave.</summary>
    public Wave this[int channel, int mode] => _waves[(channel * Modes) + mode];

    /// <summary>The table of one channel.</summary>
    public WaveTable Of(int channel)
    {
        var waves = new Wave[Modes];
        Array.Copy(_waves, channel * Modes, waves, 0, Modes);
        return new WaveTable(Modes, waves, _skip is null ? null : [_skip[channel]]);
    }

    /// <summary>The waves of a channel, [mode].</summary>
    public IReadOnlyList<Wave> Channel(int channel) => new ArraySegment<Wave>(_waves, channel * Modes, Modes);

    /// <summary>D of a channel; 0 where there is none.</summary>
    public double Skip(int channel) => _skip is null ? 0 : _skip[channel];

    /// <summary>A bound of |o| per unit of |v| in a channel: sum of the waves' reaches and |D|; infinite where a wave does not decay.</summary>
    public double Reach(int channel)
    {
        double sum = Math.Abs(Skip(channel));
        for (int n = 0; n < Modes; n++)
        {
            sum += this[channel, n].Reach;
        }

        return sum;
    }

    /// <summary>The waves out of the tables of generated code.</summary>
    /// <param name="channels">The number of channels.</param>
    /// <param name="modes">Waves per channel.</param>
    /// <param name="complex">Whether a mode has two rows, real and imaginary.</param>
    /// <param name="eigenvalues">lambda, [mode(, part), channel].</param>
    /// <param name="weights">gamma c b-bar, [mode(, part), channel].</param>
    /// <param name="skip">D, [channel]; null: none.</param>
    public static WaveTable FromRows(int channels, int modes, bool complex, double[] eigenvalues, double[] weights, double[]? skip)
    {
        var waves = new Wave[channels * modes];
        for (int c = 0; c < channels; c++)
        {
            for (int n = 0; n < modes; n++)
            {
                waves[(c * modes) + n] = new Wave(Number(eigenvalues, n, c), Number(weights, n, c));
            }
        }

        return new WaveTable(modes, waves, skip);

        ComplexNumber Number(double[] table, int mode, int channel) => complex
            ? new ComplexNumber(table[(2 * mode * channels) + channel], table[(((2 * mode) + 1) * channels) + channel])
            : table[(mode * channels) + channel];
    }

    private string Hash => _hash ??= ComputeHash();

    /// <inheritdoc/>
    public bool Equals(WaveTable? other) => other is not null && (ReferenceEquals(this, other) || Hash == other.Hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WaveTable);

    /// <inheritdoc/>
    public override int GetHashCode() => _waves.Length;

    private string ComputeHash()
    {
        var numbers = new List<double>(4 * _waves.Length);
        foreach (Wave wave in _waves)
        {
            numbers.AddRange([wave.Eigenvalue.Re, wave.Eigenvalue.Im, wave.Weight.Re, wave.Weight.Im]);
        }

        return new ContentHash().Add(Modes).Add(numbers.ToArray()).Add(_skip ?? []).ToHexString();
    }
}
