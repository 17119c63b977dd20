using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks;

/// <summary>One recurrence of every kind by itself, 128 channels, 4096 steps, beside the core's peak.</summary>
public class KindBenchmarks : PeakBenchmarks
{
    private const int Channels = 128;

    public static IEnumerable<string> Kinds => BenchmarkModels.Kinds.Keys;

    /// <summary>The kind of recurrence.</summary>
    [ParamsSource(nameof(Kinds))]
    public string Kind { get; set; } = "";

    /// <inheritdoc/>
    protected override int Steps => 4096;

    /// <inheritdoc/>
    protected override SequenceModel Model => BenchmarkModels.Kernel(BenchmarkModels.Kinds[Kind](Channels));
}
