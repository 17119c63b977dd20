using System.Collections.Generic;
using System.Linq;
using OperatorGen.Benchmarks.Report.Workloads;

namespace OperatorGen.Benchmarks.Report;

/// <summary>The targets, which docs/performance.md has as a table; a test compares both.</summary>
internal static class Targets
{
    /// <summary>All, in the order of the table.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new(1, "kernel", VectorWidth.Bits256, TargetQuantity.Ratio, "pytorch-spectrum", 3.5),
        new(1, "kernel", VectorWidth.Bits256, TargetQuantity.Ratio, "onnx", 20),
        new(2, "layer", VectorWidth.Bits256, TargetQuantity.LimitFraction, "", 0.7),
        new(2, "layer", VectorWidth.Bits256, TargetQuantity.Ratio, "pytorch-spectrum", 2.5),
        new(3, "batch-1", null, TargetQuantity.Ratio, "pytorch", 2),
        new(3, "batch-16", null, TargetQuantity.Ratio, "pytorch", 2),
        new(4, "kernel-streams-1", null, TargetQuantity.LimitFraction, "", 0.75),
        new(4, "layer-streams-1", null, TargetQuantity.LimitFraction, "", 0.75),
        .. new[] { ("8", 1.3), ("64", 1.3), ("1000", 2.0) }.Select(many => new Target(4, $"deep-streams-{many.Item1}", null, TargetQuantity.TimesPeer, "forward", many.Item2)),
        .. new[] { "4", "16", "64" }.Select(modes => new Target(6, $"modes-{modes}", null, TargetQuantity.Ratio, "scalar", 3)),
        .. LinearWorkload.Widths.Select(width => new Target(10, $"linear-{width}", null, TargetQuantity.LimitFraction, "", 0.85)),
        .. LinearWorkload.Widths.SkipLast(1).Select(width => new Target(10, $"linear-{width}-step", null, TargetQuantity.LimitFraction, "", 0.6)),
    ];
}
