using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Conformance;

/// <summary>Numbers in a row-major box.</summary>
/// <param name="Shape">The sizes of the axes, outermost first.</param>
/// <param name="Values">The elements, row-major.</param>
public sealed record NumberBlock(IReadOnlyList<int> Shape, double[] Values)
{
    /// <summary>The shape as text: <c>[2, 3]</c>.</summary>
    public string ShapeText => "[" + string.Join(", ", Shape) + "]";

    /// <summary>Whether another block has the same shape.</summary>
    public bool HasShapeOf(NumberBlock other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Shape.SequenceEqual(other.Shape);
    }

    /// <summary>The block with one axis moved to the front.</summary>
    /// <param name="axis">The axis.</param>
    public NumberBlock WithLeadingAxis(int axis)
    {
        int[] strides = new int[Shape.Count];
        for (int i = Shape.Count - 1, stride = 1; i >= 0; stride *= Shape[i], i--)
        {
            strides[i] = stride;
        }

        int outer = Shape.Take(axis).Aggregate(1, (product, size) => product * size), inner = strides[axis];
        var moved = new double[Values.Length];
        int target = 0;
        for (int t = 0; t < Shape[axis]; t++)
        {
            for (int o = 0; o < outer; o++)
            {
                Values.AsSpan((((o * Shape[axis]) + t) * inner), inner).CopyTo(moved.AsSpan(target));
                target += inner;
            }
        }

        return new NumberBlock([Shape[axis], .. Shape.Where((_, i) => i != axis)], moved);
    }
}
