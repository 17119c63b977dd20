using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Conformance;

/// <summary>A tensor of a conformance case.</summary>
/// <param name="Key"><c>w.</c>, <c>in.</c>, <c>out.</c> or <c>mid.</c> and its upstream name.</param>
/// <param name="Axes">The names of its axes as the case's layout states them, B the batch and L or T the time; empty where it states none.</param>
/// <param name="Shape">The sizes of the axes.</param>
/// <param name="Values">The elements, row-major.</param>
public sealed record ConformanceTensor(string Key, IReadOnlyList<string> Axes, IReadOnlyList<int> Shape, double[] Values)
{
    /// <summary>The parts of a batched tensor, one per sequence: [time, channel] where it has a time axis, in whatever order the case stores them. Without a batch axis there is one sequence.</summary>
    /// <exception cref="ConformanceException">The layout does not fit the shape, or has the batch elsewhere than first.</exception>
    public IReadOnlyList<double[]> Sequences() => [.. Blocks().Select(block => block.Values)];

    /// <summary>As <see cref="Sequences"/>, with the shape of each.</summary>
    /// <exception cref="ConformanceException">The layout does not fit the shape, or has the batch elsewhere than first.</exception>
    public IReadOnlyList<NumberBlock> Blocks()
    {
        int batch = IndexOf("B");
        if (Axes.Count != Shape.Count || batch > 0)
        {
            throw new ConformanceException(
                $"{Key} has shape [{string.Join(", ", Shape)}], but its layout in case.json is '{string.Join(",", Axes)}': as many axes as the shape are expected, the batch B first.");
        }

        int time = Math.Max(IndexOf("L"), IndexOf("T"));
        if (batch < 0)
        {
            return [TimeFirst(new NumberBlock(Shape, Values), time)];
        }

        int[] rest = [.. Shape.Skip(1)];
        int size = rest.Aggregate(1, (product, axis) => product * axis);
        return [.. Enumerable.Range(0, Shape[0]).Select(b => TimeFirst(new NumberBlock(rest, Values.AsSpan(b * size, size).ToArray()), time - 1))];
    }

    private static NumberBlock TimeFirst(NumberBlock block, int time) => time > 0 ? block.WithLeadingAxis(time) : block;

    private int IndexOf(string axis) => Axes.ToList().IndexOf(axis);
}
