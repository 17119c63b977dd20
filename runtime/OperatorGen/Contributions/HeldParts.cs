using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What a score has beside the decoded outputs of the layer that is taken apart: biases, and what is held fixed for the input.</summary>
/// <param name="target">The scores.</param>
/// <param name="omega">The weights of the time steps.</param>
/// <param name="input">x, the layer's input, [time, width]; unused without residual stream.</param>
/// <param name="means">The mean of the norm after the layer, [time]; unused where it has none that is held fixed.</param>
internal sealed class HeldParts(ContributionTarget target, double[] omega, double[] input, double[] means)
{
    /// <summary>The name of the part of the residual stream.</summary>
    public const string ResidualStream = "residual stream";

    /// <summary>The name of what the bias of the norm after the layer adds.</summary>
    public const string NormBias = "bias of the norm";

    /// <summary>The name of what its mean takes away.</summary>
    public const string NormMean = "mean of the norm";

    private double[]? _residual; // sum_t omega_t x(t), [output]

    /// <summary>The parts of a score, by name.</summary>
    public List<NamedContribution> Of(int score)
    {
        List<NamedContribution> parts = [];
        if (target.HasHeadBias)
        {
            parts.Add(new("bias of the head", target.HeadBias[score]));
        }

        if (target.Layer.PostNorm is not null)
        {
            parts.Add(new(NormBias, target.NormBias[score]));
        }

        if (target.FrozenNorm)
        {
            parts.Add(new(NormMean, -Weighed(score, [.. Enumerable.Repeat(Summed(means, 1)[0], target.Layer.OutputWidth)])));
        }

        if (target.Layer.Residual)
        {
            parts.Add(new(ResidualStream, Residual(score)));
        }

        return parts;
    }

    /// <summary>What the residual stream adds to a score.</summary>
    public double Residual(int score) => Weighed(score, _residual ??= Summed(input, target.Layer.Width));

    /// <summary>sum_t omega_t x(t), [width].</summary>
    public double[] Summed(double[] x, int width)
    {
        var sums = new CompensatedSum[width];
        for (int i = 0; i < x.Length; i++)
        {
            sums[i % width].Add(omega[i / width] * x[i]);
        }

        return System.Array.ConvertAll(sums, sum => sum.Value);
    }

    /// <summary>sum_i eta_i x_i.</summary>
    public double Weighed(int score, double[] x)
    {
        System.ReadOnlySpan<double> eta = target.Eta(score);
        var sum = default(CompensatedSum);
        for (int i = 0; i < eta.Length; i++)
        {
            sum.Add(eta[i] * x[i]);
        }

        return sum.Value;
    }
}
