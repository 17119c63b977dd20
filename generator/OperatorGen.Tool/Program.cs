using OperatorGen.Tool.Commands;

namespace OperatorGen.Tool;

internal static class Program
{
    private static int Main(string[] arguments) => ToolCommands.Run(arguments, Terminal.OfProcess());
}
