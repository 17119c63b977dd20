using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>What a change runs again, and what it leaves alone.</summary>
public sealed class IncrementalTests
{
    private const string Path = "/models/m.ssm.json";

    private static readonly string[] s_places = [Steps.Target, Steps.Declare, Steps.Resolve];

    private static readonly string[] s_work = [Steps.Expand, Steps.Plan, Steps.Emit];

    /// <summary>One model of each way of declaring, a second one by file, each in a file of its own.</summary>
    private static GeneratorProject Project => GeneratorProject.Of("internal static class Other { internal static int Number => 1; }")
        .WithSource("Inline.cs", Sources.Class(Sources.TwoWaves, "public partial class Inline;"))
        .WithSource("First.cs", Sources.Class("[OperatorGen.SequenceModel(\"m.ssm.json\")]", "public partial class First;"))
        .WithSource("Second.cs", Sources.Class("[OperatorGen.SequenceModel(\"s4d.ssm.json\")]", "public partial class Second;"))
        .WithModel(Path, Sources.ModesFile())
        .WithModel("/models/s4d.ssm.json", Sources.S4DFile());

    [Fact]
    public void The_project_of_these_tests_passes_the_harness() => Assert.Equal(3, GeneratorHarness.Verify(Project).Files.Count);

    [Theory]
    [InlineData("internal static class Other { internal static int Number => 2; }")]
    [InlineData("")]
    [InlineData("internal static class Other { syntax error")]
    [InlineData("namespace N { internal sealed class Model; internal delegate void D(); }")]
    public void An_edit_in_another_file_leaves_every_step_cached(string text)
    {
        GeneratorRun first = GeneratorRun.Of(Project);
        GeneratorRun second = first.Then(Project.WithSource("Source.cs", text));
        AssertCached(second, GeneratorRun.StepNames);
        Assert.Equal(first.Files, second.Files);
    }

    [Fact]
    public void A_new_file_and_a_new_additional_file_of_another_kind_leave_every_step_cached()
    {
        GeneratorProject project = Project;
        GeneratorRun second = GeneratorRun.Of(project).Then(project.WithSource("New.cs", "class New;").WithModel("/notes.txt", "nothing"));
        AssertCached(second, GeneratorRun.StepNames);
    }

    [Fact]
    public void An_edit_above_a_type_changes_its_place_and_nothing_else()
    {
        GeneratorProject project = Project;
        GeneratorRun first = GeneratorRun.Of(project);
        GeneratorRun second = first.Then(project.WithSource("Inline.cs", "// A line more.\n\n" + Sources.Class(Sources.TwoWaves, "public partial class Inline;")));
        Assert.All(s_places, step => Assert.Equal(1, second.Reasons(step).Count(reason => reason == IncrementalStepRunReason.Modified)));
        AssertCached(second, [Steps.Read, .. s_work]);
        Assert.Equal(first.Files, second.Files);
    }

    [Fact]
    public void A_diagnostic_of_a_late_stage_moves_with_its_type_although_the_stage_is_cached()
    {
        string source = Sources.Class("[OperatorGen.InlineModel(Decoder = \"relu\")] [OperatorGen.Mode(0.5, 0.0)]");
        GeneratorRun first = GeneratorRun.Of(GeneratorProject.Of(source));
        GeneratorRun second = first.Then(GeneratorProject.Of(source).WithSource("Source.cs", "\n\n" + source));
        AssertCached(second, s_work);
        Assert.Equal(2 + Line(first), Line(second));
    }

    [Fact]
    public void A_diagnostic_about_a_files_option_moves_with_the_option_although_the_stage_is_cached()
    {
        string model = Sources.ModesFile(hyper: "\"discretization\": \"none\", \"gamma\": 1, \"decoder\": \"tanh\"", more: " \"options\": { \"inputRange\": [-100, 100] },");
        GeneratorProject project = GeneratorProject.Of(Sources.FileClass()).WithModel(Path, model);
        GeneratorRun first = GeneratorRun.Of(project);
        GeneratorRun second = first.Then(project.WithModel(Path, "\n\n" + model));
        AssertCached(second, s_work);
        Assert.Equal(2 + Line(first), Line(second));
    }

