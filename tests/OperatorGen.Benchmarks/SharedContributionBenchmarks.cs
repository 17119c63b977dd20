using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks;

/// <summary>
/// Contributions of order 2 of an S5 layer, 128 channels that share 64 modes, 784 steps, encoder, exact GELU, mean, head of ten scores, beside <c>Forward</c> in
/// double of the same model, one thread; with and without the gate <c>h sigmoid(W h)</c>.
/// </summary>
[MemoryDiagnoser]
public class SharedContributionBenchmarks
{
    private const int Channels = 128;
    private const int Modes = 64;

    private readonly double[] _input = Array.ConvertAll(BenchmarkModels.Input(784), x => (double)x);
    private readonly double[] _scores = new double[10];
    private IGeneratedModel<double> _forward = null!;
    private OperatorExplainer _explainer = null!;

    [Params(false, true)]
    public bool HalfGlu { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        SequenceModel model = Model(HalfGlu);
        OperatorDescription operators = OperatorDescriptions.Of(model);
        _explainer = new OperatorExplainer(operators, OperatorExpansion.Taylor(operators, 2));
        _forward = GeneratedModel.Load<double>(model);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => _forward.Forward(_input, _scores);

    [Benchmark]
    public double OneScore() => _explainer.Of(_input).Explain(3).Sum;

    [Benchmark]
    public double AllScores()
    {
        InputContributions contributions = _explainer.Of(_input);
        return Enumerable.Range(0, contributions.Count).Sum(score => contributions.Explain(score).Sum);
    }

    private static SequenceModel Model(bool halfGlu)
    {
        var random = new Random(1);
        SharedModes cell = BenchmarkModels.SharedModes(Channels, Modes, random);
        Decoder decoder = new()
        {
            Activation = DecoderFunctions.GeluErf,
            Mixing = halfGlu ? new Linear(Channels, Channels, Numbers(Channels, Channels), Numbers(Channels)) : null,
            Unit = halfGlu ? new HalfGlu(DecoderFunctions.Sigmoid, GluValue.Activated) : null,
        };
        return new SequenceModel("s5-classifier", 1, EquatableArray.Of(new Layer("", Channels, null, InputStage.None, cell, decoder, false, null)))
        {
            Encoder = new Linear(1, Channels, Numbers(Channels, 1), Numbers(Channels)),
            Pooling = Pooling.Mean,
            Head = new Linear(Channels, 10, Numbers(10, Channels), Numbers(10)),
        };

        Tensor Numbers(params int[] shape) => BenchmarkModels.Tensor(random, shape);
    }
}
