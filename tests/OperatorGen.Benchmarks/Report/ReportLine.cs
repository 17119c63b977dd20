using System.Globalization;
using System.Linq;

namespace OperatorGen.Benchmarks.Report;

/// <summary>What was measured of a case, beside one peer: a line of the report.</summary>
/// <param name="Workload">The workload's number.</param>
/// <param name="Width">The vector width.</param>
/// <param name="Case">The case.</param>
/// <param name="Seconds">What a run of generated code takes.</param>
/// <param name="Flops">Nominal operations of a run.</param>
/// <param name="Limit">The resource that limits it.</param>
/// <param name="LimitSeconds">What that resource needs for what is executed.</param>
/// <param name="Peer">The peer; <c>none</c>: there is nothing to compare with; <c>absent</c>: not on this machine.</param>
/// <param name="PeerSeconds">What a run of the peer takes; null where there is none.</param>
/// <param name="Error">The largest difference to the reference, relative to its largest number.</param>
internal sealed record ReportLine(
    int Workload, VectorWidth Width, string Case, double Seconds, double Flops, string Limit, double LimitSeconds, string Peer, double? PeerSeconds, double Error)
{
    /// <summary>The peer of a case that is compared with nothing.</summary>
    public const string NoPeer = "none";

    /// <summary>The peer, or the workload, that is not there.</summary>
    public const string Absent = "absent";

    /// <summary>The limit's time over ours.</summary>
    public double LimitFraction => LimitSeconds / Seconds;

    /// <summary>The peer's time over ours.</summary>
    public double? Ratio => PeerSeconds / Seconds;

    /// <summary>The line of a workload whose kind of layer does not exist.</summary>
    public static string OfAbsent(int workload, VectorWidth width, string name) => string.Create(CultureInfo.InvariantCulture, $"workload={workload} bits={(int)width} case={name} {Absent}");

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', new (string Name, object Value)[]
    {
        ("workload", Workload), ("bits", (int)Width), ("case", Case), ("ms", Number(Seconds * 1e3)), ("gflops", Number(Flops / Seconds / 1e9)), ("limit", Limit), ("limit_fraction", Number(LimitFraction)),
        ("peer", Peer), ("ratio", Ratio is { } ratio ? Number(ratio) : NoPeer), ("error", Error.ToString("E1", CultureInfo.InvariantCulture)),
    }.Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Name}={field.Value}")));

    /// <summary>Four digits, without an exponent.</summary>
    private static string Number(double value) => value.ToString(value switch { >= 1000 => "F0", >= 100 => "F1", >= 10 => "F2", >= 1 => "F3", >= 0.1 => "F4", >= 0.01 => "F5", _ => "F7" }, CultureInfo.InvariantCulture);
}
