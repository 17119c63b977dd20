using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.IO;
using OperatorGen.Models;

namespace OperatorGen.Tool.Commands;

/// <summary>The tool's command line.</summary>
public static class ToolCommands
{
    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The arguments, without the tool's name.</param>
    /// <param name="terminal">Where results and faults go.</param>
    /// <returns>The exit code, see <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        var root = new Command("operatorgen", "Imports, runs, inspects, checks, calibrates, studies and explains models that OperatorGen compiles.")
        {
            new HelpOption(),
            new VersionOption(),
            ImportCommand.Create(terminal),
            PackCommand.Create(terminal),
            PredictCommand.Create(terminal),
            InspectCommand.Create(terminal),
            VerifyExpansionCommand.Create(terminal),
            PruneCommand.Create(terminal),
            CheckCommand.Create(terminal),
            CalibrateCommand.Create(terminal),
            StudyCommand.Create(terminal),
            RingCommand.Create(terminal),
            KernelsCommand.Create(terminal),
            AttentionCommand.Create(terminal),
            SignatureCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            ReportCommand.Create(terminal),
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                terminal.Error.WriteLine(error.Message);
            }

            terminal.Error.WriteLine("operatorgen --help lists the commands, operatorgen COMMAND --help their options.");
            return ExitCode.Unusable;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception failure) when (failure is UnusableInputException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine(failure.Message);
            return ExitCode.Unusable;
        }
        catch (NumbersNeededException)
        {
            terminal.Error.WriteLine("The model file " + ModelCheck.ShapesOnly);
            return ExitCode.Unusable;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("Cancelled; nothing was written.");
            return ExitCode.Cancelled;
        }
#pragma warning disable CA1031 // The last guard: a person gets one line, not a stack.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            terminal.Error.WriteLine($"operatorgen failed: {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");
            return ExitCode.Failure;
        }
    }
}
