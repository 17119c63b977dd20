using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OperatorGen.Benchmarks.Report;

/// <summary>What of a line a target speaks of.</summary>
internal enum TargetQuantity
{
    /// <summary>The limit's time over ours is at least so large.</summary>
    LimitFraction,

    /// <summary>The peer's time over ours is at least so large.</summary>
    Ratio,

    /// <summary>Our time over the peer's is at most so large.</summary>
    TimesPeer,
}

/// <summary>What a case is to reach.</summary>
/// <param name="Workload">The workload's number.</param>
/// <param name="Case">The case.</param>
/// <param name="Width">The width at which it holds; null: each.</param>
/// <param name="Quantity">What is bounded.</param>
/// <param name="Peer">The beginning of the peers' names, each of which counts; empty where no peer is spoken of.</param>
/// <param name="Bound">The bound.</param>
internal sealed record Target(int Workload, string Case, VectorWidth? Width, TargetQuantity Quantity, string Peer, double Bound)
{
    /// <summary>The row of the table in docs/performance.md.</summary>
    public string Row => string.Create(CultureInfo.InvariantCulture, $"| {Workload} | `{Case}` | {(Width is { } width ? (int)width : "any")} | {Demand} |");

    /// <summary>Whether a line is one that the target speaks of.</summary>
    public bool Concerns(ReportLine line) =>
        line.Workload == Workload && line.Case == Case && (Width is null || Width == line.Width)
        && (Quantity == TargetQuantity.LimitFraction || (line.Ratio is not null && line.Peer.StartsWith(Peer, System.StringComparison.Ordinal)));

    /// <summary>Whether a line of which the target speaks reaches it.</summary>
    public bool IsReachedBy(ReportLine line) => Quantity switch
    {
        TargetQuantity.LimitFraction => line.LimitFraction >= Bound,
        TargetQuantity.Ratio => line.Ratio >= Bound,
        TargetQuantity.TimesPeer => 1 / line.Ratio <= Bound,
        _ => throw new System.NotSupportedException($"There is no rule for {Quantity}."),
    };

    /// <summary>The targets that a report misses, with the line of each, none twice.</summary>
    public static IEnumerable<string> Missed(IReadOnlyCollection<ReportLine> lines) =>
        Targets.All.Select(target => (target, line: lines.FirstOrDefault(line => target.Concerns(line) && !target.IsReachedBy(line))))
            .Where(miss => miss.line is not null)
            .Select(miss => $"missed: {miss.target.Demand}: {miss.line}");

    private string Demand => Quantity switch
    {
        TargetQuantity.LimitFraction => string.Create(CultureInfo.InvariantCulture, $"`limit_fraction` at least {Bound}"),
        TargetQuantity.Ratio => string.Create(CultureInfo.InvariantCulture, $"`ratio` to `{Peer}` at least {Bound}"),
        TargetQuantity.TimesPeer => string.Create(CultureInfo.InvariantCulture, $"at most {Bound} times the time of `{Peer}`"),
        _ => throw new System.NotSupportedException($"There is no text for {Quantity}."),
    };
}
