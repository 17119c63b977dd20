using System;

namespace OperatorGen.Analysis;

/// <summary>A norm of a model: <c>y = (x - mean) * scale * weight + bias</c>, channel by channel, with mean and scale of the time step.</summary>
public abstract class NormDescription
{
    private readonly double[] _weight;
    private readonly double[] _bias;

    private protected NormDescription(double[] weight, double[] bias)
    {
        if (weight.Length != bias.Length)
        {
            throw new ArgumentException($"There are {weight.Length} factors and {bias.Length} summands.", nameof(bias));
        }

        _weight = weight;
        _bias = bias;
    }

    /// <summary>The number of channels.</summary>
    public int Width => _weight.Length;

    /// <summary>True where mean is 0 and scale 1 at every time step: the norm is an affine map.</summary>
    public abstract bool IsAffine { get; }

    /// <summary>The channels that have one mean and one scale: all of a row, or a group of them.</summary>
    internal virtual int StatisticsWidth => Width;

    /// <summary>The factor of a channel.</summary>
    public double Weight(int channel) => _weight[channel];

    /// <summary>The summand of a channel.</summary>
    public double Bias(int channel) => _bias[channel];

    /// <summary>Mean and scale of a row: what is held fixed where an input is explained.</summary>
    /// <param name="x">[channel].</param>
    public abstract (double Mean, double Scale) Statistics(ReadOnlySpan<double> x);

    /// <summary>y of a row with mean and scale given.</summary>
    /// <param name="x">[channel].</param>
    /// <param name="mean">The mean.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="y">Room for [channel]; may be x.</param>
    public void Apply(ReadOnlySpan<double> x, double mean, double scale, Span<double> y)
    {
        for (int c = 0; c < x.Length; c++)
        {
            y[c] = ((x[c] - mean) * scale * _weight[c]) + _bias[c];
        }
    }
}
