using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Tool.Reports;

/// <summary>Chosen decisions, each with its input, what the waves add, by order, by pairs, against the next class, and its nearest neighbours.</summary>
internal sealed class DecisionSection : IReportSection
{
    private const int TopWaves = 12;
    private const int MostScores = 12;

    /// <summary>What is said of a sequence for which the model overflows.</summary>
    public static TextBlock NotFinite(ReportSubject subject, int index, Overflow overflow) =>
        new($"In double precision {overflow.Sentence(subject.Data!, index)}: there is nothing to explain. {overflow.Advice}", IsNote: true);

    /// <inheritdoc/>
    public string Name => "decisions";

    /// <inheritdoc/>
    public string Title => "Decisions";

    /// <inheritdoc/>
    public string? Obstacle(ReportSubject subject) =>
        subject.Data is null || subject.Indices.Count == 0 ? "no sequences are named (--data, --index)"
        : subject.Attends ? null
        : subject.WaveObstacle ?? (subject.WaveLayers.Count() < subject.Model.Layers.Count ? "a layer is selective, and what it passes on to the others is not computed here" : null);

    /// <inheritdoc/>
    public IEnumerable<ReportBlock> Blocks(ReportSubject subject) => subject.Attends ? SelectivePage.Blocks(subject) : WaveBlocks(subject);

    /// <summary>The heading of a decision.</summary>
    public static HeadingBlock Heading(ReportSubject subject, int index, IReadOnlyList<double> scores, int best)
    {
        SequenceData data = subject.Data!;
        string label = data.HasLabels && subject.Classifies ? $", label {subject.Label(data.Label(index))}" : "";
        string found = subject.Classifies && scores.All(double.IsFinite) ? $": decided {subject.Label(best)}" : "";
        return new HeadingBlock($"Sequence {NumberText.Format((long)index)}{found}{label}");
    }

    /// <summary>The scores of a classifier, greatest first; nothing of another model.</summary>
    public static IEnumerable<ReportBlock> Scores(ReportSubject subject, int index, IReadOnlyList<double> scores)
    {
        if (subject.Classifies)
        {
            yield return new TableBlock(
                ReportSubject.DecisionName(index, "scores"),
                "The scores, greatest first.",
                ["class", "score"],
                [.. Enumerable.Range(0, scores.Count).OrderByDescending(s => scores[s]).Take(MostScores).Select(s => (IReadOnlyList<ReportCell>)[subject.Label(s), scores[s]])]);
        }
    }

    private static IEnumerable<ReportBlock> WaveBlocks(ReportSubject subject)
    {
        string held = subject.DecidingLayer == 0 ? "" : $" The waves are those of {subject.LayerName(subject.DecidingLayer)}, the last; its input is held fixed, and what passes it by unchanged is part of the score of silent waves.";
        yield return new TextBlock($"Each decision is attributed to waves: what a wave adds on the way from silent waves to the actual ones, all orders together. Nothing is left out: the parts sum to the score.{held}");
        var attributor = new OperatorAttributor(subject.Operator!);
        OperatorExplainer? explainer = subject.Expansion is null ? null : new OperatorExplainer(subject.Operator!, subject.Expansion);
        foreach (int index in subject.Indices)
        {
            double[] sample = subject.Data!.Sample(index);
            var decision = new ReportDecision(subject, index, sample, attributor.Of(sample));
            yield return Heading(subject, index, decision.Scores, decision.Best);
            if (!decision.Scores.All(double.IsFinite))
            {
                yield return NotFinite(subject, index, Overflow.Of(subject.Operator!, sample) ?? Overflow.OfScores);
                continue;
            }

            foreach (ReportBlock block in Page(decision, explainer?.Of(sample)))
            {
                yield return block;
            }
        }
    }

    private static IEnumerable<ReportBlock> Page(ReportDecision decision, InputContributions? contributions)
    {
        ReportSubject subject = decision.Subject;
        foreach (ReportBlock block in Scores(subject, decision.Index, decision.Scores))
        {
            yield return block;
        }

        yield return InputFigure.Of(decision);
        ScoreAttribution attribution = decision.Attribution;
        yield return new FigureBlock(
            decision.Name("waves"),
            "By wave",
            $"What the strongest waves add to {decision.ScoreName}, from silent waves to the exact score. w(c,n) is the wave of mode n in readout c, s(n) the oscillator n that all readouts share, d(c) a skip, z(c) an argument of a gate. 90 % of the sum of sizes is in {ReportNumber.Count(attribution.Concentration())} of {CountText.Of(attribution.Waves.Count, "wave")}.",
            Waterfall.Picture(attribution, TopWaves));
        foreach (ReportBlock block in ByOrder(decision, contributions))
        {
            yield return block;
        }

        if (decision.Second is { } second)
        {
            yield return new FigureBlock(
                decision.Name("contrast"),
                $"Why {subject.Label(decision.Best)} and not {subject.Label(second)}",
                "What the strongest waves add to the difference of the two greatest scores.",
                Waterfall.Picture(decision.Attributions.Attribute(decision.Best, second), TopWaves));
        }

        if (subject.Classifies)
        {
            yield return NearestDecisions.Table(decision);
        }
    }

    private static IEnumerable<ReportBlock> ByOrder(ReportDecision decision, InputContributions? contributions)
    {
        if (contributions is null)
        {
            yield return new TextBlock("No polynomials of the decoder functions are possible as the model is declared, so there is no expansion by order.", IsNote: true);
            yield break;
        }

        ScoreExplanation explanation = contributions.Explain(decision.Best, PairMatrix.Terms, work: 0);
        OperatorExpansion expansion = decision.Subject.Expansion!;
        if (explanation.Warning is { } warning)
        {
            yield return new TextBlock(warning, IsNote: true);
        }

        yield return new FigureBlock(
            decision.Name("orders"),
            "By order",
            $"The same score as constants, single waves, products of two waves and so on; the remainder is what the polynomials ({OptionNames.Expansions.Of(expansion.Kind)}, order {NumberText.Format((long)expansion.Order)}) leave out.",
            Waterfall.Picture(
                new("constants", explanation.Constants.Sum(constant => constant.Contribution)),
                [.. explanation.Orders.Select(order => new NamedContribution("order " + NumberText.Format((long)order.Order), order.Contribution)), new("remainder", explanation.Remainder)],
                new("exact", explanation.Exact),
                "score"));
        if (PairMatrix.Of(decision, explanation) is { } matrix)
        {
            yield return matrix;
        }
    }
}
