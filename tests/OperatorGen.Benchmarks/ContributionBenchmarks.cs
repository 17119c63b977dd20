using System;
using BenchmarkDotNet.Attributes;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks;

/// <summary>
/// Contributions of order 2 for 64 channels of 16 modes and 784 steps, encoder, exact GELU, mean, head of ten scores, beside <c>Forward</c> on the
/// same input, one thread. "OneScore" is the shared sums over time and one score with its 20 strongest terms; "AllScores" the same for all ten.
/// The GLU variant has a 64 -> 128 map and a gated linear unit after the GELU, so that all 1088 waves interact.
/// "Attribution" is one score, all orders together, by wave; "AttributionByInput" by sample too.
/// </summary>
[MemoryDiagnoser]
public class ContributionBenchmarks
{
    private const int Steps = 784;

    private readonly float[] _single = BenchmarkModels.Input(Steps);
    private readonly float[] _scores = new float[10];
    private readonly double[] _doubleScores = new double[10];
    private double[] _input = null!;
    private IGeneratedModel<float> _forward = null!;
    private IGeneratedModel<double> _doubleForward = null!;
    private OperatorExplainer _plain = null!;
    private OperatorExplainer _glu = null!;
    private OperatorAttributor _attributor = null!;
    private OperatorAttributor _gluAttributor = null!;

    [GlobalSetup]
    public void Setup()
    {
        _input = Array.ConvertAll(_single, x => (double)x);
        SequenceModel plain = BenchmarkModels.Classifier(64, 16, glu: false);
        _forward = GeneratedModel.Load<float>(plain);
        _doubleForward = GeneratedModel.Load<double>(plain);
        _plain = Explainer(plain);
        _glu = Explainer(BenchmarkModels.Classifier(64, 16, glu: true));
        _attributor = new OperatorAttributor(_plain.Operator);
        _gluAttributor = new OperatorAttributor(_glu.Operator);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => _doubleForward.Forward(_input, _doubleScores);

    [Benchmark]
    public void ForwardInSinglePrecision() => _forward.Forward(_single, _scores);

    [Benchmark]
    public double OneScore() => _plain.Of(_input).Explain(3).Sum;

    [Benchmark]
    public double AllScores()
    {
        InputContributions contributions = _plain.Of(_input);
        double sum = 0;
        for (int score = 0; score < contributions.Count; score++)
        {
            sum += contributions.Explain(score).Sum;
        }

        return sum;
    }

    [Benchmark]
    public double OneScoreWithGlu() => _glu.Of(_input).Explain(3).Sum;

    [Benchmark]
    public double Attribution() => _attributor.Of(_input).Attribute(3).Magnitude;

    [Benchmark]
    public double AttributionByInput() => _attributor.Of(_input).Attribute(3).ByInputTime().Values[0];

    [Benchmark]
    public double AttributionWithGlu() => _gluAttributor.Of(_input).Attribute(3).Magnitude;

    private static OperatorExplainer Explainer(SequenceModel model)
    {
        OperatorDescription operators = OperatorDescriptions.Of(model);
        return new OperatorExplainer(operators, OperatorExpansion.Taylor(operators, 2));
    }
}
