using System;
using System.IO;
using TokenSelections.Construction;

namespace TokenSelections;

/// <summary>How interacting waves select tokens: stacks whose weights are computed, not trained. With <c>--write FOLDER</c> it writes the model files anew,
/// with <c>--trained</c> it runs the one that was trained.</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        if (arguments is ["--write", string folder])
        {
            ModelFiles.Write(folder);
        }
        else if (arguments is ["--trained"])
        {
            Trained.Print(Console.Out);
        }
        else
        {
            Print(Console.Out);
        }
    }

    /// <summary>Prints all tables.</summary>
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
