using System.Globalization;
using System.IO;
using OperatorGen.Tool.Commands;

namespace OperatorGen.Tool.Tests;

/// <summary>One command line, run in this process.</summary>
/// <param name="ExitCode">What the process would return.</param>
/// <param name="Output">What it wrote to the output.</param>
/// <param name="Error">What it wrote to the errors.</param>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', System.StringSplitOptions.RemoveEmptyEntries);

    public static ToolRun Of(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int exitCode = ToolCommands.Run(arguments, new Terminal(output, error));
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }
}
