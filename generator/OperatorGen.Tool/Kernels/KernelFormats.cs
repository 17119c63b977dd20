using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Kernels;

/// <summary>Kernels as text for people, comma-separated numbers, JSON and a drawing.</summary>
internal static class KernelFormats
{
    private const int Digits = 5;

    /// <summary>Writes a row per kernel, and a row per lag.</summary>
    public static void Write(Terminal terminal, KernelSubject subject)
    {
        terminal.Output.WriteLine($"{subject.Model}, layer {subject.Layer}: kernels K[readout,input] from {subject.Source}, {CountText.Of(subject.Length, "lag")}");
        terminal.Table(
            ["kernel", "sum of |K|", "sum of K", "peak", "at lag"],
            [.. subject.Kernels.Select(kernel => new[] { kernel.Name, Number(kernel.Taps.Sum(Math.Abs)), Number(kernel.Taps.Sum()), Number(kernel.Taps[kernel.Peak]), $"{kernel.FirstLag + kernel.Peak}" })]);
        terminal.Table(
            ["lag", .. subject.Kernels.Select(kernel => kernel.Name)],
            [.. Enumerable.Range(0, subject.Length).Select(tau => (string[])[$"{subject.FirstLag + tau}", .. subject.Kernels.Select(kernel => Number(kernel.Taps[tau]))])]);
    }

    /// <summary>The text of a file.</summary>
    /// <param name="format">svg, csv or json.</param>
    /// <param name="subject">The kernels.</param>
    public static string Render(string format, KernelSubject subject) => format switch
    {
        "csv" => Csv(subject),
        "json" => Json(subject),
        "svg" => Svg(subject),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static string Csv(KernelSubject subject)
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', ["lag", .. subject.Kernels.Select(kernel => $"K_{kernel.Readout}_{kernel.Input}")]).Append('\n');
        for (int tau = 0; tau < subject.Length; tau++)
        {
            csv.AppendJoin(',', [$"{subject.FirstLag + tau}", .. subject.Kernels.Select(kernel => NumberText.Format(kernel.Taps[tau]))]).Append('\n');
        }

        return csv.ToString();
    }

    private static string Json(KernelSubject subject)
    {
        IEnumerable<string> kernels = subject.Kernels.Select(kernel =>
            $"    {{ \"readout\": {kernel.Readout}, \"input\": {kernel.Input}, \"taps\": [{string.Join(", ", kernel.Taps.Select(tap => double.IsFinite(tap) ? NumberText.Format(tap) : "null"))}] }}");
        return $"{{\n  \"format\": \"operatorgen-kernels/1\",\n  \"model\": {QuotedText.Of(subject.Model)},\n  \"layer\": {subject.Layer},\n"
            + $"  \"inputs\": \"{(subject.OfModel ? "model" : "cells")}\",\n  \"firstLag\": {subject.FirstLag},\n  \"kernels\": [\n{string.Join(",\n", kernels)}\n  ]\n}}\n";
    }

    private static string Svg(KernelSubject subject)
    {
        Chart chart = ChartOf(subject);
        var plot = new SvgBox(chart.Left, 72, 690, 330);
        var document = new SvgDocument(plot.Right + 24, plot.Bottom + Chart.Below + chart.LegendHeight(plot.Width), $"kernels of {subject.Model}, layer {subject.Layer}");
        document.Text(plot.X, 28, $"Kernels of {subject.Model}, layer {subject.Layer}", size: 18, bold: true);
        document.Text(plot.X, 48, $"from {subject.Source}", size: 13);
        chart.Draw(document, plot);
        return document.ToString();
    }

    /// <summary>The kernels as lines over the lag. The scale is that of the lags other than 0: a skip is there, and can be many times as large.</summary>
    public static Chart ChartOf(KernelSubject subject)
    {
        IEnumerable<double> waves = subject.Kernels.SelectMany(kernel => kernel.Taps.Where((_, tau) => subject.FirstLag + tau != 0));
        var chart = new Chart(
            new ChartAxis("lag in steps", subject.FirstLag, Math.Max(1, subject.FirstLag + subject.Length - 1), ChartScale.Whole),
            ChartAxis.Over("K", subject.Length == 1 ? subject.Kernels.SelectMany(kernel => kernel.Taps) : waves, withZero: true));
        foreach (NamedKernel kernel in subject.Kernels)
        {
            chart.Add(kernel.Name, kernel.Taps.Select((tap, tau) => ((double)(subject.FirstLag + tau), tap)));
        }

        return chart;
    }

    private static string Number(double value) => NumberText.Format(value, Digits);
}
