using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Explanations;
using Xunit;

namespace OperatorGen.Tests.Contributions;

/// <summary>What cannot be explained is refused with a reason.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void A_selective_model_has_no_waves()
    {
        var operators = new OperatorDescription
        {
            Architecture = "mamba",
            Order = 2,
            InputWidth = 3,
            Layers = [new LayerDescription { Name = "layers.0", Width = 3, Recurrence = new SelectiveRecurrence(new SelectiveSignals(3), 3, 1, 1, false, new DecayGate([0.5, 0.5, 0.5]), 0, null, null, 1), Decoder = DecoderFunctions.Identity }],
        };
        var failure = Assert.Throws<InvalidOperationException>(() => operators.Explain(new double[6], 0));
        Assert.Contains("Layer 0 of 1 (\"layers.0\") is selective", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_without_Taylor_series_needs_an_expansion()
    {
        OperatorDescription operators = new RandomOperator { Decoder = "relu" }.Create();
        Assert.Throws<InvalidOperationException>(() => operators.Explain(new double[6], 0));
    }

    [Fact]
    public void Inputs_scores_steps_and_layers_are_checked()
    {
        RandomOperator random = new() { Inputs = 2, Head = 4, Pooled = false };
        var explainer = new OperatorExplainer(random.Create());
        Assert.Throws<ArgumentException>(() => explainer.Of(ReadOnlySpan<double>.Empty));
        Assert.Throws<ArgumentException>(() => explainer.Of(new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => explainer.Of(new double[4], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => explainer.Of(new double[4]).Explain(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => explainer.Of(new double[4]).Explain(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => explainer.Of(new double[4]).Explain(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OperatorExplainer(random.Create(), null, 1));
        Assert.Throws<ArgumentException>(() => new OperatorExplainer((random with { Seed = 2 }).Create(), explainer.Expansion));
    }

    [Fact]
    public void A_norm_after_the_layer_has_no_ranking_without_an_input()
    {
        OperatorDescription operators = new RandomOperator { PostNorm = true }.Create();
        Assert.Throws<InvalidOperationException>(() => new OperatorExplainer(operators).Rank(InputRange.Uniform(operators, -1, 1), 0));
    }
}
