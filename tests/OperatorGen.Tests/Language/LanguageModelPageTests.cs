using System;
using System.IO;
using System.Linq;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>The page about language models shows code that compiles and runs.</summary>
public sealed class LanguageModelPageTests
{
    [Fact]
    public void Examples_of_the_page_are_those_that_run_here()
    {
        string page = Read("docs/language-models.md");
        string code = Lines(Read("tests/OperatorGen.Tests/Language/LanguageModelExamples.cs"));
        string[] blocks = [.. page[page.IndexOf("## Tokens and text", StringComparison.Ordinal)..].Split("```").Where((block, i) => i % 2 == 1 && block.StartsWith("csharp\n", StringComparison.Ordinal))];
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(Lines(block["csharp\n".Length..]), code, StringComparison.Ordinal));
    }

    [Fact]
    public void Examples_of_the_page_run() =>
        Assert.Equal(200, LanguageModelExamples.Run(SmallModel<float>.Random(29, 1)).Length);

    private static string Read(string path) => File.ReadAllText(Path.Combine(RepositoryFolder.Path, path));

    /// <summary>The lines without indentation.</summary>
    private static string Lines(string text) => string.Join("\n", text.Trim().Split('\n').Select(line => line.Trim()));
}
