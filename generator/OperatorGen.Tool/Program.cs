using System.Globalization;
using OperatorGen.Tool.Commands;

namespace OperatorGen.Tool;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        return ToolCommands.Run(arguments, Terminal.OfProcess());
    }
}
