using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Analysis;

/// <summary>
/// Finds modes that can be dropped within a certified change of the output. Greedy: the mode that adds least (by its own certified change) is dropped next, if the
/// set's certified change stays within the limit. Then exchange: two modes of a group that cancel are dropped together, and a dropped mode is taken back where two
/// others fit in its place; the work of this step is limited. Models of few modes are also pruned from the other end, and the larger set counts. At the end no
/// further single mode can be dropped within the limit: every one left was tried after the last change of the set.
/// </summary>
public sealed class Pruner
{
    private const int ExchangeLimit = 2_000; // certificates of a readout
    private const int ThinLimit = 64;        // modes, each counted once per readout that it changes

    private readonly PruningCertificate _certificate;
    private readonly double _limit;
    private readonly double[][] _changes;                  // phi of the present set, [layer][readout]
    private readonly SortedSet<int>[][] _modes;            // the present set, [layer][group]
    private readonly Dictionary<PrunedMode, double> _cost; // what a mode alone adds to the output that it changes most
    private int _certificates;

    private Pruner(OperatorEnclosure enclosure, double limit)
    {
        _certificate = new PruningCertificate(enclosure);
        _limit = limit;
        ModeBank[] banks = [.. enclosure.Operator.Layers.Select(layer => layer.Bank!)];
        _changes = [.. banks.Select(bank => new double[bank.Readouts])];
        _modes = [.. banks.Select(bank => (SortedSet<int>[])[.. Enumerable.Range(0, bank.Groups).Select(_ => new SortedSet<int>())])];
        _cost = [];
        for (int l = 0; l < banks.Length; l++)
        {
            for (int m = 0; m < banks[l].ModeCount; m++)
            {
                int group = banks[l].GroupOf(m);
                double[] own = _certificate.Change(l, group, [m]);
                _cost[new PrunedMode(l, m)] = banks[l].ReadoutsOf(group).Select((h, k) => own[k] * Enumerable.Range(0, _certificate.Outputs).Max(s => _certificate.Gain(l, s, h))).Max();
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
        if (pruner._cost.Keys.Sum(pruner.ReadoutCount) <= ThinLimit)
        {
            var thinned = new Pruner(enclosure, error);
            thinned.Thin();
            thinned.Improve();
            pruner = thinned.Dropped().Length > pruner.Dropped().Length ? thinned : pruner;
        }

        return new PruningResult(operators, pruner.Dropped(), pruner._certificate.Totals(pruner._changes));
    }

    private int ReadoutCount(PrunedMode mode) => _certificate.Bank(mode.Layer).Readouts / _certificate.Bank(mode.Layer).Groups;

    private SortedSet<int> GroupOf(PrunedMode mode) => _modes[mode.Layer][_certificate.Bank(mode.Layer).GroupOf(mode.Mode)];

    private PrunedMode[] Dropped() => [.. _cost.Keys.Where(mode => GroupOf(mode).Contains(mode.Mode)).OrderBy(mode => mode.Layer).ThenBy(mode => mode.Mode)];

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
            GroupOf(mode).Add(mode.Mode);
        }

        foreach (PrunedMode mode in _cost.Keys.Where(mode => mode.Mode % _certificate.Bank(mode.Layer).WavesPerReadout == 0))
        {
            Update(mode);
        }

        while (_certificate.Totals(_changes).Any(total => !(total <= _limit)) && Dropped() is { Length: > 0 } dropped)
        {
            PrunedMode best = dropped.OrderBy(WithoutIt).First();
            GroupOf(best).Remove(best.Mode);
            Update(best);
        }
    }

    // The greatest certified change of an output when a dropped mode is taken back.
    private double WithoutIt(PrunedMode mode)
    {
        double[] before = [.. _changes[mode.Layer]];
        GroupOf(mode).Remove(mode.Mode);
        Update(mode);
        double total = _certificate.Totals(_changes).Max();
        GroupOf(mode).Add(mode.Mode);
        _changes[mode.Layer] = before;
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

    private IEnumerable<PrunedMode> Left() => _cost.Keys.Where(mode => !GroupOf(mode).Contains(mode.Mode));

    private bool TryDrop(PrunedMode mode)
    {
        double[] before = [.. _changes[mode.Layer]];
        GroupOf(mode).Add(mode.Mode);
        Update(mode);
        if (_certificate.Totals(_changes).All(total => total <= _limit))
        {
            return true;
        }

        GroupOf(mode).Remove(mode.Mode);
        _changes[mode.Layer] = before;
        return false;
    }

    private void Update(PrunedMode mode)
    {
        _certificates += ReadoutCount(mode);
        ModeBank bank = _certificate.Bank(mode.Layer);
        int group = bank.GroupOf(mode.Mode);
        double[] changes = _certificate.Change(mode.Layer, group, _modes[mode.Layer][group]);
        foreach ((int h, int k) in bank.ReadoutsOf(group).Select((h, k) => (h, k)))
        {
            _changes[mode.Layer][h] = changes[k];
        }
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
                GroupOf(mode).Remove(mode.Mode);
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

    // Two modes of one group at once: together they may change less than each alone.
    private bool DropPairs()
    {
        foreach (PrunedMode first in Left().ToArray())
        {
            foreach (PrunedMode second in Left().Where(mode => GroupOf(mode) == GroupOf(first) && mode.Mode > first.Mode).ToArray())
            {
                if (_certificates >= ExchangeLimit)
                {
                    return false;
                }

                GroupOf(first).Add(first.Mode);
                if (TryDrop(second))
                {
                    Fill(null);
                    return true;
                }

                GroupOf(first).Remove(first.Mode);
            }
        }

        return false;
    }

    private void Restore(PrunedMode[] dropped)
    {
        PrunedMode[] changed = [.. dropped.Except(Dropped()).Concat(Dropped().Except(dropped))];
        foreach (PrunedMode mode in changed)
        {
            if (!GroupOf(mode).Remove(mode.Mode))
            {
                GroupOf(mode).Add(mode.Mode);
            }
        }

        foreach (PrunedMode mode in changed)
        {
            Update(mode);
        }
    }
}
