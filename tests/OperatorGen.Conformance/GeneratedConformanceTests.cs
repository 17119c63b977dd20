using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using Xunit;

namespace OperatorGen.Conformance;

/// <summary>
/// The reference and generated code, at every vector width, against what upstream's code gave: every output, step output and state of a case
/// within the case's tolerance, relative to its largest number.
/// </summary>
public sealed class GeneratedConformanceTests
{
    private const string Absent = "(shared is absent)";
    private static readonly VectorWidth[] s_widths = [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    /// <summary>The shared cases by the beginning of their names, and how many each has.</summary>
    private static readonly Dictionary<string, int> s_shared = new(StringComparer.Ordinal)
    {
        ["s4d-"] = 8,
        ["s4-example-"] = 2,
        ["mamba1-block-"] = 3,
        ["s4block-diag-"] = 9,
        ["s4block-dplr-"] = 9,
        ["s5-"] = 6,
        ["lru-"] = 4,
        ["linoss-"] = 6,
        ["mamba1-scan-"] = 7,
        ["mamba2-ssd-"] = 3,
        ["mamba2-block-"] = 4,
        ["gla-"] = 4,
        ["simple-gla-"] = 1,
        ["hgrn-"] = 1,
        ["retention-"] = 1,
        ["rwkv6-"] = 1,
        ["gateloop-attn-"] = 2,
        ["gateloop-operator-"] = 1,
        ["gateloop-simple-"] = 1,
        ["delta-rule-"] = 1,
        ["gated-delta-rule-"] = 1,
        ["mamba1-lm-"] = 1,
        ["mamba1-minimal-lm-"] = 1,
        ["mamba2-lm-"] = 1,
        ["gateloop-transformer-"] = 1,
    };

    public static TheoryData<string> OwnCases => new(ConformanceFolders.OwnNames);

    public static TheoryData<string, Precision> SharedCases
    {
        get
        {
            var cases = new TheoryData<string, Precision>();
            foreach (string name in s_shared.Keys.SelectMany(prefix => ConformanceFolders.SharedNames(prefix)).DefaultIfEmpty(Absent))
            {
                cases.Add(name, Precision.Double);
                cases.Add(name, Precision.Single);
            }

            return cases;
        }
    }

    [Fact]
    public void There_are_fourteen_own_cases() => Assert.Equal(14, ConformanceFolders.OwnNames.Count);

    [SkippableFact]
    public void No_shared_case_of_a_supported_architecture_is_missing()
    {
        Skip.If(ConformanceFolders.Shared is null, "The folder shared/reference/vectors is not beside this repository.");
        Assert.Equal(s_shared.Values, s_shared.Keys.Select(prefix => ConformanceFolders.SharedNames(prefix).Count));
    }

    [Theory]
    [MemberData(nameof(OwnCases))]
    public void Reference_and_generated_code_agree_with_upstream(string name) => Agree(ConformanceFolders.Own, name, Precision.Double);

    [SkippableTheory]
    [MemberData(nameof(SharedCases))]
    public void Reference_and_generated_code_agree_with_upstream_on_every_shared_case(string name, Precision precision)
    {
        Skip.If(name == Absent, "The folder shared/reference/vectors is not beside this repository.");
        Agree(ConformanceFolders.Shared!, name, precision);
    }

    [Fact]
    public void Generated_code_with_a_weight_off_by_a_millionth_disagrees()
    {
        ConformanceCase original = ConformanceCase.Load(Path.Combine(ConformanceFolders.Own, "s4d-n4-h3-l16-a"), Precision.Double);
        ConformanceTensor skip = original.Tensors["w.D"];
        var tensors = new Dictionary<string, ConformanceTensor>(original.Tensors) { [skip.Key] = skip with { Values = [skip.Values[0] + 1e-6, .. skip.Values[1..]] } };
        Assert.Contains(ConformanceCheck.Run(original with { Tensors = tensors }, EngineKind.Generated), result => !result.Passed && result.Reason is null);
    }

    private static void Agree(string folder, string name, Precision precision)
    {
        ConformanceCase conformance = ConformanceCase.Load(Path.Combine(folder, name), precision);
        Check(conformance, "reference", ConformanceCheck.Run(conformance, EngineKind.Reference));
        Func<SequenceModel, VectorWidth, IConformanceEngine> compiled = CompiledEngines.Of(precision);
        foreach (VectorWidth width in s_widths)
        {
            Check(conformance, $"generated {width}", ConformanceCheck.Run(conformance, EngineKind.Generated, model => compiled(model, width)));
        }
    }

    private static void Check(ConformanceCase conformance, string engine, IReadOnlyList<TensorResult> results)
    {
        Assert.Equal(conformance.Tensors.Keys.Where(key => key.StartsWith("out.", StringComparison.Ordinal)).Order(), results.Select(result => result.Tensor).Order());
        Assert.All(results, result => Assert.True(result.Passed, $"{engine}: {result.Line} {result.Reason}"));
    }
}
