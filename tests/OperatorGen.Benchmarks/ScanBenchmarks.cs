using System;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks;

/// <summary>
/// One S4D kernel with skip and the whole S4D layer, 128 channels, 32 stored modes, 4096 steps, float, one thread, beside the fused
/// multiply-adds that one core can do. Divide the operations of a method by its time:
/// kernel 12 flops per mode, channel and step (201,326,592 fused multiply-adds are as many operations as <see cref="PeakMultiplyAdds"/> does).
/// </summary>
[MemoryDiagnoser]
public class ScanBenchmarks
{
    private const int Channels = 128;
    private const int Modes = 32;
    private const int Steps = 4096;

    /// <summary>Operations of the kernel: 12 per mode, channel and step.</summary>
    public const long KernelFlops = 12L * Channels * Modes * Steps;

    private readonly float[] _input = BenchmarkModels.Input(Channels * Steps);
    private readonly float[] _output = new float[Channels * Steps];
    private IGeneratedModel<float> _kernel = null!;
    private IGeneratedModel<float> _layer = null!;
    private SequenceState<float> _kernelState = null!;
    private SequenceState<float> _layerState = null!;

    [GlobalSetup]
    public void Setup()
    {
        _kernel = GeneratedModel.Load<float>(BenchmarkModels.Kernel(BenchmarkModels.ChannelModes(Channels, Modes, new Random(1))));
        _layer = GeneratedModel.Load<float>(BenchmarkModels.Layer(Channels, Modes));
        _kernelState = _kernel.CreateState();
        _layerState = _layer.CreateState();
    }

    /// <summary>As many flops as the kernel, all fused multiply-adds at the widest width.</summary>
    [Benchmark(Baseline = true)]
    public float PeakMultiplyAdds() => Peak.Run(KernelFlops, Vector512.IsHardwareAccelerated ? VectorWidth.Bits512 : VectorWidth.Bits256);

    [Benchmark]
    public void Kernel() => _kernel.Forward(_input, _output, _kernelState);

    [Benchmark]
    public void Layer() => _layer.Forward(_input, _output, _layerState);

    [Benchmark]
    public void KernelStep() => _kernel.Step(_input.AsSpan(0, Channels), _output.AsSpan(0, Channels), _kernelState);

    [Benchmark]
    public void LayerStep() => _layer.Step(_input.AsSpan(0, Channels), _output.AsSpan(0, Channels), _layerState);
}
