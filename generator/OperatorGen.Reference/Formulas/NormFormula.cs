using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary><c>y = (x - mean) / sqrt(var + epsilon) * weight + bias</c>, mean and var over the channels of one time step, var with divisor n.</summary>
internal sealed class NormFormula(LayerNorm norm, ReferenceOptions options)
{
    private readonly double[] _weight = norm.Weight.Stored(options);   // [width]
    private readonly double[] _bias = norm.Bias.Stored(options);       // [width]

    public double[] Of(double[] x)
    {
        double mean = 0;
        foreach (double value in x)
        {
            mean += value / x.Length;
        }

        double variance = 0;
        foreach (double value in x)
        {
            variance += (value - mean) * (value - mean) / x.Length;
        }

        var y = new double[x.Length];                                  // [width]
        for (int c = 0; c < x.Length; c++)
        {
            y[c] = ((x[c] - mean) / Math.Sqrt(variance + norm.Epsilon) * _weight[c]) + _bias[c];
        }

        return y;
    }
}
