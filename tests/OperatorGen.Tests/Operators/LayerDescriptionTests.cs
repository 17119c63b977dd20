using System;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Tests.Operators;

/// <summary>Descriptions made from padded tables.</summary>
public sealed class LayerDescriptionTests
{
    [Fact]
    public void WavesAreTakenOutOfPaddedTables()
    {
        // Two channels of two complex modes in rows of four: per mode a row of real and one of imaginary parts.
        float[] eigenvalues = [0.5f, 0.25f, 9, 9, 0.125f, 0, 9, 9, -0.5f, 0.75f, 9, 9, 1, 2, 9, 9];
        float[] weights = [1, 2, 9, 9, 3, 4, 9, 9, 5, 6, 9, 9, 7, 8, 9, 9];
        LayerDescription layer = LayerDescription.Waves<float>("l", 2, 2, true, 4, eigenvalues, weights, [0.5f, -1, 9, 9], "gelu-erf", true);
        Assert.Equal(new Wave(new ComplexNumber(0.5, 0.125), new ComplexNumber(1, 3)), layer.Wave(0, 0));
        Assert.Equal(new Wave(new ComplexNumber(0.75, 2), new ComplexNumber(6, 8)), layer.Wave(1, 1));
        Assert.Equal(-1, layer.Skip(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Wave(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Wave(0, -1));
    }

    [Fact]
    public void ARealModeHasOneRow()
    {
        LayerDescription layer = LayerDescription.Waves<double>("", 1, 2, false, 2, [0.5, 9, 0.25, 9], [3, 9, 4, 9], [], "tanh", false);
        Assert.Equal(new Wave(0.25, 4), layer.Wave(0, 1));
        Assert.False(layer.HasSkip);
        Assert.Equal(0, layer.Skip(0));
        Assert.False(layer.IsSelective);
    }

    [Fact]
    public void AMillionTermsAreCountedAndTheFirstComeWithoutTheOthers()
    {
        double[] table = [.. Enumerable.Repeat(0.5, 64)];
        LayerDescription layer = LayerDescription.Waves<double>("", 1, 64, false, 1, table, table, [], "softplus", true);
        Assert.True(layer.TermCount(16) > 1_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(10, layer.Terms(16).Take(10).Select(term => term.Monomial).Distinct().Count());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void ASelectiveLayerHasGatesAndNoTerms()
    {
        LayerDescription layer = LayerDescription.Selective("m", 3, 4, "identity");
        Assert.True(layer.IsSelective);
        Assert.Equal(0, layer.TermCount(3));
        Assert.Empty(layer.Terms(3));
        Assert.Throws<InvalidOperationException>(() => layer.Wave(0, 0));
    }

    [Fact]
    public void ADecoderWithoutSeriesHasNoTermsAndNoFirstOrder()
    {
        LayerDescription layer = LayerDescription.Waves<double>("", 1, 1, false, 1, [0.5], [2.0], [], "relu", true);
        Assert.Equal(0, layer.TermCount(3));
        Assert.Empty(layer.Terms(3));
        var description = new OperatorDescription("relu", "", 1, 1, true, [], null, null, [layer], LinearDescription.Create<double>(1, 1, 1, [4.0], []));
        Assert.Contains("relu", Assert.Throws<InvalidOperationException>(() => description.FirstOrder([1], 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FirstOrderContributionsAreTheOnesComputedByHand()
    {
        // v = 2 x + 1 = 3, 5; s = 3, 6.5; wave 0: 2 s = 6, 13, mean 9.5; skip 0.5 v, mean 2; identity decoder; score = -1 + 4 o.
        LayerDescription layer = LayerDescription.Waves<double>("", 1, 1, false, 1, [0.5], [2.0], [0.5], "identity", true);
        var description = new OperatorDescription(
            "hand",
            "",
            1,
            1,
            true,
            [],
            ScalingDescription.Create<double>(1, [2.0], [1.0]),
            null,
            [layer],
            LinearDescription.Create<double>(1, 1, 1, [4.0], [-1.0]));
        FirstOrderScore score = description.FirstOrder([1, 2], 0);
        Assert.Equal(38, Assert.Single(score.Waves).Contribution);
        Assert.Equal(8, score.Skip);
        Assert.Equal(-1, score.Constant);
        Assert.Equal(45, score.Sum);
    }
}
