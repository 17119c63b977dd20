using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using OperatorGen.Compiler;
using OperatorGen.Models;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks;

/// <summary>
/// One recurrence of both directions by itself, 128 channels, 4096 steps, float, one thread, at every width that the machine has, beside as many operations of fused
/// multiply-adds at that width: the reciprocal of the ratio is the share of the core's peak. It goes through the sequence three times.
/// </summary>
[MemoryDiagnoser]
public class BothDirectionsBenchmarks
{
    private const int Channels = 128;
    private const int Steps = 4096;

    private readonly float[] _input = BenchmarkModels.Input(Channels * Steps);
    private readonly float[] _output = new float[Channels * Steps];
    private IGeneratedModel<float> _model = null!;
    private long _flops;

    public static IEnumerable<string> Kinds => BenchmarkModels.BothDirections.Keys;

    public static IEnumerable<int> Widths => KindBenchmarks.Widths;

    /// <summary>The kind of recurrence.</summary>
    [ParamsSource(nameof(Kinds))]
    public string Kind { get; set; } = "";

    /// <summary>The vector width.</summary>
    [ParamsSource(nameof(Widths))]
    public int Bits { get; set; }

    private VectorWidth Width => (VectorWidth)Bits;

    [GlobalSetup]
    public void Setup()
    {
        SequenceModel model = BenchmarkModels.Kernel(BenchmarkModels.BothDirections[Kind](Channels));
        _model = GeneratedModel.Load<float>(model);
        _flops = CompilerStages.Plan(model, Precision.Single, default).Value!.Plans.Single().Operations;
        Console.WriteLine($"// {Kind}, both directions: {_flops} flops per time step");
    }

    /// <summary>As many operations as <see cref="Forward"/>, all of them fused multiply-adds.</summary>
    [Benchmark(Baseline = true)]
    public float PeakMultiplyAdds() => Peak.Run(_flops * Steps, Width);

    [Benchmark]
    public void Forward() => _model.Forward(_input, _output, Width);
}
