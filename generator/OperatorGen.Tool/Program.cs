using System;
using System.Globalization;
using System.Threading;
using OperatorGen.Tool.Commands;

namespace OperatorGen.Tool;

internal static class Program
{
    private const string ShowCursor = "\u001b[?25h";

    private static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        using var cancellation = new CancellationTokenSource();
        var terminal = Terminal.OfProcess(cancellation.Token);
        Console.CancelKeyPress += (_, press) =>
        {
            // Work that goes in steps ends between two of them and cleans up; anything else, and a second press, ends the process.
            press.Cancel = terminal.IsWorking && !cancellation.IsCancellationRequested;
            if (press.Cancel)
            {
                cancellation.Cancel();
            }
            else if (!Console.IsErrorRedirected)
            {
                Console.Error.Write(ShowCursor);
            }
        };
        return ToolCommands.Run(arguments, terminal);
    }
}
