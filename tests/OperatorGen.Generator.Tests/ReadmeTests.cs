using System;
using System.IO;
using System.Linq;
using System.Reflection;
using OperatorGen.TestKit;

using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>What the README shows is what the generator does.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_ten_lines_of_the_readme_print_what_it_says()
    {
        string[] blocks = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "README.md")).Split("```");
        string source = Block(blocks, "csharp\nusing OperatorGen;");
        string printed = Block(blocks, "\nmodes, ");

        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of(source), default);
        Assert.Empty(run.Faults);
        object operatorText = run.Load().GetType("Demo.TwoWaves", throwOnError: true)!
            .GetField("OperatorText", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;
        Assert.Equal(printed, (string)operatorText);
        Assert.True(source.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length <= 10);
    }

    /// <summary>The content of the fenced block that starts so, without its language.</summary>
    private static string Block(string[] blocks, string start)
    {
        string block = blocks.Where((_, i) => i % 2 == 1).Single(b => b.StartsWith(start, StringComparison.Ordinal));
        return block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
