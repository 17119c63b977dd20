using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>A Python that has torch, as Debian's python3-torch installs it; tests that need one are skipped elsewhere.</summary>
internal static class PythonRun
{
    private static readonly Lazy<string?> s_python = new(() => new[] { "/usr/bin/python3", "python3", "python" }.FirstOrDefault(each => Start(each, Path.GetTempPath(), "import torch").ExitCode == 0));

    /// <summary>Runs lines in a folder and returns what they print; a failure of theirs fails the test.</summary>
    public static string Of(string folder, string lines)
    {
        Skip.If(s_python.Value is null, "There is no Python with torch here (Debian: python3-torch).");
        (int exitCode, string output, string error) = Start(s_python.Value!, folder, lines);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static (int ExitCode, string Output, string Error) Start(string python, string folder, string lines)
    {
        var start = new ProcessStartInfo(python, ["-c", lines]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "", "not installed");
        }
    }
}
