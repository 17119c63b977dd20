using System;

namespace OperatorGen.Analysis;

/// <summary>LayerNorm: mean over the channels of one time step, scale = 1 / sqrt(var + epsilon), var with divisor n.</summary>
public sealed class LayerNormDescription : NormDescription
{
    /// <summary>Takes the arrays as they are; they must not be written afterwards.</summary>
    /// <param name="weight">Factors, [channel].</param>
    /// <param name="bias">Summands, [channel].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public LayerNormDescription(double[] weight, double[] bias, double epsilon)
        : base(weight, bias) => Epsilon = epsilon;

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override bool IsAffine => false;

    /// <summary>The norm out of a table of generated code.</summary>
    /// <param name="width">The number of channels.</param>
    /// <param name="rows">Weight, then bias, then whatever else, [row, channel].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public static LayerNormDescription FromRows(int width, double[] rows, double epsilon) =>
        new(rows.AsSpan(0, width).ToArray(), rows.AsSpan(width, width).ToArray(), epsilon);

    /// <inheritdoc/>
    public override (double Mean, double Scale) Statistics(ReadOnlySpan<double> x)
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
}
