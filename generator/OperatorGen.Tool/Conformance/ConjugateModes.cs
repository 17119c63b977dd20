using System.Linq;

namespace OperatorGen.Tool.Conformance;

/// <summary>States [..., modes, 2] of which a model stores one of each conjugate pair, and upstream in some places all: the stored ones, then their conjugates.</summary>
internal static class ConjugateModes
{
    /// <summary>Whether a block has twice the modes of another and is complex as that.</summary>
    public static bool Are(NumberBlock all, NumberBlock stored) =>
        stored.Shape.Count > 1 && stored.Shape[^1] == 2 && all.Shape.SequenceEqual([.. stored.Shape.SkipLast(2), 2 * stored.Shape[^2], 2]);

    /// <summary>The stored modes and their conjugates.</summary>
    public static NumberBlock Complete(NumberBlock stored)
    {
        int size = 2 * stored.Shape[^2];
        double[] values = [.. stored.Values.Chunk(size).SelectMany(modes => modes.Concat(modes.Select((value, i) => i % 2 == 0 ? value : -value)))];
        return new NumberBlock([.. stored.Shape.SkipLast(2), size, 2], values);
    }

    /// <summary>A state as a model stores it: the first half of all modes, where the others are their conjugates.</summary>
    /// <param name="state">The state.</param>
    /// <param name="stored">A state of the model.</param>
    /// <exception cref="ConformanceException">The second half is not the conjugates of the first.</exception>
    public static NumberBlock Halved(NumberBlock state, NumberBlock stored)
    {
        if (!Are(state, stored))
        {
            return state;
        }

        int size = 2 * stored.Shape[^2];
        var half = new NumberBlock(stored.Shape, [.. state.Values.Chunk(2 * size).SelectMany(modes => modes.Take(size))]);
        return Complete(half).Values.AsEnumerable().SequenceEqual(state.Values)
            ? half
            : throw new ConformanceException("a state to start from is not made of modes and their conjugates, so that its readouts would not be real");
    }
}
