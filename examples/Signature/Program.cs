using System;
using System.IO;

namespace Signatures;

/// <summary>What linear controlled differential equations know of a path, with exact numbers; each is computed on the spot.</summary>
internal static class Program
{
    private static void Main() => Print(Console.Out);

    /// <summary>Prints all tables.</summary>
    internal static void Print(TextWriter output)
    {
        ExactCells.Print(output);
        output.WriteLine();
        StateTracking.Print(output);
    }
}
