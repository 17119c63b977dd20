using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using OperatorGen.Models;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>The page about language models shows a program that compiles without warnings and runs, and members that there are.</summary>
public sealed class LanguageModelPageTests
{
    [Fact]
    public void The_program_of_the_page_writes_the_likeliest_tokens()
    {
        Assembly assembly = Load();
        Type model = assembly.GetType("SmallModel", throwOnError: true)!;
        MethodInfo greedy = assembly.GetType("Writing", throwOnError: true)!.GetMethod("Greedy", BindingFlags.Public | BindingFlags.Static)!;
        int[] written = (int[])greedy.Invoke(null, [Activator.CreateInstance(model), new[] { 1, 2 }, 5])!;

        // The same choice from the reference, which has the text whole at every step. The margins of the model are far above float's roundings.
        SequenceModel reference = ArchitectureCatalog.Resolve(ModelFileReader.Read(Sources.LanguageFile, default).Value!, default).Value!;
        var evaluator = new Reference.ReferenceEvaluator(reference);
        int[] text = [1, 2];
        foreach (int token in written)
        {
            double[] last = evaluator.Forward(evaluator.Embed(text))[^reference.OutputWidth..][..reference.Embedding!.Vocabulary];
            Assert.Equal(last.ToList().IndexOf(last.Max()), token);
            text = [.. text, token];
        }
    }

    [Fact]
    public void Every_member_of_the_pages_table_is_there()
    {
        string page = Page();
        string table = page[page.IndexOf("| member |", StringComparison.Ordinal)..page.IndexOf("With precision `both`", StringComparison.Ordinal)];
        string[] named = [.. table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`', '(')[1])];
        Type model = Load().GetType("SmallModel", throwOnError: true)!;
        Assert.True(named.Length > 10);
        Assert.All(named, name => Assert.NotEmpty(model.GetMember(name)));
        string[] methods = [.. model.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName).Select(method => method.Name).Distinct()];
        Assert.Empty(methods.Except(named));
    }

    private static Assembly Load()
    {
        string program = Page().Split("```csharp\n")[1].Split("```")[0];
        GeneratorRun run = GeneratorRun.Of(
            GeneratorProject.Of(program, InMemoryCompiler.StrictOptions.WithOutputKind(OutputKind.ConsoleApplication))
                .WithModel("/models/small.ssm.json", Sources.LanguageFile.Replace("\"precision\": \"both\"", "", StringComparison.Ordinal)),
            default);
        Assert.DoesNotContain(run.Faults, fault => fault.Severity >= DiagnosticSeverity.Warning);
        return run.Load();
    }

    private static string Page() => File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "language-models.md"));
}
