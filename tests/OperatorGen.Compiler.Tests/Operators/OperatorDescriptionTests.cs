using System.Linq;
using System.Numerics;
using System;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>What a generated type tells of its operator at run time.</summary>
public sealed class OperatorDescriptionTests
{
    private static readonly ModelShape s_classifier = new() { InputWidth = 2, Width = 5, Mixing = false, Glu = false, Residual = false, Scaling = true, Pooling = Pooling.Mean, HeadWidth = 3 };

    [Fact]
    public void ItHasTheCompilersWavesAndTerms()
    {
        foreach (SeededModel seeded in Evaluation.Samples.All)
        {
            Same<double>(seeded, 0);
            Same<float>(seeded, 1.0 / (1 << 24));
        }
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("polynomial(1/3, 3/4)")]
    public void WithADecoderOfDegreeOneTheFirstOrderSumIsTheScore(string decoder)
    {
        SeededModel seeded = RandomModels.Create(40, s_classifier with { Activation = decoder });
        OperatorDescription description = GeneratedModel.Load<double>(seeded.Model).Operator;
        double[] input = RandomModels.Input(seeded.Model, 64, 9);
        double[] scores = new ReferenceEvaluator(seeded.Model).Forward(input);
        for (int output = 0; output < scores.Length; output++)
        {
            FirstOrderScore first = description.FirstOrder(input, output);
            double magnitude = Math.Abs(first.Skip) + Math.Abs(first.Constant) + first.Waves.Sum(wave => Math.Abs(wave.Contribution));

            // 64 steps, 5 channels of 4 waves: fewer than 400 roundings of 1.1e-16 on every path.
            Assert.True(Math.Abs(first.Sum - scores[output]) <= 1e-13 * magnitude, $"score {output}: {first.Sum} and {scores[output]}");
            Assert.Equal(20, first.Waves.Count);
            Assert.Equal(first.Waves.Select(wave => Math.Abs(wave.Contribution)).OrderDescending(), first.Waves.Select(wave => Math.Abs(wave.Contribution)));
            Assert.Equal(20, first.Waves.Select(wave => (wave.Channel, wave.Mode)).Distinct().Count());
        }
    }

    [Fact]
    public void WithACurvedDecoderTheFirstOrderSumIsAnotherNumberThanTheScore()
    {
        SeededModel seeded = RandomModels.Create(40, s_classifier);
        double[] input = RandomModels.Input(seeded.Model, 64, 9);
        double score = new ReferenceEvaluator(seeded.Model).Forward(input)[0];
        Assert.True(Math.Abs(GeneratedModel.Load<double>(seeded.Model).Operator.FirstOrder(input, 0).Sum - score) > 1e-3);
    }

    [Fact]
    public void FirstOrderRefusesOtherModelsOutputsAndLengths()
    {
        OperatorDescription pooled = Evaluation.Samples.Load<double>(Evaluation.Samples.Pooled).Operator;
        Assert.Throws<ArgumentOutOfRangeException>(() => pooled.FirstOrder(new double[4], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => pooled.FirstOrder(new double[4], -1));
        Assert.Throws<ArgumentException>(() => pooled.FirstOrder([], 0));
        Assert.Throws<ArgumentException>(() => pooled.FirstOrder(new double[3], 0));
        foreach (SeededModel other in new[] { Evaluation.Samples.Stacked, Evaluation.Samples.Selective, Evaluation.Samples.ChannelWise })
        {
            Assert.Throws<InvalidOperationException>(() => Evaluation.Samples.Load<double>(other).Operator.FirstOrder(new double[57], 0));
        }
    }

    private static void Same<T>(SeededModel seeded, double unit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperatorDescription description = Evaluation.Samples.Load<T>(seeded).Operator;
        SymbolicOperator symbolic = CompilerStages.Expand(seeded.Model, new OperatorOptions(3, null, null), default).Value!;
        Assert.Equal(OperatorText.Summary(symbolic, 30), description.ToString());
        Assert.Equal((symbolic.Architecture, 3, symbolic.Layers.Count), (description.Architecture, description.Order, description.Layers.Count));
        for (int i = 0; i < symbolic.Layers.Count; i++)
        {
            LayerDescription layer = description.Layers[i];
            Assert.Equal((symbolic.Layers[i].Name, symbolic.Layers[i].Decoder, symbolic.Layers[i].Cell.Channels), (layer.Name, layer.Decoder.Name, layer.Channels));
            if (symbolic.Layers[i].Cell is not WaveCell { Waves: var waves })
            {
                Assert.True(layer.IsSelective);
                Assert.Empty(layer.Terms(3));
                Assert.Throws<InvalidOperationException>(() => layer.Wave(0, 0));
                continue;
            }

            Assert.Equal((waves.Modes, waves.HasSkip), (layer.Modes, layer.HasSkip));
            for (int channel = 0; channel < layer.Channels; channel++)
            {
                Near(waves.Skip(channel), layer.Skip(channel), unit);
                for (int n = 0; n < waves.Modes; n++)
                {
                    Wave expected = waves[channel, n], actual = layer.Wave(channel, n);
                    Near(expected.Eigenvalue.Re, actual.Eigenvalue.Re, unit);
                    Near(expected.Eigenvalue.Im, actual.Eigenvalue.Im, unit);
                    Near(expected.Weight.Re, actual.Weight.Re, unit);
                    Near(expected.Weight.Im, actual.Weight.Im, unit);
                }
            }

            DecoderExpansion expansion = symbolic.Layers[i].Expansion(3);
            Assert.Equal(expansion.TermCount(waves.Summands), layer.TermCount(3));
            Assert.Equal(expansion.Terms(waves.Summands), layer.Terms(3));
        }
    }

    private static void Near(double expected, double actual, double unit) => Assert.True(Math.Abs(expected - actual) <= unit * Math.Abs(expected), $"{expected} and {actual}");
}