    [Fact]
    public void White_space_in_a_model_file_is_read_and_goes_no_further_than_the_model()
    {
        GeneratorProject project = Project;
        GeneratorRun first = GeneratorRun.Of(project);
        GeneratorRun second = first.Then(project.WithModel(Path, Sources.ModesFile().Replace("\n", "\n\n  ", StringComparison.Ordinal)));
        Assert.Contains(IncrementalStepRunReason.Modified, second.Reasons(Steps.Read));
        AssertCached(second, s_work);
        Assert.Equal(first.Files, second.Files);
    }

    [Fact]
    public void A_changed_number_runs_what_depends_on_it_for_its_target_alone()
    {
        GeneratorProject project = Project;
        GeneratorRun first = GeneratorRun.Of(project);
        GeneratorRun second = first.Then(project.WithModel(Path, Sources.ModesFile(eigenvalue: "0.5000000001")));
        Assert.All([Steps.Read, Steps.Declare, Steps.Resolve, .. s_work], step => Assert.Equal(1, second.Reasons(step).Count(reason => reason == IncrementalStepRunReason.Modified)));
        Assert.All(s_work, step => Assert.Equal(2, second.Reasons(step).Count(reason => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)));
        AssertCached(second, [Steps.Target]);
        Assert.Equal(["First.OperatorGen.g.cs"], second.Files.Except(first.Files).Select(file => file.HintName));
    }

    [Fact]
    public void A_changed_number_in_an_attribute_runs_its_target_alone()
    {
        GeneratorProject project = Project;
        GeneratorRun first = GeneratorRun.Of(project);
        GeneratorRun second = first.Then(project.WithSource("Inline.cs", Sources.Class(Sources.TwoWaves.Replace("3.0", "3.5", StringComparison.Ordinal), "public partial class Inline;")));
        Assert.All([.. s_places, .. s_work], step => Assert.Equal(1, second.Reasons(step).Count(reason => reason == IncrementalStepRunReason.Modified)));
        Assert.Equal(["Inline.OperatorGen.g.cs"], second.Files.Except(first.Files).Select(file => file.HintName));
    }

    [Theory]
    [InlineData("[OperatorGen.SequenceModel(\"m.ssm.json\")]")]
    [InlineData(Sources.OneWave)]
    public void A_further_model_leaves_the_others_cached(string attributes)
    {
        GeneratorProject project = Project;
        GeneratorRun second = GeneratorRun.Of(project).Then(project.WithSource("Third.cs", Sources.Class(attributes, "public partial class Third;")));
        Assert.All(
            s_work,
            step => Assert.Equal(
                [(true, 3), (false, 1)],
                second.Reasons(step).GroupBy(reason => reason != IncrementalStepRunReason.New).Select(group => (group.Key, group.Count())).OrderByDescending(group => group.Key)));
        Assert.Equal(4, second.Files.Count);
    }

    [Fact]
    public void A_model_that_is_taken_away_takes_its_file_with_it()
    {
        GeneratorProject project = Project;
        GeneratorRun first = GeneratorRun.Of(project);
        GeneratorRun second = first.Then(project.WithSource("Second.cs", ""));
        Assert.Equal(["Second.OperatorGen.g.cs"], first.Files.Except(second.Files).Select(file => file.HintName));
        Assert.DoesNotContain(s_work.SelectMany(second.Reasons), reason => reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);
    }

    private static int Line(GeneratorRun run) => Assert.Single(run.Faults).Location.GetLineSpan().StartLinePosition.Line;

    private static void AssertCached(GeneratorRun run, System.Collections.Generic.IEnumerable<string> steps)
    {
        Assert.All(steps, step => Assert.NotEmpty(run.Reasons(step)));
        Assert.True(run.IsCached(steps), GeneratorHarness.Trace(run));
    }
}
