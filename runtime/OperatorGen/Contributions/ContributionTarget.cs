using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

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
    public double[] Kappa(int score) => Kappa(Layer, Eta(score));

    /// <summary>kappa = eta W of any weights of the outputs.</summary>
    public static double[] Kappa(LayerDescription layer, ReadOnlySpan<double> eta)
    {
        if (layer.Mixing is not { } mixing)
        {
            return eta.ToArray();
        }

        var kappa = new double[layer.Channels];
        for (int i = 0; i < eta.Length; i++)
        {
            for (int c = 0; c < kappa.Length; c++)
            {
                kappa[c] += eta[i] * mixing.Weight(i, c);
            }
        }

        return kappa;
    }

    /// <summary>The name of a score or output; its number where the model names none.</summary>
    public string Label(OperatorDescription operators, int score) => IsLast && operators.Labels.Count == Count ? operators.Labels[score] : NumberText.Format(score);

    /// <summary>The layer that is asked for, of an operator that has waves.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="layer">The layer, from 0; null: the last.</param>
    /// <exception cref="InvalidOperationException">A layer is selective: it has no waves.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static int LayerOf(OperatorDescription operators, int? layer)
    {
        for (int l = 0; l < operators.Layers.Count; l++)
        {
            if (operators.Layers[l].IsSelective)
            {
                throw new InvalidOperationException($"Layer {l} of {operators.Layers.Count} (\"{operators.Layers[l].Name}\") is selective: its recurrence depends on the input, so that it has no waves to which a score could be traced. Contributions are defined for layers with constant recurrences.");
            }
        }

        int chosen = layer ?? operators.Layers.Count - 1;
        return (uint)chosen < (uint)operators.Layers.Count ? chosen : throw new ArgumentOutOfRangeException(nameof(layer), layer, $"A layer is 0 to {operators.Layers.Count - 1}.");
    }
}
