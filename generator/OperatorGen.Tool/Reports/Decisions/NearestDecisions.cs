using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Reports;

/// <summary>Decisions of the test set by what each wave gets of the winning score: which decisions are made by the same waves.</summary>
/// <param name="Sequences">The sequences that are compared.</param>
/// <param name="Waves">What each wave gets, by compared sequence; empty where it is not finite.</param>
internal sealed record NearestDecisions(IReadOnlyList<int> Sequences, IReadOnlyList<double[]> Waves)
{
    private const int Shown = 6;

    // In waves times time steps, about a minute of one core. Integrals over gates take about a hundred evaluations of each.
    private const long Work = 4_000_000_000;
    private const int WorkOfGates = 100;
    private const int MostNumbers = 20_000_000;

    /// <summary>Attributes the decisions of as many sequences as take bearable time, evenly spread; null where the deciding layer has no waves or there are no classes.</summary>
    public static NearestDecisions? Of(Terminal terminal, ReportSubject subject)
    {
        LayerDescription layer = subject.Operator!.Layers[subject.DecidingLayer];
        if (layer.Bank is null || !subject.Classifies || subject.WaveLayers.Count() < subject.Model.Layers.Count)
        {
            return null;
        }

        SequenceData data = subject.Data!;
        var attributor = new OperatorAttributor(subject.Operator);
        long work = (long)attributor.WaveCount * data.Length * (layer.Gates > 0 ? WorkOfGates : 1);
        int[] sequences = StudiedModel.Spread(data.Count, (int)Math.Clamp(Math.Min(Work / work, MostNumbers / attributor.WaveCount), 1, int.MaxValue));
        var waves = new double[sequences.Length][];
        terminal.Track("decisions", sequences.Length, advance => Fold.InParallel(sequences.Length, i =>
        {
            waves[i] = subject.Scores!.Class(sequences[i]) is { } best ? [.. attributor.Of(data.Sample(sequences[i])).Attribute(best).Waves] : [];
            advance();
        }));
        return new NearestDecisions(sequences, waves);
    }

    /// <summary>The decisions whose attributions point most in the same direction.</summary>
    public TableBlock Table(Decision decision)
    {
        ReportSubject subject = decision.Subject;
        SequenceData data = subject.Data!;
        double[] own = [.. decision.Attribution.Waves];
        (int Sequence, double Cosine)[] nearest =
        [
            .. Sequences.Select((sequence, i) => (sequence, Cosine: Cosine(own, Waves[i])))
                .Where(other => other.sequence != decision.Index && double.IsFinite(other.Cosine))
                .OrderByDescending(other => other.Cosine).Take(Shown),
        ];
        string compared = Sequences.Count == data.Count ? $"all {ReportNumber.Count(data.Count)} sequences" : $"{ReportNumber.Count(Sequences.Count)} of {ReportNumber.Count(data.Count)} sequences, evenly spread";
        return new TableBlock(
            decision.Name("nearest"),
            $"Nearest decisions of x_{data.Split}: the cosine between what the waves get of the winning scores, 1 where the same waves decide in the same proportion. Compared: {compared}.",
            data.HasLabels ? ["sequence", "decision", "label", "cosine"] : ["sequence", "decision", "cosine"],
            [.. nearest.Select(other => (IReadOnlyList<ReportCell>)
            [
                NumberText.Format((long)other.Sequence),
                subject.Label(subject.Scores!.Class(other.Sequence)!.Value),
                .. data.HasLabels ? [subject.Label(data.Label(other.Sequence))] : Array.Empty<ReportCell>(),
                other.Cosine,
            ])]);
    }

    private static double Cosine(double[] a, double[] b) => b.Length == 0 ? double.NaN : TensorPrimitives.CosineSimilarity<double>(a, b);
}
