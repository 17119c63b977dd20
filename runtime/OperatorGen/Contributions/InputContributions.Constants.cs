using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <content>The terms of order 0, and the exact score.</content>
public sealed partial class InputContributions
{
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
            constants.Add(new("mean of the norm", -Held(target.Eta(score), _input.Layer!.PostNormMean, 1)));
        }

        if (target.Layer.Residual)
        {
            constants.Add(new("residual stream", Held(target.Eta(score), _input.Layer!.Input, target.Layer.Width)));
        }

        return constants;
    }

    /// <summary>sum_t omega_t sum_i eta_i x_i(t); with a width of 1 all i see the same x.</summary>
    private double Held(ReadOnlySpan<double> eta, double[] x, int width)
    {
        var sum = default(CompensatedSum);
        for (int t = 0; t < _weights.Values.Length; t++)
        {
            for (int i = 0; i < eta.Length; i++)
            {
                sum.Add(_weights.Values[t] * eta[i] * x[(t * width) + (width == 1 ? 0 : i)]);
            }
        }

        return sum.Value;
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

        double bias = _explainer.Target.HeadBias[score];
        ReadOnlySpan<double> eta = _explainer.Target.Eta(score);
        for (int i = 0; _explainer.Target.Layer.Mixing is { } mixing && i < eta.Length; i++)
        {
            bias += eta[i] * mixing.Bias(i);
        }

        return bias + decoded;
    }
}
