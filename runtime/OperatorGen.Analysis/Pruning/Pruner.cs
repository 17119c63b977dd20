using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Analysis;

/// <summary>
/// Finds modes that can be dropped within a certified change of the output. Greedy: the mode that adds least (by its own certified change) is dropped next, if the
/// set's certified change stays within the limit. Then exchange: two modes of a channel that cancel are dropped together, and a dropped mode is taken back where two
/// others fit in its place; the work of this step is limited. Models of few modes are also pruned from the other end, and the larger set counts. At the end no further single mode can be dropped within the limit: every one left was tried after the last change of the set.
/// </summary>
public sealed class Pruner
{
    private const int ExchangeLimit = 2_000; // certificates
    private const int ThinLimit = 64;        // modes

    private readonly PruningCertificate _certificate;
    private readonly double _limit;
    private readonly double[][] _changes;                  // phi of the present set, [layer][channel]
    private readonly SortedSet<int>[][] _modes;            // the present set, [layer][channel]
    private readonly Dictionary<PrunedMode, double> _cost; // what a mode alone adds to the output that it changes most
    private int _certificates;

    private Pruner(OperatorEnclosure enclosure, double limit)
    {
        _certificate = new PruningCertificate(enclosure);
        _limit = limit;
        IReadOnlyList<LayerDescription> layers = enclosure.Operator.Layers;
        _changes = [.. layers.Select(layer => new double[layer.Channels])];
        _modes = [.. layers.Select(layer => (SortedSet<int>[])[.. Enumerable.Range(0, layer.Channels).Select(_ => new SortedSet<int>())])];
        _cost = [];
        for (int l = 0; l < layers.Count; l++)
        {
            foreach (PrunedMode mode in Modes(l, layers[l]))
            {
                double own = _certificate.Change(l, mode.Channel, [mode.Mode]);
                _cost[mode] = Enumerable.Range(0, _certificate.Outputs).Max(s => _certificate.Gain(l, s, mode.Channel) * own);
            }
        }
    }

    /// <summary>Prunes.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="range">The range of the scaled input.</param>
    /// <param name="error">E, the greatest certified change of an output or score, at least 0.</param>
    /// <param name="maxLength">The greatest length of a sequence; null: any.</param>
    /// <exception cref="InvalidOperationException">No change is certified for this operator; the message says why.</exception>
    /// <exception cref="ArgumentException">The range does not fit the operator.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The error is negative or no number, or the length below 1.</exception>
    public static PruningResult Prune(OperatorDescription operators, InputRange range, double error, int? maxLength = null)
    {
        if (!(error >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(error), "The greatest change is a number of at least 0.");
        }

        var enclosure = OperatorEnclosure.Of(operators, range, maxLength);
        var pruner = new Pruner(enclosure, error);
        pruner.Improve();
        if (pruner._cost.Count <= ThinLimit)
        {
            var thinned = new Pruner(enclosure, error);
            thinned.Thin();
            thinned.Improve();
            pruner = thinned.Dropped().Length > pruner.Dropped().Length ? thinned : pruner;
        }

        return new PruningResult(operators, pruner.Dropped(), pruner._certificate.Totals(pruner._changes));
    }

    private static IEnumerable<PrunedMode> Modes(int index, LayerDescription layer) =>
        Enumerable.Range(0, layer.Channels * layer.Modes).Select(i => new PrunedMode(index, i / layer.Modes, i % layer.Modes));

    private PrunedMode[] Dropped() => [.. _cost.Keys
        .Where(mode => _modes[mode.Layer][mode.Channel].Contains(mode.Mode))
        .OrderBy(mode => mode.Layer).ThenBy(mode => mode.Channel).ThenBy(mode => mode.Mode)];

    private void Improve()
    {
        Fill(null);
        Exchange();
        Fill(null);
    }

