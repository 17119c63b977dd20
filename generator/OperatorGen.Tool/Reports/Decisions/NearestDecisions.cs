using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Reports;

/// <summary>Decisions of the test set by what each wave gets of the winning score: which decisions are made by the same waves.</summary>
internal static class NearestDecisions
{
    private const int Shown = 6;

    /// <summary>The sequences that are attributed: as many as take bearable time, evenly spread; none where no decision of a class is shown.</summary>
    /// <param name="subject">What the report is about.</param>
    /// <param name="data">The data.</param>
    /// <param name="attributor">Attributes scores.</param>
    public static int[] Compared(ReportSubject subject, SequenceData data, OperatorAttributor attributor) =>
        subject.Indices.Count == 0 || !subject.Classifies ? [] : DecisionWaves.Attributed(attributor, data.Count, data.Length);

    /// <summary>The decisions whose attributions point most in the same direction.</summary>
    public static TableBlock Table(ReportDecision decision)
    {
        ReportSubject subject = decision.Subject;
        SequenceData data = subject.Data!;
        double[] own = [.. decision.Attribution.Waves];
        (int Sequence, double[] Waves)[] attributed = [.. subject.Scores!.Attributed];
        (int Sequence, double Cosine)[] nearest =
        [
            .. attributed.Where(other => other.Sequence != decision.Index)
                .Select(other => (other.Sequence, Cosine: TensorPrimitives.CosineSimilarity<double>(own, other.Waves)))
                .Where(other => double.IsFinite(other.Cosine))
                .OrderByDescending(other => other.Cosine).Take(Shown),
        ];
        string compared = attributed.Length == data.Count ? $"all {ReportNumber.Count(data.Count)} sequences" : $"{ReportNumber.Count(attributed.Length)} of {ReportNumber.Count(data.Count)} sequences, evenly spread";
        return new TableBlock(
            decision.Name("nearest"),
            $"Nearest decisions of x_{data.Split}: the cosine between what the waves get of the winning scores, 1 where the same waves decide in the same proportion. Far below 1 they have little in common. Compared: {compared}.",
            data.HasLabels ? ["sequence", "decision", "label", "cosine"] : ["sequence", "decision", "cosine"],
            [.. nearest.Select(other => (IReadOnlyList<ReportCell>)
            [
                NumberText.Format((long)other.Sequence),
                subject.Label(subject.Scores.Class(other.Sequence)!.Value),
                .. data.HasLabels ? [subject.Label(data.Label(other.Sequence))] : Array.Empty<ReportCell>(),
                other.Cosine,
            ])]);
    }
}
