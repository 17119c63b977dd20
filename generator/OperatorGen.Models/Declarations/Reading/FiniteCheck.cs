using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Finds numbers that are not finite.</summary>
internal static class FiniteCheck
{
    /// <summary>True when all are finite; otherwise one fault names the first and counts the rest.</summary>
    public static bool Passes(double[] values, EquatableArray<int> shape, string owner, TextPlace? place, FaultCollector faults)
    {
        int first = -1;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]) || double.IsInfinity(values[i]))
            {
                first = count == 0 ? i : first;
                count++;
            }
        }

        if (count > 0)
        {
            faults.Add(FileFaults.NotFinite(owner, Shapes.IndexText(shape, first), Name(values[first]), count - 1, place));
        }

        return count == 0;
    }

    /// <summary>What is there, in the words of a message.</summary>
    public static string Name(double value) => double.IsNaN(value) ? "not a number" : value > 0 ? "infinite" : "minus infinity";
}
