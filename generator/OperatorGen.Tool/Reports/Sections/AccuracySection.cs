using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Tool.Data;

namespace OperatorGen.Tool.Reports;

/// <summary>How well the model classifies the data: accuracy and confusion matrix.</summary>
internal sealed class AccuracySection : IReportSection
{
    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public string Title => "Accuracy on the data";

    /// <inheritdoc/>
    public string? Obstacle(ReportSubject subject) =>
        subject.Data is null ? "no data are given (--data)"
        : !subject.Classifies ? "the model has no classes: it gives a number, or numbers at every time step"
        : !subject.Data.HasLabels ? $"the data have no labels (y_{subject.Data.Split})"
        : null;

    /// <inheritdoc/>
    public IEnumerable<ReportBlock> Blocks(ReportSubject subject)
    {
        SequenceData data = subject.Data!;
        int classes = subject.Model.OutputWidth;
        var counts = new int[classes, classes];
        int right = 0;
        int lost = 0;
        for (int i = 0; i < data.Count; i++)
        {
            if (subject.Scores!.Class(i) is not { } found)
            {
                lost++;
                continue;
            }

            counts[data.Label(i), found]++;
            right += found == data.Label(i) ? 1 : 0;
        }

        string infinite = lost == 0 ? "" : $" Of {CountText.Of(lost, "sequence")} the scores are not finite; they count as wrong and are not in the matrix.";
        yield return new TextBlock($"{ReportNumber.Count(right)} of {CountText.Of(data.Count, "sequence")} of x_{data.Split} of {data.Name} are classified as their labels say: {ReportNumber.Percent(right / (double)data.Count)}.{infinite}");
        yield return new TableBlock(
            "confusion",
            "Confusion matrix: a row per label, a column per decision, counts of sequences. Blue is right, orange is wrong, by the share of the row.",
            ["label", .. Enumerable.Range(0, classes).Select(subject.Label), "right"],
            [.. Enumerable.Range(0, classes).Select(label => Row(subject, counts, label))]);
    }

    private static IReadOnlyList<ReportCell> Row(ReportSubject subject, int[,] counts, int label)
    {
        int classes = counts.GetLength(0);
        double total = Math.Max(1, Enumerable.Range(0, classes).Sum(found => counts[label, found]));
        IEnumerable<ReportCell> cells = Enumerable.Range(0, classes).Select(found => ((ReportCell)counts[label, found]) with
        {
            Shade = counts[label, found] == 0 ? 0 : found == label ? -counts[label, found] / total : Math.Sqrt(counts[label, found] / total),
        });
        return [subject.Label(label), .. cells, new ReportCell(ReportNumber.Percent(counts[label, label] / total), counts[label, label] / total)];
    }
}
