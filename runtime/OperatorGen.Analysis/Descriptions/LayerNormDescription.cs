using System;
using System.Linq;
using OperatorGen.Symbolics;

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

    /// <summary>Of any row: the normalised row has the mean 0 and a mean square below 1, hence no element above sqrt(n - 1).</summary>
    internal override Interval[] Range(Interval[] x)
    {
        double greatest = IntervalMaps.Root(Width - 1).High;
        return Affine([.. Enumerable.Repeat(new Interval(-greatest, greatest), Width)]);
    }

    internal override Interval[] Enclose(Interval[] x)
    {
        Interval mean = Interval.Sum(x) / x.Length;
        Interval[] centred = [.. x.Select(value => value - mean)];
        Interval variance = Interval.Sum([.. centred.Select(value => value.Square())]) / x.Length;
        Interval scale = 1.0 / IntervalMaps.Root(variance + Epsilon);
        return Affine([.. centred.Select(value => value * scale)]);
    }

    internal override Interval[]? Change(Interval[] e) => e.All(change => change.Magnitude == 0) ? e : null;

    /// <summary>
    /// The Jacobian at any row is diag(weight) J with J = (1 - 11'/n - x x'/n) / sqrt(var + epsilon), x the normalised row: symmetric, its eigenvalues in
    /// [0, 1/sqrt(epsilon)]. Then no diagonal entry exceeds 1/sqrt(epsilon), and no other half of it (each 2 x 2 block has its eigenvalues in that interval too).
    /// </summary>
    internal override GainMatrix Gains()
    {
        Interval steepest = 1.0 / IntervalMaps.Root(Epsilon);
        return GainMatrix.Of(Width, Width, (i, j) => (Math.Abs(Weight(i)) * steepest).High * (i == j ? 1 : 0.5));
    }
}
