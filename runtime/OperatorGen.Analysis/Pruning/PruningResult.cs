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

    /// <summary>The dropped modes, by layer, channel, mode.</summary>
    public IReadOnlyList<PrunedMode> Dropped { get; }

    /// <summary>The certified change of every output of a step, or of every score where the model pools.</summary>
    public IReadOnlyList<double> Changes { get; }

    /// <summary>The certified change of the output that changes most.</summary>
    public double Certified => Changes.Max();

    /// <summary>The operator with the dropped modes' weights 0.</summary>
    public OperatorDescription Pruned() => Without(Operator, Dropped);

    /// <summary>An operator with the weights of some modes 0.</summary>
    internal static OperatorDescription Without(OperatorDescription operators, IEnumerable<PrunedMode> dropped)
    {
        var all = new HashSet<PrunedMode>(dropped);
        LayerDescription[] layers = [.. operators.Layers.Select((layer, l) => layer.IsSelective ? layer : Layer(layer, l, all))];
        return operators with { Layers = layers, DeclaredExpansion = OperatorExpansion.DefaultOf };
    }

    private static LayerDescription Layer(LayerDescription layer, int index, HashSet<PrunedMode> dropped)
    {
        var waves = new Wave[layer.Channels * layer.Modes];
        for (int i = 0; i < waves.Length; i++)
        {
            var mode = new PrunedMode(index, i / layer.Modes, i % layer.Modes);
            Wave wave = layer.Wave(mode.Channel, mode.Mode);
            waves[i] = dropped.Contains(mode) ? wave with { Weight = ComplexNumber.Zero } : wave;
        }

        double[]? skip = layer.HasSkip ? [.. Enumerable.Range(0, layer.Channels).Select(layer.Skip)] : null;
        return layer with { Recurrence = ModeBank.PerChannel(layer.Modes, waves, skip) };
    }
}
