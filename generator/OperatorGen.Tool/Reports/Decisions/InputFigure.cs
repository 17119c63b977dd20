using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Reports;

/// <summary>The input of a decision with what each of its samples gets of the score.</summary>
internal static class InputFigure
{
    private const int MostLines = 6;

    /// <summary>The figure, and what is no sample in words.</summary>
    public static FigureBlock Of(ReportDecision decision)
    {
        InputTimeAttribution input = decision.Attribution.ByInputTime();
        string what = input.Of switch
        {
            AttributedInput.Model => "the input",
            AttributedInput.Layer => $"the input of {decision.Subject.LayerName(decision.Subject.DecidingLayer)}, which the layers before it have made and which is held fixed",
            AttributedInput.Cells => $"the input of the cells of {decision.Subject.LayerName(decision.Subject.DecidingLayer)}, since a function that is not linear comes before them",
            _ => throw new ArgumentOutOfRangeException(nameof(decision), input.Of, "An unknown kind of input."),
        };
        string rows = string.Concat(input.Rows.Select(row => $", {row.Name} {ReportNumber.Signed(row.Contribution)}"));
        string caption = $"What each {(input.Width == 1 ? "number" : "time step")} of {what} adds to {decision.ScoreName}, through all waves that it is part of. In all: samples {ReportNumber.Signed(input.Values.Sum())}{rows}, silent waves {ReportNumber.Signed(decision.Attribution.Silent)}; the sum is the score, {ReportNumber.Signed(decision.Attribution.Exact)}. {AttributionColours.Reading}";
        string title = $"Input and attribution of sequence {NumberText.Format((long)decision.Index)}";
        return decision.Subject.Image is { } shape && input.Of == AttributedInput.Model
            ? new FigureBlock(decision.Name("input"), title, caption, new ImagePicture(shape, decision.Sample, input.Values))
            : new FigureBlock(decision.Name("input"), title, caption, Series(decision, input));
    }

    /// <summary>The raw input with what each time step gets laid over it.</summary>
    /// <param name="subject">What the report is about.</param>
    /// <param name="name">The figure's name.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="caption">How it is read.</param>
    /// <param name="sample">The input, [time, number].</param>
    /// <param name="byTime">What each time step gets.</param>
    public static FigureBlock Of(ReportSubject subject, string name, string title, string caption, double[] sample, IReadOnlyList<double> byTime) => new(
        name,
        title,
        caption,
        subject.Image is { } shape ? new ImagePicture(shape, sample, byTime) : Series(sample, subject.Model.InputWidth, sample, "are largest", byTime));

    private static SeriesPicture Series(ReportDecision decision, InputTimeAttribution input) =>
        Series(input.Of == AttributedInput.Model ? decision.Sample : input.Inputs, input.Width, input.Values, "weigh most", input.ByTime());

    /// <summary>The numbers of largest weights as lines, and what each time step gets.</summary>
    private static SeriesPicture Series(IReadOnlyList<double> numbers, int width, IReadOnlyList<double> weights, string chosen, IReadOnlyList<double> byTime)
    {
        int steps = byTime.Count;
        int[] lines = [.. Enumerable.Range(0, width).OrderByDescending(i => Enumerable.Range(0, steps).Sum(t => Math.Abs(weights[(t * width) + i]))).Take(MostLines)];
        var axis = new ChartAxis("time step", 0, steps, ChartScale.Whole);
        string title = lines.Length < width ? $"input, the {NumberText.Format((long)MostLines)} numbers of {NumberText.Format((long)width)} that {chosen}" : "input";
        var series = new Chart(axis, ChartAxis.Over("", lines.SelectMany(i => Enumerable.Range(0, steps).Select(t => numbers[(t * width) + i])))) { Title = title };
        foreach (int i in lines)
        {
            series.Add($"input {NumberText.Format((long)i)}", Enumerable.Range(0, steps).Select(t => (t + 0.5, numbers[(t * width) + i])));
        }

        var times = new Chart(axis, ChartAxis.Over("", byTime, withZero: true)) { Title = "attribution by sample" };
        times.Add("", byTime.Select((value, t) => (t + 0.5, value)), SvgColours.Ink);
        return new SeriesPicture(series, times);
    }
}
