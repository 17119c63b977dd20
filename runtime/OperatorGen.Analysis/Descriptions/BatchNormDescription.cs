using System;
using OperatorGen.Symbolics;

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

    internal override Interval[] Range(Interval[] x) => Affine(x);

    internal override Interval[] Enclose(Interval[] x) => Affine(x);

    internal override Interval[]? Change(Interval[] e)
    {
        var change = new Interval[e.Length];
        for (int c = 0; c < change.Length; c++)
        {
            change[c] = e[c] * Weight(c);
        }

        return change;
    }

    internal override GainMatrix Gains() => GainMatrix.Of(Width, Width, (i, j) => i == j ? Math.Abs(Weight(i)) : 0);
}
