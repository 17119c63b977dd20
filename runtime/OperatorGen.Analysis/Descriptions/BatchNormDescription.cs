using System;

namespace OperatorGen.Analysis;

/// <summary>BatchNorm in inference: <c>y = factor x + summand</c>, which holds the statistics of the training.</summary>
public sealed class BatchNormDescription : NormDescription
{
    /// <summary>Takes the arrays as they are; they must not be written afterwards.</summary>
    /// <param name="factor">[channel].</param>
    /// <param name="summand">[channel].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public BatchNormDescription(double[] factor, double[] summand)
        : base(factor, summand)
    {
    }

    /// <inheritdoc/>
    public override bool IsAffine => true;

    /// <summary>The norm out of a table of generated code.</summary>
    /// <param name="width">The number of channels.</param>
    /// <param name="rows">Factor, then summand, [row, channel].</param>
    public static BatchNormDescription FromRows(int width, double[] rows) =>
        new(rows.AsSpan(0, width).ToArray(), rows.AsSpan(width, width).ToArray());

    /// <inheritdoc/>
    public override (double Mean, double Scale) Statistics(ReadOnlySpan<double> x) => (0, 1);
}
