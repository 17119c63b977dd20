using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>Every fault, from the declaration to the diagnostic that a developer sees: id, severity, place.</summary>
public sealed class DiagnosticTests
{
    /// <summary>Kinds that no declaration can have, and why.</summary>
    private static readonly Dictionary<string, string> s_unreachable = new()
    {
        ["OPG0403"] = "Every architecture that can be declared has a lowering; cells of more than one value per mode come with later architectures.",
        ["OPG0900"] = "It answers an exception of a stage, that is a mistake of the generator.",
    };

    public static TheoryData<string> Names => [.. FaultCases.All.Select(fault => fault.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fault_is_one_diagnostic_at_its_place(string name)
    {
        FaultCase expected = FaultCases.All.Single(fault => fault.ToString() == name);
        GeneratorRun run = GeneratorRun.Of(expected.Project());
        Assert.Null(run.Failure);
        Diagnostic found = Assert.Single(run.Faults, fault => fault.Id == expected.Id);
        Assert.Equal(expected.Severity, found.Severity);
        Assert.Equal(expected.Place(), (found.Location.GetLineSpan().Path, found.Location.GetLineSpan().StartLinePosition));
        Assert.True(run.Faults.Count == 1 + expected.Also.Count(id => id.StartsWith("OPG", StringComparison.Ordinal)), string.Join("\n", run.Faults));
        Assert.All(run.Faults, fault => Assert.True(fault.Id == expected.Id || expected.Also.Contains(fault.Id), fault.ToString()));
        Assert.Equal(expected.Also.Where(id => id.StartsWith("CS", StringComparison.Ordinal)), run.CompilerFaults.Select(fault => fault.Id));
        Assert.Equal(expected.Severity == DiagnosticSeverity.Error && expected.Id != "OPG0008", run.Files.Count == 0);
        Assert.EndsWith("/docs/diagnostics/" + expected.Id + ".md", found.Descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_links_to_its_page_and_is_in_a_list_of_releases()
    {
        string generator = Path.Combine(RepositoryFolder.Path, "generator", "OperatorGen.Generator");
        string[] listed = [.. new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => File.ReadLines(Path.Combine(generator, file)))
            .Where(line => line.StartsWith("OPG", StringComparison.Ordinal))];
        Assert.Equal(FaultKinds.All.Select(kind => $"{kind.Id} | OperatorGen | {kind.Severity} | {kind.Title}").Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.All(FaultKinds.All, kind =>
        {
            DiagnosticDescriptor descriptor = Diagnostics.Of(new Fault(kind, "", null), null).Descriptor;
            Assert.True(Uri.TryCreate(descriptor.HelpLinkUri, UriKind.Absolute, out Uri? page) && page.Scheme == Uri.UriSchemeHttps, descriptor.HelpLinkUri);
            Assert.True(File.Exists(Path.Combine(RepositoryFolder.Path, "docs", "diagnostics", page.Segments[^1])), page.Segments[^1]);
            Assert.Equal(kind.Id + ".md", page.Segments[^1]);
        });
    }

    [Fact]
    public void Every_kind_is_triggered_or_explained()
    {
        IEnumerable<string> known = FaultCases.All.Select(fault => fault.Id).Concat(s_unreachable.Keys).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(FaultKinds.All.Select(kind => kind.Id), known);
        Assert.Empty(FaultCases.All.Select(fault => fault.Id).Intersect(s_unreachable.Keys));
    }

    [Fact]
    public void A_range_of_the_wrong_order_is_shown_and_corrected() => Assert.Equal(
        "The argument 'InputLow, InputHigh' is 1, -0.5; a pair of different numbers, the lower one first, here [-0.5, 1], is expected.",
        Assert.Single(GeneratorRun.Of(GeneratorProject.Of(Sources.Class("[OperatorGen.InlineModel(InputLow = 1, InputHigh = -0.5)] [OperatorGen.Mode(0.5, 0.0)]"))).Faults).GetMessage(CultureInfo.InvariantCulture));

    [Fact]
    public void Every_member_of_a_generated_name_is_a_fault_of_its_own()
    {
        GeneratorProject names = GeneratorProject.Of(Sources.OneWave + "\npartial class Model\n{\n    internal int Shared;\n    internal int Labels => Shared;\n}");
        Assert.Equal([("OPG0009", 3), ("OPG0009", 4)], Places(names));

        GeneratorProject signatures = GeneratorProject.Of(
            Sources.OneWave + "\npartial class Model\n{\n    internal object CreateState() => this;\n    internal void Forward(System.ReadOnlySpan<float> a, System.Span<float> b) { }\n    internal void Forward(int other) { }\n}");
        Assert.Equal([("OPG0009", 3), ("OPG0009", 4)], Places(signatures));

        static IEnumerable<(string Id, int Line)> Places(GeneratorProject project) =>
            GeneratorRun.Of(project).Faults.Select(fault => (fault.Id, fault.Location.GetLineSpan().StartLinePosition.Line)).OrderBy(place => place.Line);
    }

    [Fact]
    public void Faults_of_several_types_are_each_at_their_own_type()
    {
        GeneratorProject project = GeneratorProject.Of(
            $"{Sources.OneWave} class First;\n{Sources.OneWave} public partial struct Second;\n[OperatorGen.InlineModel(Decoder = \"relu\")] [OperatorGen.Mode(0.5, 0.0)] partial class Third;");
        Assert.Equal(
            [("OPG0001", 0), ("OPG0003", 1), ("OPG0303", 2)],
            GeneratorRun.Of(project).Faults.Select(fault => (fault.Id, fault.Location.GetLineSpan().StartLinePosition.Line)).OrderBy(place => place.Line));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_fault_and_no_crash()
    {
        GeneratorProject project = GeneratorProject.Of(Sources.FileClass());
        GeneratorRun run = GeneratorRun.Of(project with { Models = [new UnreadableFile()] });
        Assert.Null(run.Failure);
        Diagnostic fault = Assert.Single(run.Faults);
        Assert.Equal("OPG0900", fault.Id);
        Assert.Contains("'declare' failed: IOException: gone", fault.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_file_is_answered_with_the_model_files_that_there_are()
    {
        var other = new ModelText("/a/other.ssm.json", Sources.ModesFile());
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of(Sources.FileClass()) with { Models = [other, new ModelText("/b/M.SSM.json", Sources.ModesFile())] });
        string message = Assert.Single(run.Faults).GetMessage(CultureInfo.InvariantCulture);
        Assert.StartsWith("No additional file is called 'm.ssm.json'; the model files of the project are '/b/M.SSM.json', '/a/other.ssm.json'.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("...", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inline_model_says_what_it_lacks_in_the_words_of_its_attributes()
    {
        Assert.Equal("[InlineModel] declares a model without modes: add at least one [Mode(re, im)] beside it.", Message("[OperatorGen.InlineModel]"));
        Assert.Equal(
            "The argument 'Step' is not given; the step size, which Discretization = \"bilinear\" needs, is expected.",
            Message("[OperatorGen.InlineModel(Discretization = \"bilinear\")] [OperatorGen.Mode(-0.5, 0.0)]"));

        static string Message(string attributes) =>
            Assert.Single(GeneratorRun.Of(GeneratorProject.Of(attributes + " public partial class Model;")).Faults).GetMessage(CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Negated_symbols_stand_in_the_formulas_with_their_sign()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of("[OperatorGen.InlineModel] [OperatorGen.Mode(\"-alpha\", \"-omega\", OutputRe = \"-beta\")] public partial class Model;"));
        Assert.Equal("OPG0402", Assert.Single(run.Faults).Id);
        string text = Assert.Single(run.Files).Text;
        Assert.Contains("lambda_0 = -alpha - i omega", text, StringComparison.Ordinal);
        Assert.Contains("weight_0 = -beta", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_the_project_lists_twice_is_one_file()
    {
        var file = new ModelText(FaultCase.ModelPath, Sources.ModesFile());
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of(Sources.FileClass()) with { Models = [file, new ModelText(FaultCase.ModelPath, Sources.ModesFile())] });
        Assert.Empty(run.Faults);
        Assert.Single(run.Files);
    }

    [Theory]
    [InlineData("$ partial class Model; $ partial record Model;")]
    [InlineData("$ partial class Model; $ partial class Model;")]
    [InlineData("namespace A.B { $ partial class Model; } namespace A { partial class B { $ partial class Model; } }")]
    [InlineData("partial class Outer { $ partial class Model; } partial struct Outer { $ partial class Model; } partial record Outer { $ partial class Model; }")]
    public void Types_of_one_full_name_are_the_compilers_error_and_do_not_stop_the_generator(string source)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of(source.Replace("$", Sources.OneWave, StringComparison.Ordinal) + Sources.OneWave + " partial class Bystander;"));
        Assert.Null(run.Failure);
        Assert.Contains(run.Files, file => file.HintName == "Bystander.OperatorGen.g.cs");
        Assert.Contains(run.CompilerFaults, fault => fault.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("a‿b")]
    [InlineData("e\u0301")]
    [InlineData("模型")]
    [InlineData("@class")]
    public void Any_name_that_a_type_can_have_is_possible(string name)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of(Sources.Class(Sources.OneWave, $"public partial class {name};")));
        Assert.Null(run.Failure);
        Assert.Single(run.Files);
        Assert.Empty(run.CompilerFaults);
    }

    [Fact]
    public void An_attributes_range_is_reported_at_the_attribute_although_the_file_has_one()
    {
        string model = Sources.ModesFile(hyper: "\"discretization\": \"none\", \"gamma\": 1, \"decoder\": \"tanh\"", more: " \"options\": { \"inputRange\": [-1, 1] },");
        Diagnostic fault = Assert.Single(GeneratorRun.Of(GeneratorProject.Of(Sources.FileClass(", InputLow = -100, InputHigh = 100")).WithModel(FaultCase.ModelPath, model)).Faults);
        Assert.Equal(("OPG0301", "Source.cs"), (fault.Id, fault.Location.GetLineSpan().Path));
    }

    [Fact]
    public void Two_types_that_name_a_faulty_file_point_to_the_same_place_in_it()
    {
        GeneratorProject project = GeneratorProject.Of("[OperatorGen.SequenceModel(\"m.ssm.json\")] partial class A;\n[OperatorGen.SequenceModel(\"m.ssm.json\")] partial class B;")
            .WithModel(FaultCase.ModelPath, "{");
        Assert.Single(GeneratorRun.Of(project).Faults.Select(fault => fault.ToString()).Distinct());
    }

    private sealed class UnreadableFile : AdditionalText
    {
        public override string Path => FaultCase.ModelPath;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => throw new IOException("gone");
    }
}
