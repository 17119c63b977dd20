using System;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen.Safetensors;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Package;

/// <summary>Projects that use the package as people do. All of them feed the same sequence to the same model.</summary>
[Collection(PackageTests.Name)]
public sealed class ConsumerTests(PackageFixture packages)
{
    private readonly Consumers _consumers = packages.Consumers;

    [SkippableFact]
    public void Every_consumer_builds_without_a_warning()
    {
        Consumers.SkipWithoutFeed(_consumers.Build);
        _consumers.Build.Succeeded();
        Assert.Contains("0 Warning(s)", _consumers.Build.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("console app", "Console")]
    [InlineData("application", "Application")]
    [InlineData("central", "Central")]
    [InlineData("streams", "Streams")]
    public void A_consumer_prints_upstreams_numbers(string folder, string name)
    {
        Consumers.SkipWithoutFeed(_consumers.Build);
        string path = Path.Combine(_consumers.Folder, folder);
        string assembly = Path.Combine(path, "bin", "Release", "net10.0", name + ".dll");
        Assert.True(File.Exists(assembly), _consumers.Build.All);
        UpstreamCase.AssertPrinted(Command.Run(path, "dotnet", [assembly, .. UpstreamCase.Arguments(0)]).Succeeded().Output);
    }

    [SkippableFact]
    public void A_program_loads_upstreams_own_file_and_prints_upstreams_numbers()
    {
        Consumers.SkipWithoutFeed(_consumers.Build);
        string path = Path.Combine(_consumers.Folder, "checkpoint"), checkpoint = Path.Combine(RepositoryFolder.Path, "tests", "OperatorGen.Conformance", "cases", "mamba2-block-groups-a", "f64.safetensors");
        string[] lines = Command.Run(path, "dotnet", [Path.Combine(path, "bin", "Release", "net10.0", "Checkpoint.dll"), checkpoint]).Succeeded().Output.Split('\n');
        double[] expected = SafetensorsFile.Parse(File.ReadAllBytes(checkpoint)).Find("out.y")!.ToDoubles(), found = [.. lines[0].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        Assert.Equal(expected.Length, found.Length);
        // The tolerance of operatorgen check for float, as in UpstreamCase.
        double tolerance = 2e-5 * expected.Max(double.Abs);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.Matches("^[0-9a-f]{64}$", lines[1]);
        Assert.Equal(lines[1], lines[2]);
    }

    [SkippableFact]
    public void An_application_carries_the_runtime_and_not_the_generator()
    {
        Consumers.SkipWithoutFeed(_consumers.Build);
        string[] assemblies = [.. Directory.GetFiles(Path.Combine(_consumers.Folder, "console app", "bin", "Release", "net10.0"), "*.dll").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];
        Assert.Equal(["Console", "OperatorGen", "OperatorGen.Analysis", "OperatorGen.Safetensors", "OperatorGen.Symbolics", "System.Numerics.Tensors"], assemblies);
    }
}
