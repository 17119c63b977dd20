using System;
using System.Collections.Generic;
using System.Numerics;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>One layer of an operator: the waves of its channels, and the terms that its decoder function makes of them.</summary>
public sealed class LayerDescription
{
    private readonly Wave[] _waves;
    private readonly double[]? _skip;

    private LayerDescription(string name, int channels, int modes, Wave[] waves, double[]? skip, string decoder, bool isDirect)
    {
        Name = name;
        Channels = channels;
        Modes = modes;
        _waves = waves;
        _skip = skip;
        Decoder = DecoderFunctions.Find(decoder) ?? throw new ArgumentException($"The decoder function \"{decoder}\" is unknown.", nameof(decoder));
        IsDirect = isDirect;
    }

    /// <summary>Upstream's prefix of the layer's tensors; empty for a model of one layer.</summary>
    public string Name { get; }

    /// <summary>The number of readouts.</summary>
    public int Channels { get; }

    /// <summary>Modes per channel.</summary>
    public int Modes { get; }

    /// <summary>True when the recurrence depends on the input: it has gates, no waves.</summary>
    public bool IsSelective => _waves.Length == 0;

    /// <summary>Whether a readout has a skip, D v(t), which is one more summand after the waves.</summary>
    public bool HasSkip => _skip is not null;

    /// <summary>The decoder function of the readouts.</summary>
    public DecoderFunction Decoder { get; }

    /// <summary>True when nothing but the recurrence and the decoder function stands between the layer's input and output.</summary>
    public bool IsDirect { get; }

    /// <summary>A wave.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="mode">The mode.</param>
    /// <exception cref="InvalidOperationException">The layer is selective.</exception>
    public Wave Wave(int channel, int mode)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)channel, (uint)Channels, nameof(channel));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)mode, (uint)Modes, nameof(mode));
        return IsSelective
            ? throw new InvalidOperationException($"The layer \"{Name}\" is selective: its modes depend on the input, it has no waves.")
            : _waves[(channel * Modes) + mode];
    }

    /// <summary>D of a channel; 0 where the readout has no skip.</summary>
    public double Skip(int channel) => _skip is null ? 0 : _skip[channel];

    /// <summary>How many terms the expansion of one channel has.</summary>
    /// <param name="order">The order, 1 to 16.</param>
    public BigInteger TermCount(int order) => IsSelective ? 0 : new DecoderExpansion(Decoder, order).TermCount(Summands);

    /// <summary>
    /// The terms of one channel in canonical order: monomials in the waves w_0, w_1, ... (variable n is wave n; the variable after the last
    /// wave is the skip). Enumerated lazily; they are the same for every channel, since coefficients belong to the decoder function.
    /// </summary>
    /// <param name="order">The order, 1 to 16.</param>
    public IEnumerable<DecoderTerm> Terms(int order) => IsSelective ? [] : new DecoderExpansion(Decoder, order).Terms(Summands);

    /// <summary>Called by generated code: a layer of waves, out of its padded tables.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="name">Upstream's prefix.</param>
    /// <param name="channels">The number of readouts.</param>
    /// <param name="modes">Modes per channel.</param>
    /// <param name="complex">Whether a mode has two rows, real and imaginary.</param>
    /// <param name="columns">Elements of a table row.</param>
    /// <param name="eigenvalues">lambda, [mode(, part), column].</param>
    /// <param name="weights">gamma c b-bar, [mode(, part), column].</param>
    /// <param name="skip">D, [column]; empty: none.</param>
    /// <param name="decoder">The decoder function's name.</param>
    /// <param name="isDirect">Whether nothing else stands in the layer.</param>
    public static LayerDescription Waves<T>(
        string name,
        int channels,
        int modes,
        bool complex,
        int columns,
        ReadOnlySpan<T> eigenvalues,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<T> skip,
        string decoder,
        bool isDirect)
        where T : INumber<T>
    {
        var waves = new Wave[channels * modes];
        for (int c = 0; c < channels; c++)
        {
            for (int n = 0; n < modes; n++)
            {
                waves[(c * modes) + n] = new Wave(Part(eigenvalues, n, c), Part(weights, n, c));
            }
        }

        double[]? d = skip.IsEmpty ? null : new double[channels];
        for (int c = 0; d is not null && c < channels; c++)
        {
            d[c] = double.CreateChecked(skip[c]);
        }

        return new LayerDescription(name, channels, modes, waves, d, decoder, isDirect);

        ComplexNumber Part(ReadOnlySpan<T> table, int mode, int channel) => complex
            ? new ComplexNumber(double.CreateChecked(table[(2 * mode * columns) + channel]), double.CreateChecked(table[(((2 * mode) + 1) * columns) + channel]))
            : double.CreateChecked(table[(mode * columns) + channel]);
    }

    /// <summary>Called by generated code: a selective layer.</summary>
    /// <param name="name">Upstream's prefix.</param>
    /// <param name="channels">The number of readouts.</param>
    /// <param name="modes">Modes per channel.</param>
    /// <param name="decoder">The decoder function's name.</param>
    public static LayerDescription Selective(string name, int channels, int modes, string decoder) =>
        new(name, channels, modes, [], null, decoder, false);

    private int Summands => Modes + (HasSkip ? 1 : 0);
}
