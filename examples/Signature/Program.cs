using System;
using System.IO;

namespace Signatures;

/// <summary>What linear controlled differential equations know of a path, with exact numbers; each is computed on the spot. With <c>--write FOLDER</c> it writes the files of random cells anew.</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        if (arguments is ["--write", string folder])
        {
            RandomCells.Write(folder);
        }
        else
        {
            Print(Console.Out);
        }
    }

    /// <summary>Prints all tables.</summary>
    internal static void Print(TextWriter output)
    {
        ExactCells.Print(output);
        output.WriteLine();
        LinearReadouts.Print(output);
        output.WriteLine();
        StateTracking.Print(output);
    }
}
