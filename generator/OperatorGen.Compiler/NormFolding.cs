using System;
using OperatorGen.Models;

namespace OperatorGen.Compiler;

/// <summary>A BatchNorm as the affine map that it is in inference, <c>y = factor x + summand</c>.</summary>
internal static class NormFolding
{
    /// <summary>The map, each [channel].</summary>
    /// <param name="norm">The norm.</param>
    public static (double[] Factor, double[] Summand) Of(BatchNorm norm)
    {
        var factor = new double[norm.Width];
        var summand = new double[norm.Width];
        for (int c = 0; c < norm.Width; c++)
        {
            double deviation = Math.Sqrt(norm.Variance.Values[c] + norm.Epsilon);
            factor[c] = (norm.Weight is { } weight ? weight.Values[c] : 1) / deviation;
            summand[c] = (norm.Bias is { } bias ? bias.Values[c] : 0) - (factor[c] * norm.Mean.Values[c]);
        }

        return (factor, summand);
    }
}
