using System.Collections.Generic;
using OperatorGen.Benchmarks.Report.Limits;

namespace OperatorGen.Benchmarks.Report;

/// <summary>One case of a workload, ready to be timed.</summary>
/// <param name="Case">Its name.</param>
/// <param name="Ours">The generated code.</param>
/// <param name="Flops">Nominal operations of one run.</param>
/// <param name="Limit">What the machine allows.</param>
/// <param name="Peers">Whom to compare with; null: a peer that this machine does not have.</param>
/// <param name="Error">The largest difference to the reference, relative to its largest number.</param>
internal sealed record Subject(string Case, Contender Ours, double Flops, Limit Limit, IReadOnlyList<Contender?> Peers, double Error)
{
    /// <summary>Whether all cores work; else one thread does, on one core.</summary>
    public bool AllCores { get; init; }
}
