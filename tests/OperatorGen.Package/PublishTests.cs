using System;
using System.IO;
using System.Runtime.InteropServices;
using Xunit;

namespace OperatorGen.Package;

/// <summary>Published applications: the console application again, trimmed and compiled ahead of time. Warnings are errors there, those of trimming too.</summary>
[Collection(PackageTests.Name)]
public sealed class PublishTests(PackageFixture packages)
{
    [SkippableTheory]
    [InlineData("trimmed", "-p:PublishTrimmed=true", "--self-contained")]
    [InlineData("native", "-p:PublishAot=true")]
    [InlineData("native for this machine", "-p:PublishAot=true", "-p:IlcInstructionSet=native")]
    public void A_published_application_prints_upstreams_numbers(string name, params string[] options)
    {
        Consumers consumers = packages.Consumers;
        Consumers.SkipWithoutFeed(consumers.Build);
        string folder = consumers.CopyOf("console app", name);
        Command publish = consumers.Dotnet(folder, ["publish", "Console.csproj", "-c", "Release", "--use-current-runtime", "-o", "published", .. options]);
        Consumers.SkipWithoutFeed(publish);
        Skip.If(publish.All.Contains("Platform linker", StringComparison.Ordinal), "There is no linker here (clang or gcc), which publishing ahead of time needs.");
        publish.Succeeded();

        // A program without an instruction set is slow on x64, and the package says so once.
        bool expected = name == "native" && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        Assert.Equal(expected, publish.All.Contains("Set IlcInstructionSet", StringComparison.Ordinal));
        string program = Path.Combine(folder, "published", OperatingSystem.IsWindows() ? "Console.exe" : "Console");
        UpstreamCase.AssertPrinted(Command.Run(folder, program, UpstreamCase.Arguments(0)).Succeeded().Output);
    }
}
