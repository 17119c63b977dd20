using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>Inputs that try to break a bound.</summary>
internal sealed class Adversary(OperatorDescription model, InputRange range, int length, Random random)
{
    private readonly ModeBank _bank = model.Layers[0].Bank!;

    /// <summary>The input whose sample u_i(T - 1 - tau) is at the end of its range that the sign of the kernel from u_i to the readout asks for: it drives it to its extreme.</summary>
    /// <param name="readout">The readout.</param>
    /// <param name="sign">1 for the greatest, -1 for the least.</param>
    /// <param name="steps">T.</param>
    public double[] Signs(int readout, int sign, int steps)
    {
        double[][] kernels = [.. Enumerable.Range(0, model.InputWidth).Select(i => ChannelKernels.Of(_bank, readout, ChannelKernels.Encoded(model, i), steps))];
        var input = new double[steps * model.InputWidth];
        for (int k = 0; k < input.Length; k++)
        {
            int i = k % model.InputWidth;
            input[k] = sign * kernels[i][steps - 1 - (k / model.InputWidth)] >= 0 ? range[i].High : range[i].Low;
        }

        return input;
    }

    /// <summary>For every readout and sign the extreme input, and the same drawn towards the middle of the range in steps.</summary>
    public IEnumerable<double[]> AllSigns()
    {
        for (int c = 0; c < model.Layers[0].Channels; c++)
        {
            foreach (int sign in new[] { 1, -1 })
            {
                double[] extreme = Signs(c, sign, length);
                for (int part = 8; part > 0; part--)
                {
                    yield return [.. extreme.Select((u, k) => Middle(k) + ((u - Middle(k)) * part / 8))];
                }
            }
        }
    }

    /// <summary>Uniform numbers, or only the ends of the range, or one number for all steps.</summary>
    public double[] Any()
    {
        var input = new double[random.Next(1, length + 1) * model.InputWidth];
        int kind = random.Next(3);
        for (int k = 0; k < input.Length; k++)
        {
            Symbolics.Interval r = range[k % model.InputWidth];
            input[k] = kind == 0 ? random.Between(r.Low, r.High)
                : kind == 1 ? (random.Next(2) == 0 ? r.Low : r.High)
                : k < model.InputWidth ? random.Between(r.Low, r.High)
                : input[k - model.InputWidth];
        }

        return input;
    }

    /// <summary>Starts somewhere and keeps every change of a few samples that raises a number.</summary>
    /// <param name="start">Where.</param>
    /// <param name="tries">How many changes are tried.</param>
    /// <param name="height">The number.</param>
    public void Climb(double[] start, int tries, Func<double[], double> height)
    {
        double best = height(start);
        double[] at = start;
        for (int i = 0; i < tries; i++)
        {
            double[] next = [.. at];
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                int position = random.Next(next.Length);
                Symbolics.Interval r = range[position % model.InputWidth];
                next[position] = random.Next(3) switch { 0 => r.Low, 1 => r.High, _ => random.Between(r.Low, r.High) };
            }

            double reached = height(next);
            if (reached >= best)
            {
                (best, at) = (reached, next);
            }
        }
    }

    private double Middle(int k) => range[k % model.InputWidth].Midpoint;
}
