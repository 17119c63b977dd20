using System.Linq;

namespace OperatorGen.Models;

/// <summary>The input of selective cells, cut into its parts.</summary>
internal static class InputParts
{
    /// <summary>Consecutive parts that together are the whole input.</summary>
    /// <param name="widths">Their widths.</param>
    public static Signal[] Cut(params int[] widths)
    {
        var input = new CellInputSignal(widths.Sum());
        return [.. widths.Select((width, part) => new SlicedSignal(input, widths.Take(part).Sum(), width))];
    }
}
