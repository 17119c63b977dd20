using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>A layer's input stage on intervals: (p, z) = split(projection x), v = activation(convolution p).</summary>
internal static class InputEnclosure
{
    /// <summary>Contains v and the gate stream z for every x.</summary>
    /// <param name="input">The stage.</param>
    /// <param name="x">The stage's input, the same range at every step.</param>
    public static (Interval[] V, Interval[] Z) Of(InputDescription input, Interval[] x)
    {
        (Interval[] p, Interval[] z) = Split(input, input.Projection is null ? x : IntervalMaps.Apply(input.Projection, x));
        Interval[] convolved = input.Convolution is null ? p : Convolved(input.Convolution, p, bias: true);
        return ([.. convolved.Select(range => FunctionRange.Value(input.Activation, range))], z);
    }

    /// <summary>Contains the change of v and z for every change e of x.</summary>
    /// <param name="input">The stage.</param>
    /// <param name="x">The stage's unchanged input.</param>
    /// <param name="e">The change.</param>
    public static (Interval[] V, Interval[] Z) Change(InputDescription input, Interval[] x, Interval[] e)
    {
        (Interval[] p, _) = Split(input, input.Projection is null ? x : IntervalMaps.Apply(input.Projection, x));
        (Interval[] dp, Interval[] dz) = Split(input, input.Projection is null ? e : IntervalMaps.Change(input.Projection, e));
        if (input.Convolution is { } convolution)
        {
            p = Convolved(convolution, p, bias: true);
            dp = Convolved(convolution, dp, bias: false);
        }

        return ([.. p.Zip(dp, (at, by) => FunctionRange.Change(input.Activation, at, by))], dz);
    }

    private static (Interval[] P, Interval[] Z) Split(InputDescription input, Interval[] projected)
    {
        int width = projected.Length - input.GateWidth;
        return (projected.AsSpan(0, width).ToArray(), projected.AsSpan(width).ToArray());
    }

    // The first steps see only the newest taps: the hull over all numbers of taps seen.
    private static Interval[] Convolved(ConvolutionDescription convolution, Interval[] p, bool bias)
    {
        var y = new Interval[convolution.Channels];
        for (int c = 0; c < y.Length; c++)
        {
            Interval sum = bias ? convolution.Bias(c) : 0;
            for (int j = convolution.Width - 1; j >= 0; j--)
            {
                sum += convolution.Weight(j, c) * p[c];
                y[c] = j == convolution.Width - 1 ? sum : y[c].Hull(sum);
            }
        }

        return y;
    }
}
