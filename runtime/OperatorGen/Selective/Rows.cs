using System;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Arithmetic of sequences, [time, channel], each a new array; what the analysis of constant modes needs too is in <see cref="SequenceRows"/>.</summary>
internal static class Rows
{
    /// <summary>The channels of both.</summary>
    public static double[] Beside(double[] left, double[] right, int steps)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == 0 ? right : left;
        }

        int first = left.Length / steps, second = right.Length / steps;
        var both = new double[left.Length + right.Length];
        for (int t = 0; t < steps; t++)
        {
            left.AsSpan(t * first, first).CopyTo(both.AsSpan(t * (first + second)));
            right.AsSpan(t * second, second).CopyTo(both.AsSpan((t * (first + second)) + first));
        }

        return both;
    }

    /// <summary>W x + b at every step.</summary>
    public static double[] Map(LinearDescription map, double[] x, int steps)
    {
        var y = new double[steps * map.Outputs];
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<double> from = x.AsSpan(t * map.Inputs, map.Inputs);
            for (int o = 0; o < map.Outputs; o++)
            {
                y[(t * map.Outputs) + o] = map.Bias(o) + TensorPrimitives.Dot(map.Row(o), from);
            }
        }

        return y;
    }

    /// <summary>x y, number by number.</summary>
    public static double[] Product(double[] x, double[] y)
    {
        var product = new double[x.Length];
        TensorPrimitives.Multiply(x, y, product);
        return product;
    }

    /// <summary>x + y, number by number.</summary>
    public static double[] Sum(double[] x, double[] y)
    {
        var sum = new double[x.Length];
        TensorPrimitives.Add(x, y, sum);
        return sum;
    }

    /// <summary>g(x).</summary>
    public static double[] Values(DecoderFunction function, double[] x)
    {
        var y = new double[x.Length];
        FunctionValues.Apply(function, x, y);
        return y;
    }

    /// <summary>g'(x).</summary>
    public static double[] Slopes(DecoderFunction function, double[] x)
    {
        var y = new double[x.Length];
        FunctionSlopes.Apply(function, x, y);
        return y;
    }

    /// <summary>The derivative by what a causal convolution takes, given that by what it gives.</summary>
    public static double[] Transposed(ConvolutionDescription convolution, double[] dy)
    {
        int channels = convolution.Channels;
        var dx = new double[dy.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            for (int j = 0; j < convolution.Width; j++)
            {
                int source = i - ((convolution.Width - 1 - j) * channels);
                if (source >= 0)
                {
                    dx[source] += convolution.Weight(j, i % channels) * dy[i];
                }
            }
        }

        return dx;
    }
}
