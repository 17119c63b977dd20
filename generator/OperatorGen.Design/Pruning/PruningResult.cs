using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Analysis;

/// <summary>A set of modes that may be dropped, and what that changes at most.</summary>
public sealed class PruningResult
{
    internal PruningResult(OperatorDescription operators, IReadOnlyList<PrunedMode> dropped, IReadOnlyList<double> changes)
    {
        Operator = operators;
        Dropped = dropped;
        Changes = changes;
    }

    /// <summary>The operator before.</summary>
    public OperatorDescription Operator { get; }

    /// <summary>The dropped modes, by layer and mode.</summary>
    public IReadOnlyList<PrunedMode> Dropped { get; }

    /// <summary>The certified change of every output of a step, or of every score where the model pools.</summary>
    public IReadOnlyList<double> Changes { get; }

    /// <summary>The certified change of the output that changes most.</summary>
    public double Certified => Changes.Max();
}
