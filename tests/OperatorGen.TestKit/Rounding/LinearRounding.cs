using System;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>
/// Sums of products in any order, with or without fused multiply-add: for y = W x + b over n inputs
/// <code>
/// error = |W| e + gamma_(n+1) (|W| |x| + |b|)
/// </code>
/// </summary>
internal static class LinearRounding
{
    public static Approximate Of(Linear linear, Approximate x, double[] value, Arithmetic arithmetic)
    {
        ReadOnlySpan<double> weight = linear.Weight.Values;
        var error = new double[linear.Outputs];
        for (int row = 0; row < linear.Outputs; row++)
        {
            double propagated = 0;
            double magnitude = linear.Bias is null ? 0 : Math.Abs(linear.Bias.Values[row]);
            for (int column = 0; column < linear.Inputs; column++)
            {
                double w = Math.Abs(arithmetic.Stored(weight[(row * linear.Inputs) + column]));
                propagated += w * x.Error[column];
                magnitude += w * x.Magnitude(column);
            }

            error[row] = propagated + (arithmetic.Gamma(linear.Inputs + 1) * magnitude);
        }

        return new Approximate(value, error);
    }

    /// <summary>The same map where the reference recorded no value.</summary>
    public static Approximate Of(Linear linear, Approximate x, Arithmetic arithmetic)
    {
        var value = new double[linear.Outputs];
        for (int row = 0; row < linear.Outputs; row++)
        {
            value[row] = linear.Bias is null ? 0 : arithmetic.Stored(linear.Bias.Values[row]);
            for (int column = 0; column < linear.Inputs; column++)
            {
                value[row] += arithmetic.Stored(linear.Weight.Values[(row * linear.Inputs) + column]) * x.Value[column];
            }
        }

        return Of(linear, x, value, arithmetic);
    }

    /// <summary>A causal convolution: the sum of width products over time; inputs[t] for t = 0 .. , zero before.</summary>
    public static Approximate[] Of(CausalConvolution convolution, Approximate[] inputs, Func<int, double[]> value, Arithmetic arithmetic)
    {
        var outputs = new Approximate[inputs.Length];
        for (int t = 0; t < inputs.Length; t++)
        {
            var error = new double[convolution.Channels];
            for (int c = 0; c < error.Length; c++)
            {
                double magnitude = convolution.Bias is null ? 0 : Math.Abs(convolution.Bias.Values[c]);
                for (int j = 0; j < convolution.Width; j++)
                {
                    int at = t - convolution.Width + 1 + j;
                    if (at >= 0)
                    {
                        double w = Math.Abs(arithmetic.Stored(convolution.Weight.Values[(c * convolution.Width) + j]));
                        error[c] += w * inputs[at].Error[c];
                        magnitude += w * inputs[at].Magnitude(c);
                    }
                }

                error[c] += arithmetic.Gamma(convolution.Width + 1) * magnitude;
            }

            outputs[t] = new Approximate(value(t), error);
        }

        return outputs;
    }

    /// <summary>A product of two vectors, component by component: |x| e_y + |y| e_x + e_x e_y + u |x y|.</summary>
    public static Approximate Product(Approximate x, Approximate y, double[] value, Arithmetic arithmetic)
    {
        var error = new double[value.Length];
        for (int i = 0; i < error.Length; i++)
        {
            error[i] = (Math.Abs(x.Value[i]) * y.Error[i]) + (Math.Abs(y.Value[i]) * x.Error[i]) + (x.Error[i] * y.Error[i])
                + (arithmetic.Unit * x.Magnitude(i) * y.Magnitude(i));
        }

        return new Approximate(value, error);
    }

    /// <summary>A sum of two vectors: e_x + e_y + u |x + y|.</summary>
    public static Approximate Sum(Approximate x, Approximate y, double[] value, Arithmetic arithmetic)
    {
        var error = new double[value.Length];
        for (int i = 0; i < error.Length; i++)
        {
            double propagated = x.Error[i] + y.Error[i];
            error[i] = propagated + (arithmetic.Unit * (Math.Abs(value[i]) + propagated));
        }

        return new Approximate(value, error);
    }
}
