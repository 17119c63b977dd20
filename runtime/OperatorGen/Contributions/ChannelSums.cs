using System;

namespace OperatorGen;

/// <summary>Weighted sums over time of a layer whose channels do not interact; rows of channels, padded as the tables are.</summary>
internal sealed class ChannelSums
{
    private readonly double[] _gram;
    private readonly double[] _first;

    public ChannelSums(WaveTables tables)
    {
        Summands = tables.Summands;
        Stride = tables.Stride;
        _gram = new double[Summands * (Summands + 1) / 2 * Stride];
        _first = new double[Summands * Stride];
    }

    public int Summands { get; }

    public int Stride { get; }

    /// <summary>sum_t omega_t w_a w_b, [channel], a at most b.</summary>
    public Span<double> Pair(int a, int b) => _gram.AsSpan(((b * (b + 1) / 2) + a) * Stride, Stride);

    /// <summary>sum_t omega_t w_a, [channel].</summary>
    public Span<double> First(int a) => _first.AsSpan(a * Stride, Stride);
}
