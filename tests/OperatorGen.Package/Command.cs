using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace OperatorGen.Package;

/// <summary>A command that has run.</summary>
/// <param name="ExitCode">What it returned.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it printed as errors.</param>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    /// <summary>All that it printed.</summary>
    public string All => Output + Error;

    /// <summary>Runs a program in a folder until it ends.</summary>
    public static Command Run(string folder, string program, params IEnumerable<string> arguments)
    {
        using Process process = Start(folder, null, program, arguments);
        return Finish(process);
    }

    /// <summary>Runs <c>dotnet</c> in a folder until it ends.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="packages">Where restored packages go; null: where they go on this machine.</param>
    /// <param name="arguments">The arguments.</param>
    public static Command Dotnet(string folder, string? packages, params IEnumerable<string> arguments)
    {
        using Process process = Start(folder, packages, "dotnet", arguments);
        return Finish(process);
    }

    /// <summary>Starts a program in a folder; input and output are redirected.</summary>
    public static Process Start(string folder, string? packages, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // Build servers would outlive the test and keep its pipes and files open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        // What the build that runs these tests told its children.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildExtensionsPath");
        // Where an installed tool finds the runtime.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
        }

        return Process.Start(start)!;
    }

    private static Command Finish(Process process)
    {
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Command(process.ExitCode, output, error.Result);
    }

    /// <summary>Fails with all that was printed unless the command succeeded.</summary>
    public Command Succeeded()
    {
        Assert.True(ExitCode == 0, All);
        return this;
    }
}
