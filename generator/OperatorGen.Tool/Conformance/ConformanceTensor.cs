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
    /// <summary>What comes before the name of a time axis that holds real and imaginary parts one after the other, so that it is twice as long.</summary>
    public const string Interleaved = "2";

    /// <summary>Whether it has an axis of time.</summary>
    public bool HasTime => TimeAxis(Axes) >= 0;

    /// <summary>Whether it has a batch axis.</summary>
    public bool HasBatch => BatchAxis >= 0;

    private int BatchAxis => Axes.ToList().IndexOf("B");

    /// <summary>The axis of time; -1 where there is none.</summary>
    public static int TimeAxis(IReadOnlyList<string> axes) => axes.ToList().FindIndex(axis => axis is "L" or "T" or Interleaved + "L" or Interleaved + "T");

    /// <summary>
    /// The parts of a batched tensor, one per sequence: [time, channel] where it has a time axis, in whatever order the case stores them; several further axes are
    /// channels, row-major. Without a batch axis there is one sequence.
    /// </summary>
    /// <exception cref="ConformanceException">The layout does not fit the shape, or has the batch elsewhere than first.</exception>
    public IReadOnlyList<double[]> Sequences() => [.. Blocks().Select(block => block.Values)];

    /// <summary>As <see cref="Sequences"/>, with the shape of each.</summary>
    /// <exception cref="ConformanceException">The layout does not fit the shape, or has the batch elsewhere than first.</exception>
    public IReadOnlyList<NumberBlock> Blocks()
    {
        if (Axes.Count != Shape.Count || BatchAxis > 0)
        {
            throw new ConformanceException(
                $"{Key} has shape [{string.Join(", ", Shape)}], but its layout in case.json is '{string.Join(",", Axes)}': as many axes as the shape are expected, the batch B first.");
        }

        int time = TimeAxis(Axes);
        if (!HasBatch)
        {
            return [TimeFirst(new NumberBlock(Shape, Values), time)];
        }

        int[] rest = [.. Shape.Skip(1)];
        int size = rest.Aggregate(1, (product, axis) => product * axis);
        return [.. Enumerable.Range(0, Shape[0]).Select(b => TimeFirst(new NumberBlock(rest, Values.AsSpan(b * size, size).ToArray()), time - 1))];
    }

    private NumberBlock TimeFirst(NumberBlock block, int time)
    {
        if (time < 0)
        {
            return block;
        }

        bool isInterleaved = Axes[TimeAxis(Axes)].StartsWith(Interleaved, StringComparison.Ordinal);
        NumberBlock pairs = isInterleaved ? new NumberBlock([.. block.Shape.Take(time), block.Shape[time] / 2, 2, .. block.Shape.Skip(time + 1)], block.Values) : block;
        NumberBlock moved = pairs.WithLeadingAxis(time);
        return moved.Shape.Count <= 2 ? moved : new NumberBlock([moved.Shape[0], moved.Values.Length / moved.Shape[0]], moved.Values);
    }
}
