using System;
using System.IO;
using System.Linq;
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
    public void A_consumer_prints_upstreams_numbers(string folder, string name)
    {
        Consumers.SkipWithoutFeed(_consumers.Build);
        string path = Path.Combine(_consumers.Folder, folder);
        string assembly = Path.Combine(path, "bin", "Release", "net10.0", name + ".dll");
        Assert.True(File.Exists(assembly), _consumers.Build.All);
        UpstreamCase.AssertPrinted(Command.Run(path, "dotnet", [assembly, .. UpstreamCase.Arguments(0)]).Succeeded().Output);
    }

    [SkippableFact]
    public void An_application_carries_the_runtime_and_not_the_generator()
    {
        Consumers.SkipWithoutFeed(_consumers.Build);
        string[] assemblies = [.. Directory.GetFiles(Path.Combine(_consumers.Folder, "console app", "bin", "Release", "net10.0"), "*.dll").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];
        Assert.Equal(["Console", "OperatorGen", "OperatorGen.Analysis", "OperatorGen.Safetensors", "OperatorGen.Symbolics", "System.Numerics.Tensors"], assemblies);
    }
}
