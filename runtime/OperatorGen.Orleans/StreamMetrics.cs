using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OperatorGen.Streams;

/// <summary>What can be measured of streams: the meter and the activity source named <see cref="Name"/>.</summary>
public static class StreamMetrics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "OperatorGen.Streams";

    private static readonly Meter s_meter = new(Name);

    internal static ActivitySource Source { get; } = new(Name);

    internal static Counter<long> Samples { get; } = s_meter.CreateCounter<long>("operatorgen.streams.samples", "{sample}", "Samples that were acknowledged.");

    internal static Counter<long> Outputs { get; } = s_meter.CreateCounter<long>("operatorgen.streams.outputs", "{row}", "Rows of outputs that were answered, repeated ones included.");

    internal static Counter<long> StoredBytes { get; } = s_meter.CreateCounter<long>("operatorgen.streams.stored", "By", "Bytes of stored states.");

    internal static Histogram<double> TimeToDurable { get; } = s_meter.CreateHistogram<double>("operatorgen.streams.time_to_durable", "ms", "From a computed state to a stored one.");

    internal static Histogram<double> Compute { get; } = s_meter.CreateHistogram<double>("operatorgen.streams.compute", "ms", "Time in the model for a batch.");

    internal static Counter<long> Activations { get; } = s_meter.CreateCounter<long>("operatorgen.streams.activations", "{activation}", "Streams that were brought into memory.");

    internal static UpDownCounter<long> Active { get; } = s_meter.CreateUpDownCounter<long>("operatorgen.streams.active", "{stream}", "Streams that are in memory.");

    internal static Counter<long> Refused { get; } = s_meter.CreateCounter<long>("operatorgen.streams.busy", "{request}", "Requests that were refused because a queue was full.");
}
