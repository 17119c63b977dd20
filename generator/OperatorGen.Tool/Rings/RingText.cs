using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Rings;

/// <summary>A ring as tables for people.</summary>
internal static class RingText
{
    private const int Digits = 5;

    /// <summary>Writes modes, nodes, phase equation and, where there is one, the sequence.</summary>
    public static void Write(Terminal terminal, RingSubject subject)
    {
        WaveRing ring = subject.Ring;
        TextWriter output = terminal.Output;
        output.WriteLine($"{subject.Model}, {subject.Place}{(subject.LayerName.Length > 0 ? $" ({subject.LayerName})" : "")}: ring of {subject.Nodes} for {subject.Modes}, skip {Number(ring.Skip)}");
        output.WriteLine("x(t) = W x(t-1) + input v(t),  o(t) = Re sum_j readout_j x_j(t) + skip v(t),  W_jl = coupling(j - l)");
        output.WriteLine("modes");
        terminal.Table(
            ["wave number", "mode", "nodes/step", "frequency", "decay", "lifetime", "|weight|"],
            [.. ring.Modes.Select(mode => new[]
            {
                (mode.IsPair ? "+-" : "") + mode.WaveNumber,
                mode.Index.ToString(System.Globalization.CultureInfo.InvariantCulture),
                mode.Speed is { } speed ? Number(speed) : "standing",
                Number(mode.Frequency),
                Number(mode.Decay),
                Number(mode.Wave.Lifetime),
                Number(mode.Wave.Weight.Magnitude),
            })]);
        output.WriteLine("coupling by distance; input and readout by node");
        terminal.Table(
            ["distance, node", "coupling", "input", "readout"],
            [.. Enumerable.Range(0, ring.Nodes).Select(j => new[] { $"{j}", Number(ring, ring.Coupling(j)), Number(ring, ring.Input(j)), Number(ring, ring.Readout(j)) })]);
        Phases(output, subject);
        if (subject.Run is { } run)
        {
            Activity(terminal, ring, run);
        }
    }

    private static void Phases(TextWriter output, RingSubject subject)
    {
        if (subject.Phases is not { } phases)
        {
            return;
        }

        output.WriteLine($"in continuous time: natural frequency {Number(phases.NaturalFrequency)} radians per step, growth {Number(phases.Growth)} per step");
        output.WriteLine(RingFigures.IsSampled(phases)
            ? "  the phase equation passes through the ring's states at whole steps"
            : $"  the ring steps along another solution than the phase equation's: its eigenvalues are off by up to {Number(phases.Deviation)}");
    }

    private static void Activity(Terminal terminal, WaveRing ring, RingRun run)
    {
        RingActivity activity = run.Activity;
        terminal.Output.WriteLine($"{run.Sequence.Text}: {CountText.Of(activity.Steps, "step")}");
        var rows = new List<string[]>();
        for (int j = 0; j < ring.Nodes; j++)
        {
            double[] size = [.. Enumerable.Range(0, activity.Steps).Select(t => activity[j, t].Magnitude)];
            int peak = Array.IndexOf(size, size.Max());
            rows.Add([$"{j}", Number(Math.Sqrt(size.Sum(x => x * x) / size.Length)), Number(size[peak]), $"{peak}"]);
        }

        terminal.Table(["node", "rms", "peak", "at step"], rows);
        terminal.Output.WriteLine($"readout of ring and of modal recurrence differ by {Number(run.Difference)} at most, {Number(run.RelativeDifference(ring))} of their scale");
    }

    private static string Number(WaveRing ring, ComplexNumber value) => ring.Form == RingForm.Real
        ? Number(value.Re)
        : $"{Number(value.Re)} {(value.Im < 0 ? "-" : "+")} {Number(Math.Abs(value.Im))}i";

    private static string Number(double value) => NumberText.Format(value, Digits);
}
