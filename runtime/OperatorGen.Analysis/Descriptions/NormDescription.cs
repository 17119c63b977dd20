using System;

namespace OperatorGen.Analysis;

/// <summary>A LayerNorm of a model: <c>y = (x - mean) / sqrt(var + epsilon) * weight + bias</c> over the channels of one time step, var with divisor n.</summary>
public sealed class NormDescription
{
    private readonly double[] _weight;
    private readonly double[] _bias;

    /// <summary>Takes the arrays as they are; they must not be written afterwards.</summary>
    /// <param name="weight">Factors, [channel].</param>
    /// <param name="bias">Summands, [channel].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public NormDescription(double[] weight, double[] bias, double epsilon)
    {
        if (weight.Length != bias.Length)
        {
            throw new ArgumentException($"There are {weight.Length} factors and {bias.Length} summands.", nameof(bias));
        }

        _weight = weight;
        _bias = bias;
        Epsilon = epsilon;
    }

    /// <summary>The number of channels.</summary>
    public int Width => _weight.Length;

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>The factor of a channel.</summary>
    public double Weight(int channel) => _weight[channel];

    /// <summary>The summand of a channel.</summary>
    public double Bias(int channel) => _bias[channel];

    /// <summary>The norm out of a table of generated code.</summary>
    /// <param name="width">The number of channels.</param>
    /// <param name="rows">Weight, then bias, then whatever else, [row, channel].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public static NormDescription FromRows(int width, double[] rows, double epsilon) =>
        new(rows.AsSpan(0, width).ToArray(), rows.AsSpan(width, width).ToArray(), epsilon);

    /// <summary>Mean and scale of a row: what a frozen norm holds fixed.</summary>
    /// <param name="x">[channel].</param>
    /// <returns>The mean, and 1 / sqrt(var + epsilon).</returns>
    public (double Mean, double Scale) Statistics(ReadOnlySpan<double> x)
    {
        double mean = 0;
        for (int c = 0; c < x.Length; c++)
        {
            mean += x[c];
        }

        mean /= x.Length;
        double variance = 0;
        for (int c = 0; c < x.Length; c++)
        {
            variance += (x[c] - mean) * (x[c] - mean);
        }

        return (mean, 1 / Math.Sqrt((variance / x.Length) + Epsilon));
    }

    /// <summary>y of a row with mean and scale given.</summary>
    /// <param name="x">[channel].</param>
    /// <param name="mean">The mean.</param>
    /// <param name="scale">1 / sqrt(var + epsilon).</param>
    /// <param name="y">Room for [channel]; may be x.</param>
    public void Apply(ReadOnlySpan<double> x, double mean, double scale, Span<double> y)
    {
        for (int c = 0; c < x.Length; c++)
        {
            y[c] = ((x[c] - mean) * scale * _weight[c]) + _bias[c];
        }
    }
}
