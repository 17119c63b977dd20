using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <content>The terms of order 0, and the exact score.</content>
public sealed partial class InputContributions
{
    private double[]? _residual; // sum_t omega_t x(t), [output]

    private List<NamedContribution> Constants(int score, ReadoutPolynomial polynomial)
    {
        ContributionTarget target = _explainer.Target;
        var weights = default(CompensatedSum);
        foreach (double weight in _weights.Values)
        {
            weights.Add(weight);
        }

        List<NamedContribution> constants = [new("constant of the decoder's polynomial", polynomial.Constant * weights.Value)];
        if (target.HasHeadBias)
        {
            constants.Add(new("bias of the head", target.HeadBias[score]));
        }

        if (target.Layer.PostNorm is not null)
        {
            constants.Add(new("bias of the norm", target.NormBias[score]));
        }

        if (target.FrozenNorm)
        {
            constants.Add(new("mean of the norm", -Held(score, [.. Enumerable.Repeat(Summed(_input.Layer!.PostNormMean, 1)[0], target.Layer.OutputWidth)])));
        }

        if (target.Layer.Residual)
        {
            constants.Add(new("residual stream", Residual(score)));
        }

        return constants;
    }

    private double Residual(int score) => Held(score, _residual ??= Summed(_input.Layer!.Input, _explainer.Target.Layer.Width));

    /// <summary>sum_i eta_i x_i.</summary>
    private double Held(int score, double[] x)
    {
        ReadOnlySpan<double> eta = _explainer.Target.Eta(score);
        var sum = default(CompensatedSum);
        for (int i = 0; i < eta.Length; i++)
        {
            sum.Add(eta[i] * x[i]);
        }

        return sum.Value;
    }

    /// <summary>sum_t omega_t x(t).</summary>
    private double[] Summed(double[] x, int width)
    {
        var sums = new CompensatedSum[width];
        for (int i = 0; i < x.Length; i++)
        {
            sums[i % width].Add(_weights.Values[i / width] * x[i]);
        }

        return Array.ConvertAll(sums, sum => sum.Value);
    }

    private double Exact(int score, double decoded)
    {
        if (_input.Trace is { } trace)
        {
            double[] outputs = _explainer.Target.IsLast ? trace.Outputs : trace.Layers[_explainer.Layer].Output;
            if (_explainer.Target.IsLast)
            {
                return outputs[(_explainer.Operator.Pooled ? 0 : Step!.Value * Count) + score];
            }

            if (Step is { } step)
            {
                return outputs[(step * Count) + score];
            }

            var mean = default(CompensatedSum);
            for (int t = 0; t < Steps; t++)
            {
                mean.Add(outputs[(t * Count) + score] / Steps);
            }

            return mean.Value;
        }

        // Sums of decoded readouts, which a layer without gates has, lack the bias of the mixing.
        LayerDescription layer = _explainer.Target.Layer;
        double held = _explainer.Target.HeadBias[score] + _explainer.Target.NormBias[score];
        ReadOnlySpan<double> eta = _explainer.Target.Eta(score);
        for (int i = 0; layer.Gates == 0 && layer.Mixing is { } mixing && i < eta.Length; i++)
        {
            held += eta[i] * mixing.Bias(i);
        }

        return held + decoded + (layer.Residual ? Residual(score) : 0);
    }
}
