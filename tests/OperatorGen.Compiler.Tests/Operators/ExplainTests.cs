using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>The generated Explain beside the reference.</summary>
public sealed class ExplainTests
{
    private static readonly ModelShape s_classifier = new() { InputWidth = 2, Width = 5, Mixing = false, Glu = false, Residual = false, Scaling = true, Pooling = Pooling.Mean, HeadWidth = 3 };

    [Theory]
    [InlineData("identity")]
    [InlineData("polynomial(1/3, 3/4)")]
    public void With_a_decoder_of_degree_one_the_terms_of_order_one_are_the_score(string decoder)
    {
        SeededModel seeded = RandomModels.Create(40, s_classifier with { Activation = decoder });
        IGeneratedModel<double> model = GeneratedModel.Load<double>(seeded.Model);
        double[] input = RandomModels.Input(seeded.Model, 64, 9);
        double[] scores = new ReferenceEvaluator(seeded.Model).Forward(input);
        for (int score = 0; score < scores.Length; score++)
        {
            ScoreExplanation explanation = model.Explain(input, score, 1000);
            Near(scores[score], explanation.Sum, explanation.Magnitude);
            Near(0, explanation.Remainder, explanation.Magnitude);
            Near(0, explanation.Orders.Skip(1).Sum(order => Math.Abs(order.Contribution)), explanation.Magnitude);
            Assert.Equal(25, explanation.Strongest.Count(term => term.Contribution != 0));
            Assert.Equal(explanation.Strongest.Select(term => Math.Abs(term.Contribution)).OrderDescending(), explanation.Strongest.Select(term => Math.Abs(term.Contribution)));
        }
    }

    [Fact]
    public void With_a_curved_decoder_the_terms_of_order_one_are_another_number_than_the_score()
    {
        SeededModel seeded = RandomModels.Create(40, s_classifier);
        double[] input = RandomModels.Input(seeded.Model, 64, 9);
        ScoreExplanation explanation = GeneratedModel.Load<double>(seeded.Model).Explain(input, 0);
        Assert.True(Math.Abs(explanation.Orders[0].Contribution + explanation.Constants.Sum(constant => constant.Contribution) - explanation.Exact) > 1e-3);
    }

    [Fact]
    public void Terms_and_remainder_are_the_references_outputs()
    {
        foreach (SeededModel seeded in Evaluation.Samples.All.Where(sample => sample != Evaluation.Samples.Selective))
        {
            double[] input = RandomModels.Input(seeded.Model, 57, 3);
            double[] outputs = new ReferenceEvaluator(seeded.Model).Forward(input);
            IGeneratedModel<double> model = Evaluation.Samples.Load<double>(seeded);
            for (int score = 0; score < model.OutputWidth; score++)
            {
                ScoreExplanation explanation = model.Explain(input, score);
                Near(outputs[^(model.OutputWidth - score)], explanation.Sum + explanation.Remainder, explanation.Magnitude);
                Near(0, explanation.Deviation, explanation.Magnitude);
            }
        }
    }

    [Fact]
    public void In_single_precision_the_constants_of_the_code_are_explained()
    {
        SeededModel seeded = Evaluation.Samples.Pooled;
        IGeneratedModel<float> model = Evaluation.Samples.Load<float>(seeded);
        float[] input = Evaluation.Samples.Input<float>(seeded, 57);
        float[] scores = Evaluation.Samples.Run(model, input);
        for (int score = 0; score < scores.Length; score++)
        {
            ScoreExplanation explanation = model.Explain(input, score);
            Near(0, explanation.Deviation, explanation.Magnitude);

            // Forward in float: 57 steps and a sum of 5 channels, far fewer than 1000 roundings of 6e-8.
            Assert.True(Math.Abs(scores[score] - explanation.Exact) <= 6e-5 * explanation.Magnitude);
        }
    }

    [Fact]
    public void Selective_models_and_wrong_arguments_are_refused()
    {
        IGeneratedModel<double> pooled = Evaluation.Samples.Load<double>(Evaluation.Samples.Pooled);
        Assert.Throws<ArgumentOutOfRangeException>(() => pooled.Explain(new double[4], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => pooled.Explain(new double[4], -1));
        Assert.Throws<ArgumentException>(() => pooled.Explain([], 0));
        Assert.Throws<ArgumentException>(() => pooled.Explain(new double[3], 0));

        // A selective model has no Explain that could be called.
        Assert.Throws<NotSupportedException>(() => Evaluation.Samples.Load<double>(Evaluation.Samples.Selective).Explain(new double[57], 0));
    }

    /// <summary>1e-12 of the sum of |terms|.</summary>
    private static void Near(double expected, double actual, double magnitude) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-12 * magnitude, $"{expected} and {actual}, terms of {magnitude}");
}
