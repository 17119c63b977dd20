using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Attentions;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Tool.Reports;

/// <summary>Decisions of a selective model: what samples add through values and through gates, what heads add with gates held, and what they read.</summary>
internal static class SelectivePage
{
    private const int TopHeads = 12;
    private const int PicturesPerLayer = 2;

    /// <summary>The pages of all decisions that are asked for.</summary>
    /// <param name="subject">What the report is about; every layer is selective.</param>
    public static IEnumerable<ReportBlock> Blocks(ReportSubject subject)
    {
        yield return new TextBlock("Each decision is attributed to samples along the straight path from the zero input: through values, all gates held, and through gates, which is the rest. The scales of norms are held at those of the input. "
            + $"By head or channel the gates, keys, queries, gate streams and norms of {subject.LayerName(subject.DecidingLayer)}, the last, are held at those of the input: the score is a sum then, exact but for rounding.");
        foreach (int index in subject.Indices)
        {
            double[] sample = subject.Data!.Sample(index);
            var pass = new SelectivePass(subject.Operator!, sample);
            if (Overflow.Of(subject.Operator!, pass) is { } overflow)
            {
                yield return DecisionSection.Heading(subject, index, subject.Scores!.Outputs[index], subject.Scores.Class(index) ?? 0);
                yield return DecisionSection.NotFinite(subject, index, overflow);
                continue;
            }

            var attribution = SelectiveAttribution.Of(subject.Operator!, sample, subject.Classifies || subject.Model.Embedding is not null ? null : 0);
            yield return DecisionSection.Heading(subject, index, attribution.Scores, attribution.Index);
            foreach (ReportBlock block in DecisionSection.Scores(subject, index, attribution.Scores).Concat(Page(subject, index, sample, pass, attribution)))
            {
                yield return block;
            }
        }
    }

    private static IEnumerable<ReportBlock> Page(ReportSubject subject, int index, double[] sample, SelectivePass pass, SelectiveAttribution attribution)
    {
        string score = subject.ScoreName(attribution.Index, subject.Operator!.Pooled ? null : attribution.Steps - 1);
        string sums = $"In all: values {ReportNumber.Signed(attribution.Value.Sum())}, gates {ReportNumber.Signed(attribution.Gate.Sum())}, zero input {ReportNumber.Signed(attribution.ZeroScore)}; the sum is the score, {ReportNumber.Signed(attribution.Score)}, but for the gap of the quadrature, {ReportNumber.Text(attribution.Gap)}.";
        yield return InputFigure.Of(subject, ReportSubject.DecisionName(index, "values"), "Input and values", $"What each time step adds to {score} through values, all gates held. {sums} {AttributionColours.Reading}", sample, attribution.Value);
        yield return InputFigure.Of(subject, ReportSubject.DecisionName(index, "gates"), "Input and gates", $"What each time step adds to {score} through gates: it opens or closes them, and changes keys and queries. Colours have a scale of their own.", sample, attribution.Gate);
        var last = (SelectiveRecurrence)subject.Operator.Layers[^1].Recurrence;
        yield return new FigureBlock(
            ReportSubject.DecisionName(index, "heads"),
            $"By {last.CellName}",
            $"What the {last.CellName}s of {subject.LayerName(subject.DecidingLayer)} add to {score} with gates held. Past the cells goes the residual stream with the biases, past the states the skip.",
            Heads(attribution, last.CellName));
        for (int layer = 0; layer < subject.Model.Layers.Count; layer++)
        {
            SelectivePath path = pass.Layer(layer);
            foreach (int head in Strongest(path))
            {
                var attention = new CellAttention(path, head, 0);
                yield return new FigureBlock(
                    ReportSubject.DecisionName(index, $"attention-{NumberText.Format((long)layer)}-{NumberText.Format((long)head)}"),
                    $"Attention of {path.Recurrence.CellName} {NumberText.Format((long)head)} of {subject.LayerName(layer)}",
                    $"M[t, tau]: the readout of time t is the sum of M[t, tau] v[tau]. Of the {CountText.Of(path.Recurrence.Cells, path.Recurrence.CellName)} of the layer those {NumberText.Format((long)PicturesPerLayer)} are shown whose readouts are largest. {AttentionPicture.Reading}",
                    new AttentionPicture(attention.Matrix, attention.Steps));
            }
        }
    }

    private static ChartPicture Heads(SelectiveAttribution attribution, string name)
    {
        IReadOnlyList<double> heads = attribution.ByCell();
        int[] ordered = [.. Enumerable.Range(0, heads.Count).OrderByDescending(head => Math.Abs(heads[head]))];
        NamedContribution[] others = heads.Count > TopHeads ? [new(CountText.Of(heads.Count - TopHeads, "other " + name), ordered.Skip(TopHeads).Sum(head => heads[head]))] : [];
        return Waterfall.Picture(
            new("past the cells", attribution.Beside),
            [new("past the states", attribution.Direct.Sum()), .. ordered.Take(TopHeads).Select(head => new NamedContribution($"{name} {NumberText.Format((long)head)}", heads[head])), .. others],
            new("exact", attribution.Score),
            "score");
    }

    /// <summary>The heads with the largest readouts.</summary>
    private static IEnumerable<int> Strongest(SelectivePath path)
    {
        double[] readouts = path.Readouts();
        var sizes = new double[path.Recurrence.Cells];
        for (int i = 0; i < readouts.Length; i += path.Recurrence.Values)
        {
            sizes[i / path.Recurrence.Values % sizes.Length] += TensorPrimitives.SumOfSquares<double>(readouts.AsSpan(i, path.Recurrence.Values));
        }

        return Enumerable.Range(0, sizes.Length).OrderByDescending(head => sizes[head]).Take(PicturesPerLayer);
    }
}
