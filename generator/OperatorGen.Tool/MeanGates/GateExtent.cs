using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.MeanGates;

/// <summary>What all fed sequences have in common: the greatest input of each gate's states, and how many sequences leave the calibrated ranges. From many threads.</summary>
/// <param name="ranges">The calibrated ranges, [layer][number].</param>
/// <param name="gates">The number of gates of each layer.</param>
internal sealed class GateExtent(IReadOnlyList<IReadOnlyList<GateRange>> ranges, IEnumerable<int> gates)
{
    private readonly object _lock = new();
    private readonly double[][] _largest = [.. gates.Select(count => new double[count])];
    private int _outside;

    /// <summary>How many sequences have a gate outside of its range.</summary>
    public int Outside => _outside;

    /// <summary>The greatest |X| of a layer's gates, [gate].</summary>
    /// <param name="layer">The layer.</param>
    public IReadOnlyList<double> Largest(int layer) => _largest[layer];

    /// <summary>Adds a sequence.</summary>
    /// <param name="pass">The model itself.</param>
    public void Add(SelectivePass pass)
    {
        if (Enumerable.Range(0, _largest.Length).Any(layer => Leaves(ranges[layer], pass.Layer(layer).LogGates())))
        {
            Interlocked.Increment(ref _outside);
        }

        for (int l = 0; l < _largest.Length; l++)
        {
            double[] inputs = pass.Layer(l).LargestInputs();
            lock (_lock)
            {
                for (int gate = 0; gate < inputs.Length; gate++)
                {
                    _largest[l][gate] = Math.Max(_largest[l][gate], inputs[gate]);
                }
            }
        }
    }

    private static bool Leaves(IReadOnlyList<GateRange> ranges, double[] gates)
    {
        for (int i = 0; i < gates.Length; i++)
        {
            GateRange range = ranges[i % ranges.Count];
            if (!(gates[i] >= range.Min && gates[i] <= range.Max) && !(range.Closed > 0 && double.IsNegativeInfinity(gates[i])))
            {
                return true;
            }
        }

        return false;
    }
}
