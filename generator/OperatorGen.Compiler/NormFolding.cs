using System;
using OperatorGen.Models;

namespace OperatorGen.Compiler;

/// <summary>A BatchNorm as the affine map that it is in inference, <c>y = factor x + summand</c>.</summary>
internal static class NormFolding
{
    /// <summary>The factor of a channel.</summary>
    public static double Factor(BatchNorm norm, int channel) => (norm.Weight is { } weight ? weight.Values[channel] : 1) / Math.Sqrt(norm.Variance.Values[channel] + norm.Epsilon);

    /// <summary>The summand of a channel.</summary>
    public static double Summand(BatchNorm norm, int channel) => (norm.Bias is { } bias ? bias.Values[channel] : 0) - (Factor(norm, channel) * norm.Mean.Values[channel]);
}
