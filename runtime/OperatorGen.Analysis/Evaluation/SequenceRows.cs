using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>Sequences, [time, channel], row by row; each result is a new array.</summary>
internal static class SequenceRows
{
    /// <summary>A linear map of every row.</summary>
    public static double[] Map(LinearDescription map, double[] x, int steps)
    {
        var y = new double[steps * map.Outputs];
        for (int t = 0; t < steps; t++)
        {
            map.Apply(x.AsSpan(t * map.Inputs, map.Inputs), y.AsSpan(t * map.Outputs, map.Outputs));
        }

        return y;
    }

    /// <summary>Some channels.</summary>
    public static double[] Columns(double[] x, int steps, int start, int width)
    {
        int stride = x.Length / steps;
        var part = new double[steps * width];
        for (int t = 0; t < steps; t++)
        {
            x.AsSpan((t * stride) + start, width).CopyTo(part.AsSpan(t * width));
        }

        return part;
    }

    /// <summary>The one row of a sequence that a head sees; without pooling all rows, which are not copied.</summary>
    public static double[] Pooled(Pooling pooling, double[] x, int steps)
    {
        int width = x.Length / steps;
        switch (pooling)
        {
            case Pooling.None:
                return x;
            case Pooling.Last:
                return x.AsSpan((steps - 1) * width).ToArray();
            case Pooling.Mean:
                var mean = new double[width];
                for (int i = 0; i < x.Length; i++)
                {
                    mean[i % width] += x[i];
                }

                for (int c = 0; c < width; c++)
                {
                    mean[c] /= steps;
                }

                return mean;
            default:
                throw new InvalidOperationException($"The pooling {pooling} is not known.");
        }
    }

    /// <summary>Mean and scale of every row, or of every group of a row, [time, group].</summary>
    public static (double[] Means, double[] Scales) Statistics(NormDescription norm, double[] x)
    {
        int width = norm.StatisticsWidth;
        double[] means = new double[x.Length / width], scales = new double[means.Length];
        for (int i = 0; i < means.Length; i++)
        {
            (means[i], scales[i]) = norm.Statistics(x.AsSpan(i * width, width));
        }

        return (means, scales);
    }

    /// <summary>The norm of every row with means and scales given, [time, group].</summary>
    public static double[] Normed(NormDescription norm, double[] x, double[] means, double[] scales)
    {
        var y = new double[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int channel = i % norm.Width, group = i / norm.StatisticsWidth;
            y[i] = ((x[i] - means[group]) * scales[group] * norm.Weight(channel)) + norm.Bias(channel);
        }

        return y;
    }
}