    // The other way round: all modes are dropped, and the one that helps most is taken back until the set is within the limit. Finds modes that cancel.
    private void Thin()
    {
        foreach (PrunedMode mode in _cost.Keys)
        {
            _modes[mode.Layer][mode.Channel].Add(mode.Mode);
        }

        foreach (PrunedMode mode in _cost.Keys.Where(mode => mode.Mode == 0))
        {
            Update(mode);
        }

        while (_certificate.Totals(_changes).Any(total => !(total <= _limit)) && Dropped() is { Length: > 0 } dropped)
        {
            PrunedMode best = dropped.OrderBy(WithoutIt).First();
            _modes[best.Layer][best.Channel].Remove(best.Mode);
            Update(best);
        }
    }

    // The greatest certified change of an output when a dropped mode is taken back.
    private double WithoutIt(PrunedMode mode)
    {
        double before = _changes[mode.Layer][mode.Channel];
        _modes[mode.Layer][mode.Channel].Remove(mode.Mode);
        Update(mode);
        double total = _certificate.Totals(_changes).Max();
        _modes[mode.Layer][mode.Channel].Add(mode.Mode);
        _changes[mode.Layer][mode.Channel] = before;
        return total;
    }

    // Drops modes, the cheapest first, until a pass over all that are left drops none. Returns how many.
    private int Fill(PrunedMode? except)
    {
        int dropped = 0;
        bool progress = true;
        while (progress)
        {
            progress = false;
            foreach (PrunedMode mode in Left().Where(mode => mode != except).OrderBy(mode => _cost[mode]).ToArray())
            {
                if (TryDrop(mode))
                {
                    dropped++;
                    progress = true;
                }
            }
        }

        return dropped;
    }

    private IEnumerable<PrunedMode> Left() => _cost.Keys.Where(mode => !_modes[mode.Layer][mode.Channel].Contains(mode.Mode));

    private bool TryDrop(PrunedMode mode)
    {
        SortedSet<int> set = _modes[mode.Layer][mode.Channel];
        double before = _changes[mode.Layer][mode.Channel];
        set.Add(mode.Mode);
        Update(mode);
        if (_certificate.Totals(_changes).All(total => total <= _limit))
        {
            return true;
        }

        set.Remove(mode.Mode);
        _changes[mode.Layer][mode.Channel] = before;
        return false;
    }

    private void Update(PrunedMode mode)
    {
        _certificates++;
        _changes[mode.Layer][mode.Channel] = _certificate.Change(mode.Layer, mode.Channel, _modes[mode.Layer][mode.Channel]);
    }

    // A dropped mode is taken back; where at least two others can then be dropped, the set has grown.
    private void Exchange()
    {
        _certificates = 0;
        bool progress = true;
        while (progress && _certificates < ExchangeLimit)
        {
            progress = DropPairs();
            foreach (PrunedMode mode in Dropped().OrderByDescending(mode => _cost[mode]))
            {
                if (_certificates >= ExchangeLimit)
                {
                    return;
                }

                PrunedMode[] before = Dropped();
                _modes[mode.Layer][mode.Channel].Remove(mode.Mode);
                Update(mode);
                if (Fill(mode) >= 2)
                {
                    progress = true;
                    break;
                }

                Restore(before);
            }
        }
    }

    // Two modes of one channel at once: together they may change less than each alone.
    private bool DropPairs()
    {
        foreach (PrunedMode first in Left().ToArray())
        {
            foreach (PrunedMode second in Left().Where(mode => mode.Layer == first.Layer && mode.Channel == first.Channel && mode.Mode > first.Mode).ToArray())
            {
                if (_certificates >= ExchangeLimit)
                {
                    return false;
                }

                _modes[first.Layer][first.Channel].Add(first.Mode);
                if (TryDrop(second))
                {
                    Fill(null);
                    return true;
                }

                _modes[first.Layer][first.Channel].Remove(first.Mode);
            }
        }

        return false;
    }

    private void Restore(PrunedMode[] dropped)
    {
        PrunedMode[] changed = [.. dropped.Except(Dropped()).Concat(Dropped().Except(dropped))];
        foreach (PrunedMode mode in changed)
        {
            SortedSet<int> set = _modes[mode.Layer][mode.Channel];
            if (!set.Remove(mode.Mode))
            {
                set.Add(mode.Mode);
            }
        }

        foreach (PrunedMode mode in changed)
        {
            Update(mode);
        }
    }
}
