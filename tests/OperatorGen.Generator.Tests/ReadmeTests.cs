using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>What the README shows is what the generator does.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_model_of_the_readme_prints_the_operator_that_it_shows()
    {
        string[] blocks = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "README.md")).Split("```");
        string source = Block(blocks, "csharp\nusing OperatorGen;");
        string printed = Block(blocks, "\n0.");

        // What a new console project has of its own: a program, and usings that nobody writes.
        GeneratorProject project = GeneratorProject.Of(source, InMemoryCompiler.StrictOptions.WithOutputKind(OutputKind.ConsoleApplication))
            .WithSource("Usings.cs", "global using System; global using System.Linq;");
        GeneratorRun run = GeneratorRun.Of(project, default);
        Assert.Empty(run.Faults);
        object operatorText = run.Load().GetType("TwoWaves", throwOnError: true)!
            .GetProperty("OperatorText", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        Assert.Equal(printed[(printed.IndexOf('\n', StringComparison.Ordinal) + 1)..], (string)operatorText);
    }

    /// <summary>The content of the fenced block that starts so, without its language.</summary>
    private static string Block(string[] blocks, string start)
    {
        string block = blocks.Where((_, i) => i % 2 == 1).Single(b => b.StartsWith(start, StringComparison.Ordinal));
        return block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
