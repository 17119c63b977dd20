using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Rings;

/// <summary>
/// A ring as a drawing: the activity of its nodes over time between input and readout, with the coupling and the profiles beside it on the same node
/// axis; without a sequence, the modes' frequencies and lifetimes by wave number instead of the activity.
/// </summary>
internal static class RingDrawing
{
    private const double Width = 1240;
    private const double Left = 76;
    private const double PlotWidth = 680;
    private const double Top = 66;
    private const double LineHeight = 96;
    private const double Gap = 34;
    private const double SideLeft = Left + PlotWidth + 66;
    private const double SideWidth = 96;
    private const double SideGap = 46;

    /// <summary>The file's text.</summary>
    public static string Render(RingSubject subject) => Draw(subject, "", null).ToString();

    /// <summary>The drawing.</summary>
    /// <param name="subject">The ring.</param>
    /// <param name="description">What is to be seen, for readers that cannot see it; empty: nothing.</param>
    /// <param name="id">In a page, what tells the drawing from others; null: a file of its own.</param>
    public static SvgDocument Draw(RingSubject subject, string description, string? id)
    {
        double mapHeight = MapHeight(subject.Ring.Nodes);
        SvgBox upper = new(Left, Top + 14, PlotWidth, LineHeight);
        SvgBox map = new(Left, upper.Bottom + Gap, PlotWidth, mapHeight);
        SvgBox lower = new(Left, map.Bottom + Gap, PlotWidth, LineHeight);
        var document = new SvgDocument(Width, lower.Bottom + 52, $"{subject.Form} ring of {subject.Model}, {subject.Place}", description, id);
        Chart[] charts = [.. Charts(subject)];
        Heading(document, subject);
        if (subject.Run is { } run)
        {
            RingActivityMap.Draw(document, map, run.Activity);
            charts[0].Draw(document, upper, labelX: false, number: 0);
            charts[1].Draw(document, lower, number: 1);
            RingActivityMap.Legend(document, new SvgBox(SideLeft, lower.Y + 30, (3 * SideWidth) + (2 * SideGap), 44), run.Activity);
        }
        else
        {
            double half = (lower.Bottom - upper.Y - 64) / 2;
            charts[0].Draw(document, new SvgBox(Left, upper.Y, PlotWidth, half), number: 0);
            charts[1].Draw(document, new SvgBox(Left, upper.Y + half + 64, PlotWidth, half), number: 1);
        }

        Facts(document, new SvgBox(SideLeft, upper.Y, 0, 0), subject);
        Sides(document, map, subject.Ring);
        return document;
    }

    /// <summary>The two charts: input and readout over time; without a sequence, frequency and lifetime over the wave number.</summary>
    public static IEnumerable<Chart> Charts(RingSubject subject) => subject.Run is { } run
        ? [Signal("input v", run.Input, ""), Signal("readout o", run.Activity.Outputs, "time step")]
        : Modes(subject.Ring);

    private static void Heading(SvgDocument document, RingSubject subject)
    {
        string nodes = subject.Ring.Form == RingForm.Real
            ? $"{subject.Nodes}, {subject.Modes} on pairs of wave numbers"
            : $"{subject.Nodes}, one mode per wave number";
        string what = subject.Run is null ? "Ring" : "Activity on the ring";
        document.Text(Left, 28, $"{what} of {subject.Model}, {subject.Place}", size: 18, bold: true);
        document.Text(Left, 48, subject.Run is { } run ? $"{nodes}; {run.Sequence.Text}" : nodes, size: 13);
    }

    private static void Facts(SvgDocument document, SvgBox at, RingSubject subject)
    {
        double[] speeds = [.. subject.Ring.Modes.Select(mode => mode.Speed).OfType<double>()];
        double[] lifetimes = [.. subject.Ring.Modes.Select(mode => mode.Wave.Lifetime)];
        string[] facts =
        [
            speeds.Length == 0 ? "one mode, which does not travel" : $"speeds of the waves: {Span(speeds)} nodes per step",
            subject.Ring.Modes.Any(mode => mode.WaveNumber == 0) ? "wave number 0 does not travel" : "wave number 0 is empty",
            $"lifetimes: {Span(lifetimes)} steps",
            subject.Run is { } run ? $"ring and modal recurrence agree to {NumberText.Format(run.RelativeDifference(subject.Ring), 1)} of their scale" : "",
        ];
        for (int i = 0; i < facts.Length; i++)
        {
            document.Text(at.X, at.Y + 12 + (20 * i), facts[i], size: 12);
        }
    }

    private static string Span(double[] values)
    {
        (string low, string high) = (NumberText.Format(values.Min(), 3), NumberText.Format(values.Max(), 3));
        return low == high ? low : $"{low} to {high}";
    }

    private static Chart Signal(string name, double[] values, string label)
    {
        var chart = new Chart(new ChartAxis(label, 0, Math.Max(1, values.Length), ChartScale.Whole), ChartAxis.Over("", values, withZero: true)) { Title = name };
        (int count, int width) = RingActivityMap.Columns(values.Length, 1);
        chart.Add(
            "",
            Enumerable.Range(0, count).SelectMany(column => Enumerable.Range(column * width, Math.Min(width, values.Length - (column * width)))).Select(t => (t + 0.5, values[t])),
            SvgColours.Lines[0]);
        return chart;
    }

    private static IEnumerable<Chart> Modes(WaveRing ring)
    {
        double[] numbers = [.. ring.Modes.Select(mode => (double)mode.WaveNumber)];
        var x = new ChartAxis("wave number", numbers.Min() - 0.5, numbers.Max() + 0.5, ChartScale.Whole);
        var frequency = new Chart(x with { Label = "" }, ChartAxis.Over("radians per step", ring.Modes.Select(mode => mode.Frequency), withZero: true))
        {
            Title = "frequency of the modes; frequency over wave number is the speed",
        };
        frequency.Add("", ring.Modes.Select(mode => ((double)mode.WaveNumber, mode.Frequency)), marks: true);
        yield return frequency;
        var lifetime = new Chart(x, ChartAxis.Over("steps", ring.Modes.Select(mode => mode.Wave.Lifetime), scale: ChartScale.Logarithmic)) { Title = "lifetime of the modes" };
        lifetime.Add("", ring.Modes.Select(mode => ((double)mode.WaveNumber, mode.Wave.Lifetime)), SvgColours.Lines[1], marks: true);
        yield return lifetime;
    }

    private static void Sides(SvgDocument document, SvgBox map, WaveRing ring)
    {
        int half = (ring.Nodes - 1) / 2;
        SvgBox box = map with { X = SideLeft, Width = SideWidth };
        new RingProfile("coupling", "distance", -half, ring.Nodes, ring.Coupling, Apart: 0).Draw(document, box, ring.Form);
        box = box with { X = box.Right + SideGap };
        new RingProfile("input", "node", 0, ring.Nodes, ring.Input).Draw(document, box, ring.Form);
        box = box with { X = box.Right + SideGap };
        new RingProfile("readout", "node", 0, ring.Nodes, ring.Readout).Draw(document, box, ring.Form);
    }

    /// <summary>Whole pixels per node where there is room.</summary>
    private static double MapHeight(int nodes) => nodes * Math.Clamp(Math.Floor(400.0 / nodes), 2, 25) is var height && height > 1600 ? 1600 : Math.Max(120, height);
}
