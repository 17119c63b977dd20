using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.Compiler.Emission;
using OperatorGen.Compiler.Plans;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Emission;

/// <summary>A kind of step is known to its own files and to the list of writers.</summary>
public sealed partial class StepWriterTests
{
    public static TheoryData<Type> Recurrences => [.. Kinds().Where(kind => kind.Name.EndsWith("ScanStep", StringComparison.Ordinal))];

    [Fact]
    public void Every_kind_of_step_has_one_writer() =>
        Assert.Equal(Kinds().Select(kind => kind.Name), StepWriters.All.Select(writer => writer.StepType.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_step_without_a_writer_is_refused() =>
        Assert.Contains(nameof(UnknownStep), Assert.Throws<ArgumentException>(() => StepWriters.Of(new UnknownStep())).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Recurrences))]
    public void A_kind_of_recurrence_is_named_in_its_own_files_only(Type kind)
    {
        string compiler = Path.Combine(RepositoryFolder.Path, "generator", "OperatorGen.Compiler");
        IEnumerable<string> files = new[] { "Plans", "Emission", "Recurrences" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(compiler, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => Regex.IsMatch(File.ReadAllText(file), $@"\b{kind.Name}\b"))
            .Select(file => Path.GetFileName(file));
        string stem = kind.Name[..^"Step".Length];
        Assert.Collection(
            files.Order(StringComparer.Ordinal).OrderBy(file => Plans().IsMatch(file)),
            file => Assert.Equal(stem + "Kernel.cs", file),
            file => Assert.Equal(stem + "Step.cs", file),
            file => Assert.Matches(Plans(), file));
    }

    /// <summary>Where the steps of a recurrence are added to a plan.</summary>
    [GeneratedRegex(@"(Lowering|Scans)\.cs$")]
    private static partial Regex Plans();

    private static IEnumerable<Type> Kinds() => typeof(PlanStep).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(PlanStep)) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    private sealed record UnknownStep() : PlanStep("unknown")
    {
        public override StepUses Uses => new([], []);

        public override string Describe(EvaluationPlan plan) => "";
    }
}
