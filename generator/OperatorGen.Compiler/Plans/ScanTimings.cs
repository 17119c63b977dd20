using OperatorGen.Analysis;

namespace OperatorGen.Compiler.Plans;

/// <summary>What the timing of modes means for a scan.</summary>
internal static class ScanTimings
{
    /// <summary>The direction of the pass that the scan belongs to.</summary>
    public static TimeDirection Direction(this ModeTiming timing) => timing.Backward ? TimeDirection.Backward : TimeDirection.Forward;

    /// <summary>How <c>inspect</c> says it, after the scan's source; empty where it is causal with the current sample.</summary>
    public static string Text(this ModeTiming timing) => (timing.Backward ? ", backward" : "") + (timing.Delay == 0 ? "" : ", its own sample left out");
}
