using System;

namespace OperatorGen.Analysis;

/// <summary>The norm by the length of the vector of channels: mean 0, scale = 1 / max(|x|, floor); the weight holds the root of the width.</summary>
public sealed class LengthNormDescription : NormDescription
{
    /// <summary>Takes the array as it is; it must not be written afterwards.</summary>
    /// <param name="weight">Factors times the root of the width, [channel].</param>
    /// <param name="floor">The least length that is divided by.</param>
    public LengthNormDescription(double[] weight, double floor)
        : base(weight, new double[weight.Length]) => Floor = floor;

    /// <summary>The least length that is divided by.</summary>
    public double Floor { get; }

    /// <inheritdoc/>
    public override bool IsAffine => false;

    /// <summary>The norm out of a table of generated code.</summary>
    /// <param name="width">The number of channels.</param>
    /// <param name="rows">Weight times the root of the width, then whatever else, [row, channel].</param>
    /// <param name="floor">The least length that is divided by.</param>
    public static LengthNormDescription FromRows(int width, double[] rows, double floor) => new(rows.AsSpan(0, width).ToArray(), floor);

    /// <inheritdoc/>
    public override (double Mean, double Scale) Statistics(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int c = 0; c < x.Length; c++)
        {
            sum += x[c] * x[c];
        }

        return (0, 1 / Math.Max(Math.Sqrt(sum), Floor));
    }
}
