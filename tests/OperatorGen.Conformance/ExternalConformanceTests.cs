using System;
using System.IO;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Conformance;

/// <summary>
/// Code that is made of shapes alone and reads its numbers from a packed file, against code with the numbers in it: the same bits at every width, forward, step by
/// step and in the states; or a refusal that says why.
/// </summary>
public sealed class ExternalConformanceTests
{
    private const string Absent = "(shared is absent)";

    /// <summary>The shared cases of constant modes, by the beginnings of their names.</summary>
    private static readonly string[] s_constant = ["s4d-", "s4-", "s4block-diag-", "s5-", "lru-", "linoss-"];

    /// <summary>The shared cases that are compared, by the beginnings of their names: there are a few refused ones among them.</summary>
    private static readonly string[] s_compared = ["mamba1-", "mamba2-", "gla-", "gateloop-", "rwkv6-", .. s_constant, "s4block-dplr-legs-a", "s4block-dplr-bidir-a"];

    /// <summary>The kind of recurrence whose code depends on numbers, and so is refused.</summary>
    private const string Refused = "s4block-dplr-";

    public static TheoryData<string> OwnCases => new(ConformanceFolders.OwnNames);

    public static TheoryData<string, Precision> SharedCases
    {
        get
        {
            var cases = new TheoryData<string, Precision>();
            foreach (string name in ConformanceFolders.SharedNames(s_compared).DefaultIfEmpty(Absent))
            {
                cases.Add(name, Precision.Double);
                cases.Add(name, Precision.Single);
            }

            return cases;
        }
    }

    public static TheoryData<string, bool> ConstantCases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            string[] own = [.. ConformanceFolders.OwnNames.Where(IsConstant)];
            foreach (string name in own.Concat(ConformanceFolders.SharedNames(s_constant).Except(own)))
            {
                cases.Add(name, own.Contains(name));
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

    [Theory]
    [MemberData(nameof(ConstantCases))]
    public void The_operator_of_loaded_weights_is_that_of_constants(string name, bool isOwn)
    {
        ConformanceCase conformance = ConformanceCase.Load(Path.Combine(isOwn ? ConformanceFolders.Own : ConformanceFolders.Shared!, name), Precision.Double);
        CheckOperator<double>(conformance);
        CheckOperator<float>(conformance);
    }

    private static bool IsConstant(string name) => s_constant.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Operator, text, attribution and explanation: the same bits.</summary>
    private static void CheckOperator<T>(ConformanceCase conformance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SequenceModel model = conformance.ToModel();
        IGeneratedModel<T> baked = GeneratedModel.Load<T>(model), loaded = GeneratedModel.LoadExternal<T>(conformance.ToDeclaration()).Model!;
        Assert.Equal(ObjectContents.Of(baked.Operator), ObjectContents.Of(loaded.Operator));
        Assert.Equal(baked.Operator.Text, loaded.Operator.Text);
        T[] input = [.. conformance.Inputs([.. model.Layers.Select(layer => layer.Cell.StateName).OfType<string>()])[0].Values.Select(T.CreateTruncating)];
        Assert.Equal(Bits(baked.Attribute(input, 0)), Bits(loaded.Attribute(input, 0)));
        Assert.Equal(baked.Attribute(input, 0).ToString(), loaded.Attribute(input, 0).ToString());
        if (baked.Operator.Expansion is null)
        {
            Assert.Throws<NotSupportedException>(() => baked.Explain(input, 0));
            Assert.Throws<NotSupportedException>(() => loaded.Explain(input, 0));
            return;
        }

        ScoreExplanation expected = baked.Explain(input, 0), found = loaded.Explain(input, 0);
        Assert.Equal(
            (BitConverter.DoubleToInt64Bits(expected.Exact), BitConverter.DoubleToInt64Bits(expected.Remainder), BitConverter.DoubleToInt64Bits(expected.Sum)),
            (BitConverter.DoubleToInt64Bits(found.Exact), BitConverter.DoubleToInt64Bits(found.Remainder), BitConverter.DoubleToInt64Bits(found.Sum)));
        Assert.Equal(expected.ToString(), found.ToString());
    }

    private static long[] Bits(ScoreAttribution attribution) =>
        [.. attribution.Waves.Concat([attribution.Exact, attribution.Silent, attribution.Gap]).Select(BitConverter.DoubleToInt64Bits)];

    private static void Check(ConformanceCase conformance)
    {
        (long compared, long different, string? refusal) = ExternalCheck.Run(conformance, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512);
        if (conformance.Name.StartsWith(Refused, StringComparison.Ordinal))
        {
            Assert.Equal("OPG0405: The weights of this model cannot be external: the choice between eigenvectors of the transition and a low-rank step depends on the numbers. Put the numbers into the model file.", refusal);
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
