using System;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>
/// The numbers that are decomposed, each a linear functional of one layer's decoded outputs r and of what is held fixed:
/// <code>
/// score_s = bias_s + sum_t omega_t sum_i eta_si (r_i(t) + x_i(t) - mean_t),   omega_t = scale_t / T
/// </code>
/// bias_s is the head's and the norm's. x and mean are 0 and scale is 1 where there is no residual and no norm. An affine norm is in eta and bias, with mean 0 and scale 1.
/// </summary>
internal sealed class ContributionTarget
{
    private readonly double[] _eta;

    public ContributionTarget(OperatorDescription operators, int layer)
    {
        Layer = operators.Layers[layer];
        IsLast = layer == operators.Layers.Count - 1;
        LinearDescription? head = IsLast ? operators.Head : null;
        int width = Layer.OutputWidth;
        Count = head?.Outputs ?? width;
        _eta = new double[Count * width];
        HeadBias = new double[Count];
        NormBias = new double[Count];
        for (int s = 0; s < Count; s++)
        {
            HeadBias[s] = head?.Bias(s) ?? 0;
            for (int i = 0; i < width; i++)
            {
                double weight = head?.Weight(s, i) ?? (s == i ? 1 : 0);
                _eta[(s * width) + i] = weight * (Layer.PostNorm?.Weight(i) ?? 1);
                NormBias[s] += weight * (Layer.PostNorm?.Bias(i) ?? 0);
            }
        }

        HasHeadBias = head?.HasBias == true;
    }

    public LayerDescription Layer { get; }

    public bool IsLast { get; }

    /// <summary>True where the layer ends with a norm whose mean and scale are held fixed.</summary>
    public bool FrozenNorm => Layer.PostNorm is { IsAffine: false };

    /// <summary>How many numbers there are: scores or outputs.</summary>
    public int Count { get; }

    public bool HasHeadBias { get; }

    public double[] HeadBias { get; }

    public double[] NormBias { get; }

    /// <summary>eta_s, [output].</summary>
    public ReadOnlySpan<double> Eta(int score) => _eta.AsSpan(score * Layer.OutputWidth, Layer.OutputWidth);

    /// <summary>kappa_s = eta_s W, the weight of every decoded channel, [channel]; of a layer without gated linear unit.</summary>
    public double[] Kappa(int score)
    {
        ReadOnlySpan<double> eta = Eta(score);
        if (Layer.Mixing is not { } mixing)
        {
            return eta.ToArray();
        }

        var kappa = new double[Layer.Channels];
        for (int i = 0; i < eta.Length; i++)
        {
            for (int c = 0; c < kappa.Length; c++)
            {
                kappa[c] += eta[i] * mixing.Weight(i, c);
            }
        }

        return kappa;
    }
}
