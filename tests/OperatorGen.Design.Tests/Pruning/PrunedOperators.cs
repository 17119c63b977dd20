using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;

namespace OperatorGen.Design.Tests.Pruning;

/// <summary>Operators with some modes taken out.</summary>
internal static class PrunedOperators
{
    /// <summary>An operator with the read weights of some modes 0.</summary>
    public static OperatorDescription Without(OperatorDescription operators, IEnumerable<PrunedMode> dropped)
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
