using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

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

    /// <summary>The operator with the dropped modes' read weights 0.</summary>
    public OperatorDescription Pruned() => Without(Operator, Dropped);

    /// <summary>An operator with the read weights of some modes 0.</summary>
    internal static OperatorDescription Without(OperatorDescription operators, IEnumerable<PrunedMode> dropped)
    {
        var all = new HashSet<PrunedMode>(dropped);
        LayerDescription[] layers = [.. operators.Layers.Select((layer, l) => layer.IsSelective ? layer : Layer(layer, l, all))];
        return operators with { Layers = layers, DeclaredExpansion = OperatorExpansion.DefaultOf };
    }

    private static LayerDescription Layer(LayerDescription layer, int index, HashSet<PrunedMode> dropped)
    {
        ModeBank bank = layer.Bank!;
        ComplexNumber[] reads = [.. Enumerable.Range(0, bank.Readouts).SelectMany(h => bank.Waves(h)
            .Select((wave, n) => dropped.Contains(new PrunedMode(index, bank.ModeOf(h, n))) ? ComplexNumber.Zero : wave.Weight))];
        return layer with { Recurrence = bank.WithReads(reads) };
    }
}
