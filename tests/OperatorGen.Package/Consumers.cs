using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Package;

/// <summary>The projects in the folder <c>consumers</c>, copied out of the repository and built once against the packages.</summary>
internal sealed class Consumers
{
    private readonly PackageFixture _packages;

    /// <summary>Copies, restores and builds.</summary>
    public Consumers(PackageFixture packages)
    {
        _packages = packages;
        string source = Path.Combine(RepositoryFolder.Path, "tests", "OperatorGen.Package", "consumers");
        Copy(source, Folder);
        WriteSettings();
        Build = Dotnet(Folder, "build", "Consumers.slnx", "-c", "Release");
    }

    /// <summary>Where the consumers lie.</summary>
    public string Folder => Path.Combine(_packages.Root, "consumers");

    /// <summary>What their build printed.</summary>
    public Command Build { get; }

    /// <summary>Runs <c>dotnet</c> so that packages come from the folder of these tests, and those that the machine already has from there.</summary>
    public Command Dotnet(string folder, params IEnumerable<string> arguments) =>
        Command.Dotnet(folder, Path.Combine(_packages.Root, "cache"), arguments);

    /// <summary>The folder of a consumer that is built a second time in another way.</summary>
    public string CopyOf(string consumer, string name)
    {
        string folder = Path.Combine(Folder, name);
        Copy(Path.Combine(Folder, consumer), folder);
        return folder;
    }

    /// <summary>Skips a test where a package of others cannot be had: this is not a fault of what is tested.</summary>
    public static void SkipWithoutFeed(Command command)
    {
        Match fault = Regex.Match(command.All, @"error (NU1100|NU1101|NU1102|NU1103|NU1301|NU1801)[^\n]*");
        Skip.If(fault.Success && !fault.Value.Contains("OperatorGen", StringComparison.Ordinal), $"This machine has no feed with what is needed: {fault.Value}");
    }

    private void WriteSettings()
    {
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.props"), $"<Project><PropertyGroup><OperatorGenVersion>{_packages.Version}</OperatorGenVersion></PropertyGroup></Project>");
        // The machine's own feeds stay, with what it needs to reach them; only what they are asked for is limited.
        IEnumerable<string> feeds = Regex.Matches(Command.Dotnet(Folder, null, "nuget", "list", "source").Succeeded().Output, @"^\s*\d+\.\s+(.+) \[Enabled\]", RegexOptions.Multiline)
            .Select(match => $"<packageSource key=\"{match.Groups[1].Value}\"><package pattern=\"*\" /></packageSource>");
        string machine = Command.Dotnet(Folder, null, "nuget", "locals", "global-packages", "--list").Succeeded().Output.Split(": ", 2)[1].Trim();
        File.WriteAllText(
            Path.Combine(Folder, "nuget.config"),
            $"""
            <configuration>
              <packageSources><add key="packed" value="{_packages.Feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{machine}" /></fallbackPackageFolders>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="OperatorGen*" /></packageSource>
                {string.Concat(feeds)}
              </packageSourceMapping>
            </configuration>
            """);
    }

    private static void Copy(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(source, file)))
        {
            if (!file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
            {
                string path = Path.Combine(target, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Copy(Path.Combine(source, file), path);
            }
        }
    }
}
