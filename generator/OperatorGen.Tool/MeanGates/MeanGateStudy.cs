using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Evaluation;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.MeanGates;

/// <summary>Feeds test sequences to a selective model and to its expansions about mean gates, all layers at the same order.</summary>
internal sealed class MeanGateStudy
{
    private const int MostStates = 24;
    private const int MostSequences = 4;

    // Pairs of times of all sampled states, about ten seconds of one core at five orders.
    private const double Work = 1e7;

    private readonly StudiedModel _model;
    private readonly SequenceData _data;
    private readonly int[] _sequences, _orders;
    private readonly IReadOnlyList<SelectiveRecurrence> _recurrences;
    private readonly GateRange[][] _ranges;
    private readonly double[][] _centres;
    private readonly StudyOutcomes _outcomes;
    private readonly GateExtent _extent;
    private readonly StateSample _sample;
    private readonly HashSet<int> _sampled;
    private readonly StateErrors[] _errors;

    private MeanGateStudy(StudiedModel model, SequenceData data, int[] sequences, int[] orders, GateCentre centre)
    {
        (_model, _data, _sequences, _orders) = (model, data, sequences, orders);
        _recurrences = SelectiveLayers.Of(model);
        Calibration calibration = model.Model.Calibration
            ?? throw new UnusableInputException($"{model.Path}: the expansion mean-gate is not possible: where the gates lie is not known; operatorgen calibrate records it.");
        _ranges = [.. calibration.Layers.Select(layer => layer.GateRanges.ToArray())];
        _centres = [.. _ranges.Select(ranges => ranges.Select(range => centre == GateCentre.Mean ? range.MeanCentre : range.Midrange).ToArray())];
        _outcomes = new StudyOutcomes(model, data, sequences, orders.Length);
        _extent = new GateExtent(_ranges, _recurrences.Select(recurrence => recurrence.Cells * recurrence.GatesPerCell));
        int some = Math.Min(MostSequences, sequences.Length);
        _sample = new StateSample((int)Math.Clamp(Work / ((double)data.Length * data.Length * some * _recurrences.Count), 1, MostStates), some);
        _sampled = [.. StudiedModel.Spread(sequences.Length, some)];
        _errors = [.. _recurrences.Select(_ => new StateErrors(orders.Max()))];
        Centre = centre;
    }

    private GateCentre Centre { get; }

    /// <summary>Runs the study.</summary>
    /// <param name="terminal">Where its progress is shown, and how long it will take where that is long.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">The test data.</param>
    /// <param name="sequences">Which of its sequences.</param>
    /// <param name="orders">The orders, ascending.</param>
    /// <param name="centre">What the gates are expanded about.</param>
    /// <exception cref="UnusableInputException">The model is not expanded about its mean gates, or has no calibration.</exception>
    public static MeanGateResult Run(Terminal terminal, StudiedModel model, SequenceData data, int[] sequences, int[] orders, GateCentre centre)
    {
        var study = new MeanGateStudy(model, data, sequences, orders, centre);
        StudyFeeding.Run(terminal, sequences.Length, $"the model and {CountText.Of(orders.Length, "expansion")}", "--limit N takes N sequences", study.Feed);
        return new MeanGateResult(
            System.IO.Path.GetFileName(model.Path),
            data.Name,
            data.Hash,
            sequences.Length,
            centre,
            study._outcomes.ExactAccuracy,
            study._outcomes.LargestScore,
            study._extent.Outside,
            study._sample,
            [.. orders.Select((order, row) => study._outcomes.Row(row, order))],
            [.. Enumerable.Range(0, study._recurrences.Count).Select(study.Layer)]);
    }

    private void Feed(int i)
    {
        double[] input = _data.Sample(_sequences[i]);
        var exact = new SelectivePass(_model.Operator, input);
        Overflow.Refuse(_data, _sequences[i], Overflow.Of(_model.Operator, exact), "there is nothing to compare with");
        _outcomes.AddExact(i, exact.Scores);
        for (int row = 0; row < _orders.Length; row++)
        {
            int order = _orders[row];
            _outcomes.Add(row, i, exact.Scores, new SelectivePass(_model.Operator, input, (l, path) => path.MeanGateReadouts(_centres[l], order)).Scores);
        }

        _extent.Add(exact);
        if (_sampled.Contains(i))
        {
            for (int l = 0; l < _recurrences.Count; l++)
            {
                Sample(l, exact.Layer(l));
            }
        }
    }

    private void Sample(int layer, SelectivePath path)
    {
        MeanGate[] gates = _recurrences[layer].MeanGates(_centres[layer]);
        int[] states = StudiedModel.Spread(path.States, _sample.States);
        IReadOnlyList<StateDrive> drives = path.Drives(states);
        for (int s = 0; s < states.Length; s++)
        {
            _errors[layer].Add(gates[path.GateOf(states[s])], drives[s]);
        }
    }

    private MeanGateLayer Layer(int layer)
    {
        SelectiveRecurrence recurrence = _recurrences[layer];
        MeanGate[] gates = recurrence.MeanGates(_centres[layer]);
        GateRange[] ranges = [.. Enumerable.Range(0, gates.Length).Select(gate => _ranges[layer][recurrence.GateNumber(gate)])];
        double[] rho = [.. _ranges[layer].Select(range => range.Rho).Order()];
        IReadOnlyList<double> largest = _extent.Largest(layer);
        var bounds = new double[_orders.Max() + 1];
        for (int gate = 0; gate < gates.Length; gate++)
        {
            double[] some = MeanGateBounds.OfRange(gates[gate], ranges[gate], largest[gate], bounds.Length - 1, _data.Length);
            for (int k = 0; k < bounds.Length; k++)
            {
                bounds[k] = Math.Max(bounds[k], some[k]);
            }
        }

        return new MeanGateLayer(
            _model.Operator.Layers[layer].Name,
            recurrence.Cells * recurrence.Keys * recurrence.Values,
            (rho[0], rho[rho.Length / 2], rho[^1]),
            gates.Select((gate, i) => gate.Ratio(ranges[i])).Max(),
            recurrence.MeanGates([.. _ranges[layer].Select(range => range.Midrange)]).Select((gate, i) => gate.Ratio(ranges[i])).Max(),
            gates.Length,
            ranges.Count(range => range.Closed > 0 && !range.AlwaysCloses),
            gates.Where((gate, i) => ranges[i].Closed == 0 && double.IsPositiveInfinity(gate.Ratio(ranges[i]))).Count(),
            largest.Max(),
            _errors[layer].Largest,
            [.. _orders.Select(order => _errors[layer].Errors[order] is var error && error <= StateErrors.Rounding * _errors[layer].Largest ? 0 : error)],
            [.. _orders.Select(order => _errors[layer].Bounds[order])],
            _extent.Outside > 0 ? null : [.. _orders.Select(order => bounds[order])]);
    }
}
