using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OperatorGen.Safetensors;

/// <summary>How messages say numbers, shapes and names: without culture, and short, however long a damaged header makes them.</summary>
internal static class Messages
{
    private const int LongestName = 200;
    private const int MostAxes = 16;

    internal static string Digits(long value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string Shape(IReadOnlyList<int> shape)
        => "[" + string.Join(", ", shape.Take(MostAxes).Select(size => Digits(size))) + (shape.Count > MostAxes ? ", ..." : "") + "]";

    internal static string Name(string name)
    {
        if (name.Length <= LongestName)
        {
            return name;
        }

        int end = char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName;
        return name.Remove(end) + "...";
    }
}
