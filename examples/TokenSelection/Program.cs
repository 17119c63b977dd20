using System;
using System.IO;
using TokenSelections.Construction;
using TokenSelections.Trained;

namespace TokenSelections;

/// <summary>How interacting waves select tokens: stacks whose weights are computed, and with <c>--trained</c> stacks that were trained. <c>--write FOLDER</c> writes the computed model files
/// anew, <c>--plots FOLDER</c> the pictures of docs/theory.md.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case []:
                Print(Console.Out);
                return 0;
            case ["--trained"]:
                TrainedTables.Print(Console.Out);
                return 0;
            case ["--write", string folder] when Directory.Exists(folder):
                ModelFiles.Write(folder);
                return 0;
            case ["--plots", string folder] when Directory.Exists(folder):
                TrainedPlots.Write(folder);
                return 0;
            case ["--write" or "--plots", string folder]:
                Console.Error.WriteLine($"There is no folder {folder}.");
                return 2;
            default:
                Console.Error.WriteLine("Nothing, --trained, --write FOLDER or --plots FOLDER is expected.");
                return 2;
        }
    }

    /// <summary>Prints all tables of computed stacks.</summary>
    internal static void Print(TextWriter output)
    {
        Copying.Print(output);
        output.WriteLine();
        CopyOperator.Print(output);
        output.WriteLine();
        Recall.Print(output);
        output.WriteLine();
        Attention.Print(output);
    }
}
