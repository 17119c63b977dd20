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
        var weights = default(CompensatedSum);
        foreach (double weight in _weights.Values)
        {
            weights.Add(weight);
        }

        string name = _explainer.Target.Layer.Mixing is { HasBias: true } ? "constants of the decoder's polynomial and of the map after it" : "constant of the decoder's polynomial";
        return [new(name, polynomial.Constant * weights.Value), .. _held.Of(score)];
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

        return held + decoded + (layer.Residual ? _held.Residual(score) : 0);
    }
}
