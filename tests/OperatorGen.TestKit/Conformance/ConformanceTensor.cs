using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.TestKit;

/// <summary>A tensor of a conformance case.</summary>
/// <param name="Key"><c>w.</c>, <c>in.</c>, <c>out.</c> or <c>mid.</c> and its upstream name.</param>
/// <param name="Axes">The names of its axes as the case's layout states them, B the batch and L the time; empty where it states none.</param>
/// <param name="Shape">The sizes of the axes.</param>
/// <param name="Values">The elements, row-major.</param>
public sealed record ConformanceTensor(string Key, IReadOnlyList<string> Axes, IReadOnlyList<int> Shape, double[] Values)
{
    /// <summary>The parts of a batched tensor, one per sequence: [time, channel] where it has a time axis, in whatever order the case stores them.</summary>
    /// <exception cref="InvalidOperationException">The layout does not begin with the batch.</exception>
    public IReadOnlyList<double[]> Sequences()
    {
        if (Axes.Count != Shape.Count || Axes[0] != "B")
        {
            throw new InvalidOperationException($"The layout of {Key} is [{string.Join(", ", Axes)}]; it should begin with B and name {Shape.Count} axes.");
        }

        int size = Shape.Skip(1).Aggregate(1, (product, axis) => product * axis);
        return [.. Enumerable.Range(0, Shape[0]).Select(b => TimeFirst(Values.AsSpan(b * size, size)))];
    }

    private double[] TimeFirst(ReadOnlySpan<double> part)
    {
        if (Axes.Count != 3 || Axes[2] != "L")
        {
            return part.ToArray();
        }

        int channels = Shape[1], time = Shape[2];
        var turned = new double[part.Length]; // [L, H] from [H, L]
        for (int c = 0; c < channels; c++)
        {
            for (int t = 0; t < time; t++)
            {
                turned[(t * channels) + c] = part[(c * time) + t];
            }
        }

        return turned;
    }
}
