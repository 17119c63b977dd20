using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using OperatorGen.Compiler;
using OperatorGen.Models;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks;

/// <summary>
/// A model in float, one thread, a sequence and one sample, at every width that the machine has, beside as many operations of fused multiply-adds at that width: the
/// reciprocal of the ratio is the share of the core's peak.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public abstract class PeakBenchmarks
{
    private float[] _input = [];
    private float[] _output = [];
    private IGeneratedModel<float> _model = null!;
    private SequenceState<float> _state = null!;
    private long _flops;

    public static IEnumerable<int> Widths
    {
        get
        {
            yield return 256;
            if (Vector512.IsHardwareAccelerated)
            {
                yield return 512;
            }
        }
    }

    /// <summary>The vector width. A number: what BenchmarkDotNet writes knows no types of the libraries that are measured.</summary>
    [ParamsSource(nameof(Widths))]
    public int Bits { get; set; }

    private VectorWidth Width => (VectorWidth)Bits;

    /// <summary>The number of time steps.</summary>
    protected abstract int Steps { get; }

    /// <summary>The model.</summary>
    protected abstract SequenceModel Model { get; }

    [GlobalSetup]
    public void Setup()
    {
        SequenceModel model = Model;
        _model = GeneratedModel.Load<float>(model);
        _state = _model.CreateState();
        _input = BenchmarkModels.Input(model.InputWidth * Steps);
        _output = new float[model.OutputWidth * Steps];
        _flops = CompilerStages.Plan(model, Precision.Single, default).Value!.Plans.Single().Operations;
        Console.WriteLine($"// {model.Architecture}: {_flops} flops per time step");
    }

    /// <summary>As many operations as <see cref="Forward"/>, all of them fused multiply-adds.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sequence")]
    public float PeakMultiplyAdds() => Peak.Run(_flops * Steps, Width);

    [Benchmark]
    [BenchmarkCategory("sequence")]
    public void Forward() => _model.Forward(_input, _output, _state, Width);

    /// <summary>As many operations as <see cref="Step"/>.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sample")]
    public float PeakOfOneStep() => Peak.Run(_flops, Width);

    [Benchmark]
    [BenchmarkCategory("sample")]
    public void Step() => _model.Step(_input.AsSpan(0, _model.InputWidth), _output.AsSpan(0, _model.OutputWidth), _state, Width);
}
