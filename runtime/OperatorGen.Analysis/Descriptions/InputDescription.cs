using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What is between a layer's (normed) input and its cells' input v:
/// <c>(p, e, z, a, b) = split(projection x); v = (activation(convolution p), e)</c>. z is the gate stream of the decoder, (a, b) its side stream.
/// </summary>
/// <param name="Projection">The linear map; null: x itself is split.</param>
/// <param name="GateWidth">The width of z; 0: none.</param>
/// <param name="Convolution">The causal depthwise convolution of p; null: none.</param>
/// <param name="Activation">Applied after the convolution; the identity: nothing.</param>
public sealed record InputDescription(LinearDescription? Projection, int GateWidth, ConvolutionDescription? Convolution, DecoderFunction Activation)
{
    /// <summary>The stage that passes x on as it is.</summary>
    public static InputDescription None { get; } = new(null, 0, null, DecoderFunctions.Identity);

    /// <summary>The width of e, which reaches the cells without convolution and activation; 0: none.</summary>
    public int PassedWidth { get; init; }

    /// <summary>The width of a and b together; 0: none.</summary>
    public int SideWidth { get; init; }

    /// <summary>The names of what there is of p, e, z, a and b.</summary>
    internal IReadOnlyList<string> Parts =>
        [.. new[] { ("p", 1), ("e", PassedWidth), ("z", GateWidth), ("a", SideWidth), ("b", SideWidth) }.Where(part => part.Item2 > 0).Select(part => part.Item1)];

    /// <summary>True where x is passed on as it is.</summary>
    public bool IsNone => PassedWidth == 0 && GateWidth == 0 && SideWidth == 0 && Projection is null && Convolution is null && Activation.Equals(DecoderFunctions.Identity);
}

/// <summary>A causal depthwise convolution: <c>p'_t[c] = bias[c] + sum_j weight[j, c] p_(t - width + 1 + j)[c]</c>, zero before the start.</summary>
public sealed class ConvolutionDescription
{
    private readonly double[] _weight;
    private readonly double[]? _bias;

    /// <summary>Takes the arrays as they are; they must not be written afterwards.</summary>
    /// <param name="channels">The number of channels.</param>
    /// <param name="width">The number of taps, the newest last.</param>
    /// <param name="weight">[tap, channel].</param>
    /// <param name="bias">[channel]; null: none.</param>
    /// <exception cref="ArgumentException">A length is not what the sizes ask for.</exception>
    public ConvolutionDescription(int channels, int width, double[] weight, double[]? bias)
    {
        if (weight.Length != channels * width || (bias is not null && bias.Length != channels))
        {
            throw new ArgumentException($"A convolution of {channels} channels and {width} taps has {channels * width} weights, but {weight.Length} were given.", nameof(weight));
        }

        Channels = channels;
        Width = width;
        _weight = weight;
        _bias = bias;
    }

    /// <summary>The number of channels.</summary>
    public int Channels { get; }

    /// <summary>The number of taps.</summary>
    public int Width { get; }

    /// <summary>Whether there are biases.</summary>
    public bool HasBias => _bias is not null;

    /// <summary>The weight of a tap, 0 the oldest.</summary>
    public double Weight(int tap, int channel) => _weight[(tap * Channels) + channel];

    /// <summary>The bias of a channel; 0 where there is none.</summary>
    public double Bias(int channel) => _bias is null ? 0 : _bias[channel];

    /// <summary>The convolution of a whole sequence.</summary>
    /// <param name="source">[time, channel].</param>
    /// <returns>[time, channel].</returns>
    public double[] Apply(double[] source)
    {
        var target = new double[source.Length];
        for (int i = 0; i < source.Length; i++)
        {
            int t = i / Channels;
            int c = i % Channels;
            double sum = Bias(c);
            for (int j = Math.Max(0, Width - 1 - t); j < Width; j++)
            {
                sum += Weight(j, c) * source[((t - Width + 1 + j) * Channels) + c];
            }

            target[i] = sum;
        }

        return target;
    }
}
