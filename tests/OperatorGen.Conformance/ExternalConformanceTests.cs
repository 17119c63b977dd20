using System;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using Xunit;

namespace OperatorGen.Conformance;

/// <summary>
/// Code that is made of shapes alone and reads its numbers from a packed file, against code with the numbers in it: the same bits at every width, forward, step by
/// step and in the states; or a refusal that says why.
/// </summary>
public sealed class ExternalConformanceTests
{
    private const string Absent = "(shared is absent)";

    /// <summary>The shared cases whose weights can be external, by the beginnings of their names.</summary>
    private static readonly string[] s_external = ["mamba1-", "mamba2-", "gla-", "gateloop-", "rwkv6-"];

    /// <summary>The kinds of recurrence whose code depends on numbers, and so is refused.</summary>
    private static readonly string[] s_refused = ["s4d-", "s4-", "s4block-", "s5-", "lru-", "linoss-"];

    public static TheoryData<string> OwnCases => new(ConformanceFolders.OwnNames);

    public static TheoryData<string, Precision> SharedCases
    {
        get
        {
            var cases = new TheoryData<string, Precision>();
            foreach (string name in ConformanceFolders.SharedNames(s_external).DefaultIfEmpty(Absent))
            {
                cases.Add(name, Precision.Double);
                cases.Add(name, Precision.Single);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(OwnCases))]
    public void Packed_weights_compute_the_bits_of_constants_or_are_refused(string name)
    {
        // The numbers of a case, which are doubles, are packed for both precisions.
        ConformanceCase conformance = ConformanceCase.Load(Path.Combine(ConformanceFolders.Own, name), Precision.Double);
        Check(conformance);
        Check(conformance with { Precision = Precision.Single });
    }

    [SkippableTheory]
    [MemberData(nameof(SharedCases))]
    public void Packed_weights_compute_the_bits_of_constants_on_every_shared_case(string name, Precision precision)
    {
        Skip.If(name == Absent, "The folder shared/reference/vectors is not beside this repository.");
        Check(ConformanceCase.Load(Path.Combine(ConformanceFolders.Shared!, name), precision));
    }

    private static void Check(ConformanceCase conformance)
    {
        (long compared, long different, string? refusal) = ExternalCheck.Run(conformance, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512);
        if (s_refused.Any(start => conformance.Name.StartsWith(start, StringComparison.Ordinal)))
        {
            Assert.StartsWith("OPG0405: The weights of this model cannot be external", refusal, StringComparison.Ordinal);
        }
        else if (refusal == "the model has no tensors")
        {
            Assert.DoesNotContain(conformance.Tensors.Keys, key => key.StartsWith(ConformanceCase.WeightPrefix, StringComparison.Ordinal));
        }
        else
        {
            Assert.Null(refusal);
            Assert.True(compared > 0);
            Assert.Equal(0, different);
        }
    }
}
