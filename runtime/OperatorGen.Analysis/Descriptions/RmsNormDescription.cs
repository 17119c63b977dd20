using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The norm by the root mean square: mean 0, scale = 1 / sqrt(mean(x^2) + epsilon) over each group of channels of one time step.</summary>
public sealed class RmsNormDescription : NormDescription
{
    /// <summary>Takes the array as it is; it must not be written afterwards.</summary>
    /// <param name="weight">Factors, [channel].</param>
    /// <param name="epsilon">What is added to the mean square.</param>
    /// <param name="groupWidth">The channels of a group.</param>
    /// <exception cref="ArgumentException">The groups are not whole.</exception>
    public RmsNormDescription(double[] weight, double epsilon, int groupWidth)
        : base(weight, new double[weight.Length])
    {
        if (groupWidth < 1 || weight.Length % groupWidth != 0)
        {
            throw new ArgumentException($"{weight.Length} channels are not made of groups of {groupWidth}.", nameof(groupWidth));
        }

        Epsilon = epsilon;
        GroupWidth = groupWidth;
    }

    /// <summary>What is added to the mean square.</summary>
    public double Epsilon { get; }

    /// <summary>The channels of a group.</summary>
    public int GroupWidth { get; }

    /// <inheritdoc/>
    public override bool IsAffine => false;

    /// <inheritdoc/>
    internal override int StatisticsWidth => GroupWidth;

    /// <summary>The norm out of a table of generated code.</summary>
    /// <param name="width">The number of channels.</param>
    /// <param name="rows">Weight, then whatever else, [row, channel].</param>
    /// <param name="epsilon">What is added to the mean square.</param>
    /// <param name="groupWidth">The channels of a group.</param>
    public static RmsNormDescription FromRows(int width, double[] rows, double epsilon, int groupWidth) => new(rows.AsSpan(0, width).ToArray(), epsilon, groupWidth);

    /// <summary>What the operator's text says about the groups of a norm; null where there is one.</summary>
    /// <param name="width">The channels.</param>
    /// <param name="groupWidth">The channels of a group.</param>
    internal static string? GroupText(int width, int groupWidth) =>
        groupWidth == width ? null : $"RmsNorm is that of each of {NumberText.Format(width / groupWidth)} groups of {NumberText.Format(groupWidth)} {(groupWidth == 1 ? "channel" : "channels")}";

    /// <summary>Mean and scale of a row, or of one group of it.</summary>
    /// <param name="x">[channel].</param>
    public override (double Mean, double Scale) Statistics(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int c = 0; c < x.Length; c++)
        {
            sum += x[c] * x[c];
        }

        return (0, 1 / Math.Sqrt((sum / x.Length) + Epsilon));
    }
}
