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

/// <summary>Collects where the gates of selective layers lie over a set of sequences, in the parts of <see cref="Fold.InParts"/>.</summary>
internal static class GateCalibrator
{
    /// <summary>The calibration of a model whose layers are all selective.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The calibration set.</param>
    /// <param name="sequences">Which of its sequences.</param>
    /// <param name="remark">Takes a remark on sequences whose gates have numbers but whose states overflow.</param>
    /// <param name="advance">Called after each sequence.</param>
    /// <exception cref="UnusableInputException">The model has no gates with centres, or computes numbers that are not finite.</exception>
    public static Calibration Run(StudiedModel model, SequenceData data, IReadOnlyList<int> sequences, Action<string> remark, Action advance)
    {
        IReadOnlyList<SelectiveRecurrence> recurrences = SelectiveLayers.Of(model);
        GateRanges[][] parts = [.. Enumerable.Range(0, Fold.Parts).Select(_ => recurrences.Select(recurrence => new GateRanges(recurrence.GateNumbers)).ToArray())];
        var overflows = new Overflow?[sequences.Count];
        Fold.InParts(sequences.Count, (part, i) =>
        {
            var pass = new SelectivePass(model.Operator, data.Sample(sequences[i]));
            overflows[i] = Overflow.Of(model.Operator, pass);
            for (int l = 0; l < recurrences.Count; l++)
            {
                double[] gates = pass.Layer(l).LogGates();
                if (gates.Any(gate => double.IsNaN(gate) || double.IsPositiveInfinity(gate)))
                {
                    Overflow.Refuse(data, sequences[i], overflows[i], "there are no gates to record");
                }

                parts[part][l].Add(gates);
            }

            advance();
        });
        if (Array.FindIndex(overflows, overflow => overflow is not null) is >= 0 and var first)
        {
            int count = overflows.Count(overflow => overflow is not null);
            remark($"{CountText.Of(count, "sequence")} of {NumberText.Format((long)sequences.Count)} {(count == 1 ? "overflows" : "overflow")}: {overflows[first]!.Sentence(data, sequences[first])}. The gates are recorded all the same, but study, attention and explain refuse such sequences. {overflows[first]!.Advice}");
        }

        foreach (GateRanges[] part in parts.Skip(1))
        {
            for (int l = 0; l < part.Length; l++)
            {
                parts[0][l].Merge(part[l]);
            }
        }

        return new Calibration(
            data.Name,
            sequences.Count,
            data.Hash,
            parts[0].Select(ranges => ArgumentMeasures.OfGates(Enumerable.Range(0, ranges.Count).Select(gate => ranges[gate]).ToEquatableArray())).ToEquatableArray());
    }
}
