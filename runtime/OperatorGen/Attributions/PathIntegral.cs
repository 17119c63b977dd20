using System;
using System.Collections.Generic;

namespace OperatorGen;

/// <summary>
/// The integral of a path's slopes over its positions, by Gauss-Legendre rules on panels. The panels halve towards silence, where a decoder function bends, and a
/// panel is halved again until its completeness holds: what its slopes add up to is the difference of the values at its ends.
/// </summary>
/// <param name="path">The path.</param>
/// <param name="tolerance">What a panel may lack of the sum of the magnitudes of its parts.</param>
internal sealed class PathIntegral(GatedPath path, double tolerance)
{
    // Panels of that length are taken as they are: a corner of a rectifier is left in one of them.
    private const double Shortest = 1.0 / (1L << 36);

    // What rounding of a value may be of its size.
    private const double Rounding = 32 * 1.1102230246251565e-16;

    /// <summary>The mean slope of every argument along the path.</summary>
    /// <param name="x">The arguments at its end, [argument].</param>
    /// <param name="slopes">Takes the mean slopes, [argument].</param>
    public void MeanSlopes(ReadOnlySpan<double> x, Span<double> slopes)
    {
        slopes.Clear();
        var panels = new Stack<(double Start, double End, double From, double To)>();
        double[] ends = Ends(x);
        (double[] values, _, _) = At(x, ends);
        for (int i = 1; i < ends.Length; i++)
        {
            panels.Push((ends[i - 1], ends[i], values[i - 1], values[i]));
        }

        while (panels.TryPop(out var panel))
        {
            (double start, double end, double from, double to) = panel;
            double length = end - start;
            var positions = new double[GaussRule.Count + 1];
            for (int k = 0; k < GaussRule.Count; k++)
            {
                positions[k] = start + (length * GaussRule.Nodes[k]);
            }

            positions[^1] = start + (length / 2);
            (double[] at, double[] sizes, double[] derivatives) = At(x, positions);
            double complete = 0;
            double size = 0;
            var own = new double[x.Length];
            for (int c = 0; c < own.Length; c++)
            {
                for (int k = 0; k < GaussRule.Count; k++)
                {
                    own[c] += GaussRule.Weights[k] * derivatives[(k * own.Length) + c];
                }

                own[c] *= length;
                complete += own[c] * x[c];
                size += Math.Abs(own[c] * x[c]);
            }

            bool holds = Math.Abs(complete - (to - from)) <= (tolerance * size) + (Rounding * sizes[^1]);
            if (holds || length <= Shortest || !double.IsFinite(complete))
            {
                for (int c = 0; c < own.Length; c++)
                {
                    slopes[c] += own[c];
                }

                continue;
            }

            panels.Push((start, positions[^1], from, at[^1]));
            panels.Push((positions[^1], end, at[^1], to));
        }
    }

    private (double[] Values, double[] Sizes, double[] Slopes) At(ReadOnlySpan<double> x, double[] positions)
    {
        double[] values = new double[positions.Length], sizes = new double[positions.Length], slopes = new double[positions.Length * x.Length];
        path.At(x, positions, values, sizes, slopes);
        return (values, sizes, slopes);
    }

    // 0, ..., 1/4, 1/2, 1, so that the greatest argument is within 1 in the panel at 0.
    private static double[] Ends(ReadOnlySpan<double> x)
    {
        double greatest = 0;
        foreach (double value in x)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
        }

        List<double> ends = [1];
        while (ends[^1] * greatest > 1 && ends[^1] > Shortest)
        {
            ends.Add(ends[^1] / 2);
        }

        ends.Add(0);
        ends.Reverse();
        return [.. ends];
    }
}
