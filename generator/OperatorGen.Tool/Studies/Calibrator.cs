using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Tool.Studies;

/// <summary>
/// Collects the arguments of every decoder function over a set of sequences, in the parts of <see cref="Fold.InParts"/>.
/// </summary>
internal sealed class Calibrator
{
    private readonly OperatorDescription _operator;
    private readonly MeasureBuilder[][] _builders; // [layer][readouts, then gate arguments]
    private double[] _column = [];

    private Calibrator(OperatorDescription operators, int nodes)
    {
        _operator = operators;
        _builders =
        [
            .. operators.Layers.Select(layer => Enumerable.Range(0, layer.Channels + layer.Gates)
                .Select(i => new MeasureBuilder(i < layer.Channels ? layer.Decoder : layer.GateFunction!, nodes))
                .ToArray()),
        ];
    }

    /// <summary>The calibration of a model.</summary>
    /// <param name="operators">The model's operator.</param>
    /// <param name="data">The calibration set.</param>
    /// <param name="sequences">Which of its sequences.</param>
    /// <param name="nodes">Nodes per argument.</param>
    /// <param name="advance">Called after each sequence.</param>
    public static Calibration Run(OperatorDescription operators, SequenceData data, IReadOnlyList<int> sequences, int nodes, Action advance)
    {
        Calibrator[] parts = [.. Enumerable.Range(0, Fold.Parts).Select(_ => new Calibrator(operators, nodes))];
        Fold.InParts(sequences.Count, (part, i) =>
        {
            parts[part].Add(data, sequences[i]);
            advance();
        });
        foreach (Calibrator part in parts.Skip(1))
        {
            parts[0].Merge(part);
        }

        return parts[0].Build(data, sequences.Count);
    }

    private void Add(SequenceData data, int sequence)
    {
        IReadOnlyList<LayerTrace> layers = OperatorTrace.Arguments(_operator, data.Sample(sequence));
        for (int l = 0; l < layers.Count; l++)
        {
            int channels = _operator.Layers[l].Channels;
            int gates = _operator.Layers[l].Gates;
            if (!layers[l].Readouts.Concat(layers[l].GateArguments).All(double.IsFinite))
            {
                Overflow.Refuse(data, sequence, Overflow.Of(_operator, data.Sample(sequence)) ?? Overflow.OfScores with { Layer = $"layer {l}" }, "there is nothing to calibrate");
            }

            for (int i = 0; i < channels + gates; i++)
            {
                _builders[l][i].Add(i < channels ? Column(layers[l].Readouts, channels, i) : Column(layers[l].GateArguments, gates, i - channels));
            }
        }
    }

    private ReadOnlySpan<double> Column(double[] rows, int width, int column)
    {
        int steps = rows.Length / width;
        if (_column.Length < steps)
        {
            _column = new double[steps];
        }

        for (int t = 0; t < steps; t++)
        {
            _column[t] = rows[(t * width) + column];
        }

        return _column.AsSpan(0, steps);
    }

    private void Merge(Calibrator other)
    {
        for (int l = 0; l < _builders.Length; l++)
        {
            for (int i = 0; i < _builders[l].Length; i++)
            {
                _builders[l][i].Merge(other._builders[l][i]);
            }
        }
    }

    private Calibration Build(SequenceData data, int count) => new(
        data.Name,
        count,
        data.Hash,
        _operator.Layers.Select((layer, l) => new ArgumentMeasures(
            _builders[l].Take(layer.Channels).Select(Measure).ToEquatableArray(),
            _builders[l].Skip(layer.Channels).Select(Measure).ToEquatableArray())).ToEquatableArray());

    private static ArgumentMeasure Measure(MeasureBuilder builder) => new(builder.Build(), builder.Low, builder.High);
}
