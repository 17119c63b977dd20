using System.Linq;
using BenchmarkDotNet.Attributes;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Benchmarks;

/// <summary>
/// The Volterra kernel of order 2 of one score on a grid of 256 x 256 lags: 64 channels of 16 modes, GELU, a linear head; with and without a
/// gated linear unit from 64 to 128, in which all channels interact.
/// </summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private readonly VolterraKernels _plain = Kernels(glu: false);
    private readonly VolterraKernels _gated = Kernels(glu: true);

    /// <summary>Every channel by itself.</summary>
    [Benchmark]
    public double[] SecondOrder() => _plain.Second(null, 256);

    /// <summary>All pairs of channels.</summary>
    [Benchmark]
    public double[] SecondOrderGated() => _gated.Second(null, 256);

    private static VolterraKernels Kernels(bool glu)
    {
        const int Channels = 64;
        const int Modes = 16;
        double Number(int i, int period) => (i % period / (double)period) - 0.5;
        Wave[] waves = [.. Enumerable.Range(0, Channels * Modes).Select(i => new Wave(new ComplexNumber(0.9 + (0.09 * Number(i, 17)), 0.2 * Number(i, 29)), new ComplexNumber(Number(i, 31), Number(i, 37))))];
        LinearDescription? mixing = glu ? new LinearDescription(Channels, 2 * Channels, [.. Enumerable.Range(0, 2 * Channels * Channels).Select(i => Number(i, 101) / 8)], null) : null;
        var layer = new LayerDescription
        {
            Width = Channels,
            Recurrence = ModeBank.PerChannel(Modes, waves, null),
            Decoder = DecoderFunctions.GeluErf,
            Mixing = mixing,
            Glu = glu ? new GluDescription(DecoderFunctions.Sigmoid) : null,
        };
        var encoder = new LinearDescription(1, Channels, [.. Enumerable.Range(0, Channels).Select(i => Number(i, 13))], null);
        var head = new LinearDescription(Channels, 10, [.. Enumerable.Range(0, 10 * Channels).Select(i => Number(i, 53))], null);
        var operators = new OperatorDescription
        {
            Architecture = "benchmark",
            Order = 3,
            InputWidth = 1,
            Pooling = Pooling.Mean,
            Encoder = encoder,
            Layers = [layer],
            Head = head,
        };
        return VolterraKernels.Of(operators, OperatorExpansion.Taylor(operators, 3).Layers[0], 0);
    }
}
