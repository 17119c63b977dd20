using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using OperatorGen.Safetensors;
using Xunit;

namespace OperatorGen.Package;

/// <summary>The tool, installed into a folder.</summary>
[Collection(PackageTests.Name)]
public sealed class ToolTests(PackageFixture packages)
{
    [SkippableFact]
    public void The_installed_tool_imports_a_checkpoint_and_explains_an_output()
    {
        Consumers consumers = packages.Consumers;
        string folder = Directory.CreateDirectory(Path.Combine(packages.Root, "tool")).FullName;
        Command install = consumers.Dotnet(consumers.Folder, "tool", "install", "OperatorGen.Tool", "--version", packages.Version, "--tool-path", folder, "--configfile", Path.Combine(consumers.Folder, "nuget.config"));
        Consumers.SkipWithoutFeed(install);
        install.Succeeded();
        string tool = Path.Combine(folder, OperatingSystem.IsWindows() ? "operatorgen.exe" : "operatorgen");

        Command import = Command.Run(folder, tool, "import", UpstreamCase.Checkpoint, "--architecture", "s4d-standalone", "--prefix", "w.", "-o", "model.ssm.json").Succeeded();
        Assert.Contains("s4d-standalone, 7 tensors", import.Output, StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllText(Path.Combine(consumers.Folder, "console app", "models", "s4d.ssm.json")),
            File.ReadAllText(Path.Combine(folder, "model.ssm.json")));

        float[] data = [.. UpstreamCase.Input(0), .. UpstreamCase.Input(1)];
        using (FileStream file = File.Create(Path.Combine(folder, "data.safetensors")))
        {
            int[] shape = [2, UpstreamCase.Steps, UpstreamCase.Channels];
            SafetensorsFile.Write(file, [("x_test", SafetensorsDType.F32, shape, MemoryMarshal.AsBytes(data.AsSpan()).ToArray())]);
        }

        Command explain = Command.Run(folder, tool, "explain", "model.ssm.json", "--data", "data.safetensors", "--index", "1", "--score", "2").Succeeded();
        Assert.Contains("sequence 1 of x_test in data", explain.Output, StringComparison.Ordinal);
        Assert.Contains("remainder, what the polynomials leave out", explain.Output, StringComparison.Ordinal);

        // The package has the plotting library that the pictures are laid out with.
        Command.Run(folder, tool, "report", "model.ssm.json", "--data", "data.safetensors", "--index", "1", "--out", "report.html").Succeeded();
        Assert.Contains("data-plot", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);

        Assert.Equal(0, Command.Run(folder, tool, "--help").ExitCode);
        Assert.DoesNotContain("OperatorGen.Tool", Command.Run(folder, tool, "--help").Output.Split('\n').SkipWhile(line => !line.StartsWith("Usage", StringComparison.Ordinal)).Take(2).Aggregate(string.Concat), StringComparison.Ordinal);
    }
}
