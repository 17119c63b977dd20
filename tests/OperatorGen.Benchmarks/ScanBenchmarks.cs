using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using OperatorGen.Tool.Evaluation;
using OperatorGen.Vectors;

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
        _kernel = GeneratedModel.Load<float>(BenchmarkModels.Kernel(Channels, Modes));
        _layer = GeneratedModel.Load<float>(BenchmarkModels.Layer(Channels, Modes));
        _kernelState = _kernel.CreateState();
        _layerState = _layer.CreateState();
    }

    /// <summary>As many flops as the kernel, all fused multiply-adds at the widest width, in 12 independent accumulators.</summary>
    [Benchmark(Baseline = true)]
    public float PeakMultiplyAdds() => Vector512.IsHardwareAccelerated ? Peak<Simd512<float>, Vector512<float>>() : Peak<Simd256<float>, Vector256<float>>();

    [Benchmark]
    public void Kernel() => _kernel.Forward(_input, _output, _kernelState);

    [Benchmark]
    public void Layer() => _layer.Forward(_input, _output, _layerState);

    [Benchmark]
    public void KernelStep() => _kernel.Step(_input.AsSpan(0, Channels), _output.AsSpan(0, Channels), _kernelState);

    [Benchmark]
    public void LayerStep() => _layer.Step(_input.AsSpan(0, Channels), _output.AsSpan(0, Channels), _layerState);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Peak<TSimd, TVector>()
        where TSimd : ISimd<TVector, float>
        where TVector : struct
    {
        TVector a0 = TSimd.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0, a8 = a0, a9 = a0, a10 = a0, a11 = a0;
        TVector x = TSimd.Broadcast(0.999f), y = TSimd.Broadcast(1e-3f);
        for (long i = KernelFlops / (2 * TSimd.Count * 12); i > 0; i--)
        {
            a0 = TSimd.MultiplyAdd(a0, x, y);
            a1 = TSimd.MultiplyAdd(a1, x, y);
            a2 = TSimd.MultiplyAdd(a2, x, y);
            a3 = TSimd.MultiplyAdd(a3, x, y);
            a4 = TSimd.MultiplyAdd(a4, x, y);
            a5 = TSimd.MultiplyAdd(a5, x, y);
            a6 = TSimd.MultiplyAdd(a6, x, y);
            a7 = TSimd.MultiplyAdd(a7, x, y);
            a8 = TSimd.MultiplyAdd(a8, x, y);
            a9 = TSimd.MultiplyAdd(a9, x, y);
            a10 = TSimd.MultiplyAdd(a10, x, y);
            a11 = TSimd.MultiplyAdd(a11, x, y);
        }

        TVector low = TSimd.Add(TSimd.Add(TSimd.Add(a0, a1), TSimd.Add(a2, a3)), TSimd.Add(a4, a5));
        TVector high = TSimd.Add(TSimd.Add(TSimd.Add(a6, a7), TSimd.Add(a8, a9)), TSimd.Add(a10, a11));
        return TSimd.Sum(TSimd.Add(low, high));
    }
}
