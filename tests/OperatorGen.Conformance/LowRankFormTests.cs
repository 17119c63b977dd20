using System;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using Xunit;

namespace OperatorGen.Conformance;

/// <summary>Low-rank modes in both forms, whichever the compiler would choose, against what upstream's code gave.</summary>
public sealed class LowRankFormTests
{
    private const string Absent = "(shared is absent)";

    public static TheoryData<string, LowRankForm> OwnCases => Cases(ConformanceFolders.OwnNames.Where(IsLowRank));

    public static TheoryData<string, LowRankForm> SharedCases => Cases(ConformanceFolders.SharedNames("s4block-dplr-").DefaultIfEmpty(Absent));

    [Theory]
    [MemberData(nameof(OwnCases))]
    public void Both_forms_agree_with_upstream(string name, LowRankForm form) => Agree(Path.Combine(ConformanceFolders.Own, name), form, Precision.Double);

    [SkippableTheory]
    [MemberData(nameof(SharedCases))]
    public void Both_forms_agree_with_upstream_on_every_shared_case(string name, LowRankForm form)
    {
        Skip.If(name == Absent, "The folder shared/reference/vectors is not beside this repository.");
        Agree(Path.Combine(ConformanceFolders.Shared!, name), form, Precision.Double);
        Agree(Path.Combine(ConformanceFolders.Shared!, name), form, Precision.Single);
    }

    /// <summary>A model whose low-rank recurrences have a form.</summary>
    internal static SequenceModel Forced(SequenceModel model, LowRankForm form) => model with
    {
        Layers = model.Layers.Select(layer => layer with { Cell = ((LowRankModes)layer.Cell) with { Form = form } }).ToEquatableArray(),
    };

    private static bool IsLowRank(string name) => name.StartsWith("s4block-dplr-", StringComparison.Ordinal);

    private static TheoryData<string, LowRankForm> Cases(System.Collections.Generic.IEnumerable<string> names)
    {
        var cases = new TheoryData<string, LowRankForm>();
        foreach (string name in names)
        {
            cases.Add(name, LowRankForm.Eigenbasis);
            cases.Add(name, LowRankForm.LowRankStep);
        }

        return cases;
    }

    private static void Agree(string folder, LowRankForm form, Precision precision)
    {
        ConformanceCase conformance = ConformanceCase.Load(folder, precision);
        Func<SequenceModel, VectorWidth, IConformanceEngine> compiled = CompiledEngines.Of(precision);
        foreach (VectorWidth width in new[] { VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512 })
        {
            Assert.All(
                ConformanceCheck.Run(conformance, EngineKind.Generated, model => compiled(Forced(model, form), width)),
                result => Assert.True(result.Passed, $"{form} {width}: {result.Line} {result.Reason}"));
        }
    }
}
