using System.Collections.Generic;

namespace OperatorGen.Benchmarks.Report;

/// <summary>What a report is asked for.</summary>
/// <param name="Workloads">The numbers of the workloads.</param>
/// <param name="Widths">The vector widths.</param>
/// <param name="Seconds">About how long each case is timed; 0: every contender runs once.</param>
internal sealed record ReportOptions(IReadOnlyList<int> Workloads, IReadOnlyList<VectorWidth> Widths, double Seconds)
{
    /// <summary>Whether the workloads have sizes that take milliseconds, for tests.</summary>
    public bool Small { get; init; }

    /// <summary>Whether one thread stays on one core.</summary>
    public bool Pin { get; init; } = true;
}
