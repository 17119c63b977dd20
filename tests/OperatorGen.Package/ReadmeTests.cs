using System;
using System.IO;
using System.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Package;

/// <summary>The first lines of the README, in an empty folder.</summary>
[Collection(PackageTests.Name)]
public sealed class ReadmeTests(PackageFixture packages)
{
    private static readonly string[] s_blocks = [.. File.ReadAllText(Path.Combine(RepositoryFolder.Path, "README.md")).Split("```").Where((_, i) => i % 2 == 1)];

    [SkippableFact]
    public void The_first_commands_make_a_program_that_prints_what_the_page_says()
    {
        Consumers consumers = packages.Consumers;
        // Beside the consumers, so that their settings are not this project's.
        string folder = Directory.CreateDirectory(Path.Combine(packages.Root, "Waves")).FullName;
        File.Copy(Path.Combine(consumers.Folder, "nuget.config"), Path.Combine(folder, "nuget.config"));
        string[] commands = [.. s_blocks[0].Replace("PATH_OF_THE_REPOSITORY/packages", packages.Feed, StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries), "dotnet run"];
        Assert.Equal(3, commands.Length);
        File.WriteAllText(Path.Combine(folder, "Source.txt"), s_blocks[1]["csharp\n".Length..]);

        Command? last = null;
        foreach (string command in commands)
        {
            if (command == "dotnet run")
            {
                File.Copy(Path.Combine(folder, "Source.txt"), Path.Combine(folder, "Program.cs"), overwrite: true);
            }

            Assert.StartsWith("dotnet ", command, StringComparison.Ordinal);
            last = consumers.Dotnet(folder, command.Split(' ')[1..]);
            Consumers.SkipWithoutFeed(last);
            last.Succeeded();
        }

        Assert.Equal(s_blocks[2].TrimStart('\n'), last!.Output);
    }

    [Fact]
    public void The_readme_is_short() => Assert.InRange(File.ReadLines(Path.Combine(RepositoryFolder.Path, "README.md")).Count(), 1, 185);
}
