using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
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
        Assert.Equal(1 + expected.Also.Count(id => id.StartsWith("OPG", StringComparison.Ordinal)), run.Faults.Count);
        Assert.All(run.Faults, fault => Assert.True(fault.Id == expected.Id || expected.Also.Contains(fault.Id), fault.ToString()));
        Assert.Equal(expected.Also.Where(id => id.StartsWith("CS", StringComparison.Ordinal)), run.CompilerFaults.Select(fault => fault.Id));
        Assert.Equal(expected.Severity == DiagnosticSeverity.Error && expected.Id != "OPG0008", run.Files.Count == 0);
        Assert.EndsWith($"docs/diagnostics/{found.Id}.md", found.Descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_is_triggered_or_explained()
    {
        IEnumerable<string> known = FaultCases.All.Select(fault => fault.Id).Concat(s_unreachable.Keys).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(FaultKinds.All.Select(kind => kind.Id), known);
        Assert.Empty(FaultCases.All.Select(fault => fault.Id).Intersect(s_unreachable.Keys));
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
    public void Two_types_that_name_a_faulty_file_point_to_the_same_place_in_it()
    {
        GeneratorProject project = GeneratorProject.Of("[OperatorGen.SequenceModel(\"m.ssm.json\")] partial class A;\n[OperatorGen.SequenceModel(\"m.ssm.json\")] partial class B;")
            .WithModel(FaultCase.ModelPath, "{");
        Assert.Single(GeneratorRun.Of(project).Faults.Select(fault => fault.ToString()).Distinct());
    }
}
