using System;
using System.IO;
using System.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>The first <c>explain</c> of the README, run as it is printed.</summary>
public sealed class ReadmeExplainTests
{
    [Fact]
    public void The_first_explanation_of_the_readme_is_what_the_tool_prints()
    {
        string[] blocks = [.. File.ReadAllText(Path.Combine(RepositoryFolder.Path, "README.md")).Split("```").Where((_, i) => i % 2 == 1).Select(block => block.TrimStart('\n'))];
        int command = Array.FindIndex(blocks, block => block.StartsWith("operatorgen explain ", StringComparison.Ordinal));
        string[] words = blocks[command].TrimEnd('\n').Split(' ');
        ToolRun run = ToolRun.Of([.. words.Skip(1).Select(word => word.StartsWith("examples/", StringComparison.Ordinal) ? Path.Combine(RepositoryFolder.Path, word) : word)]);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("\n" + blocks[command + 1], run.Output, StringComparison.Ordinal);
        Assert.Contains("single waves carry", blocks[command + 1], StringComparison.Ordinal);
    }
}
