using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Tool.MeanGates;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Reports;

/// <summary>How much of the model its truncated operators are: the study.</summary>
internal sealed class StudySection : IReportSection
{
    /// <inheritdoc/>
    public string Name => "study";

    /// <inheritdoc/>
    public string Title => "Truncated operators by order";

    /// <inheritdoc/>
    public string? Obstacle(ReportSubject subject) => subject.Study is not null ? null
        : subject.WaveLayers.Count() < subject.Model.Layers.Count ? $"it is of models whose layers all have waves{(subject.Operator is { } operators && SelectiveLayers.HaveMeanGates(operators) ? "; operatorgen study --expansion mean-gate is the one for selective models" : "")}"
        : subject.Data is null ? "no data are given (--data)"
        : subject.Scores is { Infinite: { Count: > 0 } infinite } ? $"of {CountText.Of(infinite.Count, "sequence")} the model's own outputs are not finite, and there is nothing to compare with"
        : "no expansion of the decoder functions is possible";

    /// <inheritdoc/>
    public IEnumerable<ReportBlock> Blocks(ReportSubject subject)
    {
        StudyResult study = subject.Study!;
        yield return new TextBlock($"The decoder functions are replaced by polynomials, so that the model is a sum of waves and of products of at most as many waves as the order says. {CountText.Of(study.Sequences, "sequence")} of {study.Data} are fed to the model and to each truncated one.");
        yield return new FigureBlock(
            "study",
            "Accuracy, agreement and change of the scores by order",
            $"Agreement is the share of sequences that get the class of the exact model. Worst and mean are over all sequences and scores; bound is what is proven for every input with {study.Range}. {StudyChart.Scales}",
            new ChartPicture([.. StudyChart.Charts(study)]) { PlotHeight = 240 });
        yield return new TableBlock(
            "study-rows",
            "The same in numbers.",
            ["expansion and order", "terms", "accuracy", "agreement", "worst change", "mean change", "bound"],
            [.. study.Rows.Select(Row)]);
    }

    private static IReadOnlyList<ReportCell> Row(StudyRow row) =>
    [
        $"{OptionNames.Expansions.Of(row.Expansion)} {row.Order.ToString(CultureInfo.InvariantCulture)}",
        new ReportCell(row.Terms < 10_000_000 ? ReportNumber.Count(row.Terms) : ReportNumber.Text((double)row.Terms), (double)row.Terms),
        Share(row.Accuracy),
        Share(row.Agreement),
        row.MaxScoreChange,
        row.MeanScoreChange,
        row.Bound.Value is { } bound ? bound : "none",
    ];

    private static ReportCell Share(double? share) => share is { } value ? new ReportCell(ReportNumber.Percent(value), value) : "";
}
