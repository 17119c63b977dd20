using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;
using OperatorGen.Tool.Rings;

namespace OperatorGen.Tool.Reports;

/// <summary>The ring of the strongest readout, and the amplitudes of its modes over time.</summary>
internal sealed class RingSection : IReportSection
{
    private const int ShownModes = 6;

    /// <inheritdoc/>
    public string Name => "ring";

    /// <inheritdoc/>
    public string Title => "The ring of the strongest readout";

    /// <inheritdoc/>
    public string? Obstacle(ReportSubject subject)
    {
        if (subject.WaveObstacle is { } obstacle)
        {
            return obstacle;
        }

        try
        {
            _ = Ring(subject);
            return null;
        }
        catch (UnusableInputException refused)
        {
            return refused.Message.TrimEnd('.');
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ReportBlock> Blocks(ReportSubject subject)
    {
        RingSubject ring = Ring(subject);
        yield return new TextBlock("The same recurrence in another basis: nodes on a circle, each acting on the others by their distance only. The modes are waves that travel around it.");
        string what = ring.Run is { } run
            ? $"Time runs to the right; a row is a node of the ring. Hue is the phase of its state, depth the amplitude. Above it the input of the cells, below it the readout. {char.ToUpperInvariant(run.Sequence.Text[0])}{run.Sequence.Text[1..]}."
            : "Frequencies and lifetimes of the modes by wave number: without data there is no activity to show.";
        yield return new FigureBlock("ring", $"Ring of {ring.Place}", $"{what} Beside it how nodes act on each other by distance, where the input enters and how the nodes are read.", new RingPicture(ring));
        yield return new FigureBlock(
            "modes",
            "Amplitude of each mode over time",
            (ring.Run is null ? "The answer to a single impulse: " : $"For {ring.Run.Sequence.Text}: ") + $"|c s(t)|, the most that a mode's wave can be at that time. The {ShownModes} strongest modes of the readout; mode n has the wave w({ring.Channel},n).",
            new ChartPicture(Amplitudes(ring)));
    }

    private static RingSubject Ring(ReportSubject subject)
    {
        int layer = subject.WaveLayers.First();
        int readout = subject.Ranked(layer)[0].Channel;
        RingSequence? sequence = subject.Data is { } data && layer == 0 ? new RingSequence(data, subject.Indices.Count > 0 ? subject.Indices[0] : 0) : null;
        return RingSubject.Of(subject.Path, subject.Model, layer, readout, null, RingForm.Complex, sequence);
    }

    private static Chart Amplitudes(RingSubject subject)
    {
        double[] input = subject.Run?.Input ?? [1, .. new double[199]];
        var all = subject.Ring.Modes.Select(mode => (mode.Index, Size: Amplitude(mode.Wave, input))).OrderByDescending(mode => mode.Size.Max()).Take(ShownModes).ToArray();
        var chart = new Chart(new ChartAxis("time step", 0, Math.Max(1, input.Length - 1), ChartScale.Whole), ChartAxis.Over("amplitude", all.SelectMany(mode => mode.Size), withZero: true));
        foreach ((int index, double[] size) in all)
        {
            chart.Add($"mode {NumberText.Format((long)index)}", size.Select((value, t) => ((double)t, value)));
        }

        return chart;
    }

    private static double[] Amplitude(Wave wave, double[] input)
    {
        ComplexNumber state = ComplexNumber.Zero;
        return [.. input.Select(v => (wave.Weight * (state = (wave.Eigenvalue * state) + new ComplexNumber(v, 0))).Magnitude)];
    }

    /// <summary>The ring as <c>ring</c> draws it.</summary>
    private sealed record RingPicture(RingSubject Subject) : Picture
    {
        public override string Draw(string? id, string title, string description) => RingDrawing.Draw(Subject, description, id).ToString();

        public override void WriteNumbers(Utf8JsonWriter json) => json.Objects("charts", RingDrawing.Charts(Subject), chart => ChartPicture.Write(json, chart));
    }
}
