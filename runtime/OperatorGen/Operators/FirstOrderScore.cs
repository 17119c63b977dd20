using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What the waves contribute in first order to one score: <c>a_1 W_head[score, channel] mean over t of w(t)</c> each.</summary>
/// <param name="Waves">The contributions, strongest first.</param>
/// <param name="Skip">What the skips D v(t) contribute together.</param>
/// <param name="Constant">What does not depend on the input: the head's bias, and a_0 through the head.</param>
public sealed record FirstOrderScore(IReadOnlyList<WaveContribution> Waves, double Skip, double Constant)
{
    /// <summary>The sum of all first-order terms: waves, skip and constant.</summary>
    public double Sum
    {
        get
        {
            double sum = Skip + Constant;
            foreach (WaveContribution wave in Waves)
            {
                sum += wave.Contribution;
            }

            return sum;
        }
    }

    internal static FirstOrderScore Of(OperatorDescription description, ReadOnlySpan<double> input, int output)
    {
        if (description is not { Pooled: true, Head: { } head, Layers: [{ IsSelective: false, PreNorm: null, PostNorm: null, Residual: false, Gate: null, Mixing: null } layer] })
        {
            throw new InvalidOperationException($"First-order contributions are defined for one layer of waves with nothing but its decoder function, a mean over time and a linear head; this model is a {description.Architecture} of {description.Layers.Count} layer(s).");
        }

        if ((uint)output >= (uint)head.Outputs)
        {
            throw new ArgumentOutOfRangeException(nameof(output), output, $"The model has {head.Outputs} scores.");
        }

        if (input.IsEmpty || input.Length % description.InputWidth != 0)
        {
            throw new ArgumentException($"The input has shape [time, {description.InputWidth}] with at least one time step, but the span has {input.Length} numbers.", nameof(input));
        }

        double[] taylor = layer.Decoder.Taylor(0, 1);
        int steps = input.Length / description.InputWidth;
        double[] v = CellInput(description, layer, input, steps);
        double constant = head.Bias(output);
        double skip = 0;
        var waves = new List<WaveContribution>(layer.Channels * layer.Modes);
        for (int channel = 0; channel < layer.Channels; channel++)
        {
            double weight = head.Weight(output, channel);
            constant += weight * taylor[0];
            double meanInput = 0;
            for (int t = 0; t < steps; t++)
            {
                meanInput += v[(t * layer.Channels) + channel] / steps;
            }

            skip += weight * taylor[1] * layer.Skip(channel) * meanInput;
            for (int n = 0; n < layer.Modes; n++)
            {
                Wave wave = layer.Wave(channel, n);
                double mean = MeanOf(wave, v, channel, layer.Channels, steps);
                waves.Add(new WaveContribution(channel, n, wave, weight * taylor[1] * mean));
            }
        }

        waves.Sort(static (a, b) =>
        {
            int order = Math.Abs(b.Contribution).CompareTo(Math.Abs(a.Contribution));
            return order != 0 ? order : (a.Channel, a.Mode).CompareTo((b.Channel, b.Mode));
        });
        return new FirstOrderScore(waves, skip, constant);
    }

    /// <summary>v_t of every channel: scaling, then the encoder.</summary>
    private static double[] CellInput(OperatorDescription description, LayerDescription layer, ReadOnlySpan<double> input, int steps)
    {
        int width = description.InputWidth;
        var v = new double[steps * layer.Channels];
        for (int t = 0; t < steps; t++)
        {
            for (int channel = 0; channel < layer.Channels; channel++)
            {
                double sum = description.Encoder is { } encoder ? encoder.Bias(channel) : Scaled(description, channel, input[(t * width) + channel]);
                for (int i = 0; description.Encoder is not null && i < width; i++)
                {
                    sum += description.Encoder.Weight(channel, i) * Scaled(description, i, input[(t * width) + i]);
                }

                v[(t * layer.Channels) + channel] = sum;
            }
        }

        return v;
    }

    private static double Scaled(OperatorDescription description, int channel, double value) =>
        description.Scaling is { } scaling ? scaling.Apply(channel, value) : value;

    /// <summary>The mean over t of Re(weight s_t), s_t = lambda s_(t-1) + v_t.</summary>
    private static double MeanOf(Wave wave, double[] v, int channel, int channels, int steps)
    {
        ComplexNumber state = ComplexNumber.Zero;
        double sum = 0;
        for (int t = 0; t < steps; t++)
        {
            state = (wave.Eigenvalue * state) + v[(t * channels) + channel];
            sum += (wave.Weight * state).Re;
        }

        return sum / steps;
    }
}

/// <summary>One wave's first-order contribution to a score.</summary>
/// <param name="Channel">The wave's channel.</param>
/// <param name="Mode">The wave's mode.</param>
/// <param name="Wave">The wave.</param>
/// <param name="Contribution">What it adds to the score.</param>
public sealed record WaveContribution(int Channel, int Mode, Wave Wave, double Contribution);

/// <summary>First-order contributions of an operator.</summary>
public static class FirstOrderContributions
{
    /// <summary>
    /// What every wave contributes in first order to one score of a sequence: the score of the model whose decoder function is replaced by
    /// <c>a_0 + a_1 o</c>, wave by wave. What it leaves out is the interactions of waves; it is no explanation of the score.
    /// </summary>
    /// <param name="description">The operator.</param>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="output">The index of the score.</param>
    /// <returns>The contributions, strongest first, and their sum.</returns>
    /// <exception cref="InvalidOperationException">The model is not one layer of waves with a pooled linear head and nothing in between.</exception>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score.</exception>
    public static FirstOrderScore FirstOrder(this OperatorDescription description, ReadOnlySpan<double> input, int output) => FirstOrderScore.Of(description, input, output);
}
