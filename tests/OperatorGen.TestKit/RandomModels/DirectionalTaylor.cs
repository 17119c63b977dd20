using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>The exact Taylor series of a layer's decoder along a line of readouts: the oracle of expansions and kernels.</summary>
public static class DirectionalTaylor
{
    /// <summary>The Taylor coefficients of s -> layer(point + s direction), by composing one series after the other.</summary>
    public static double[][] Of(LayerDescription layer, double[] point, double[] direction, int order)
    {
        double[][] h = [.. point.Select((o, c) => layer.Decoder.Taylor(o, order).Select((a, k) => a * Math.Pow(direction[c], k)).ToArray())];
        if (layer.Mixing is not { } mixing)
        {
            return h;
        }

        double[][] mixed = [.. Enumerable.Range(0, mixing.Outputs).Select(i => Enumerable.Range(0, order + 1)
            .Select(k => (k == 0 ? mixing.Bias(i) : 0) + h.Select((series, c) => mixing.Weight(i, c) * series[k]).Sum()).ToArray())];
        if (layer.Glu is null)
        {
            return mixed;
        }

        return [.. Enumerable.Range(0, layer.OutputWidth).Select(i =>
        {
            double[] z = mixed[layer.OutputWidth + i];
            double[] sigma = DecoderFunctions.Sigmoid.Taylor(z[0], order);
            double[] shifted = [0, .. z.Skip(1)];
            var gate = new double[order + 1];
            var power = new double[order + 1];
            power[0] = 1;
            for (int k = 0; k <= order; k++)
            {
                gate = [.. gate.Zip(power, (g, p) => g + (sigma[k] * p))];
                power = Times(power, shifted);
            }

            return Times(mixed[i], gate);
        })];
    }

    private static double[] Times(double[] a, double[] b) =>
        [.. Enumerable.Range(0, a.Length).Select(n => Enumerable.Range(0, n + 1).Sum(j => a[j] * b[n - j]))];
}
