using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using OperatorGen.Analysis;

namespace OperatorGen.Benchmarks;

/// <summary>The signature of 1,000 steps in 3 letters to level 6, 1,092 words, from the path that stands still; and its log-signature.</summary>
[MemoryDiagnoser]
public class SignatureBenchmarks
{
    private const int Letters = 3;
    private static readonly WordOrder s_order = new(Letters, 6);
    private static readonly LyndonBasis s_basis = new(s_order);
    private static readonly double[] s_increments = [.. Enumerable.Range(0, 1000 * Letters).Select(i => Math.Sin(i) / 10)];
    private Signature _signature = new(PathKind.PiecewiseLinear, s_order);

    /// <summary>The kind of path, by name.</summary>
    [Params(nameof(PathKind.PiecewiseLinear), nameof(PathKind.Axis), nameof(PathKind.IteratedSums))]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _signature = new(Enum.Parse<PathKind>(Kind), s_order);
        Steps();
    }

    /// <summary>1,000 increments.</summary>
    [Benchmark]
    public double Steps()
    {
        _signature.Clear();
        for (int t = 0; t < s_increments.Length; t += Letters)
        {
            _signature.Append(s_increments.AsSpan(t, Letters));
        }

        return _signature[Word.Of(0, 1)];
    }

    /// <summary>Logarithm and coordinates on 196 brackets, which are made once.</summary>
    [Benchmark]
    public double Logarithm() => s_basis.Coordinates(_signature.ToSeries().Log())[3];
}
