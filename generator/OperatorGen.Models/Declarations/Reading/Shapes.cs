using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>Arithmetic on shapes.</summary>
internal static class Shapes
{
    /// <summary>The number of elements, or limit + 1 where there are more than the limit.</summary>
    public static long Volume(IEnumerable<int> shape, int limit)
    {
        long volume = 1;
        foreach (int size in shape)
        {
            volume *= size;
            if (volume > limit)
            {
                return limit + 1L;
            }
        }

        return volume;
    }

    /// <summary>A row-major position as indices: <c>[3, 0]</c>.</summary>
    public static string IndexText(EquatableArray<int> shape, int position)
    {
        var indices = new string[shape.Count];
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            indices[axis] = Invariant($"{position % shape[axis]}");
            position /= shape[axis];
        }

        return "[" + string.Join(", ", indices) + "]";
    }

    /// <summary>A shape in which a negative size is unknown: <c>[64, ?, 2]</c>.</summary>
    public static string PatternText(IEnumerable<int> shape) => "[" + string.Join(", ", shape.Select(size => size < 0 ? "?" : Invariant($"{size}"))) + "]";
}
