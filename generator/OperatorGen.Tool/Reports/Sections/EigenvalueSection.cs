using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Reports;

/// <summary>The eigenvalues of every layer in the complex plane.</summary>
internal sealed class EigenvalueSection : IReportSection
{
    private const double Side = 380;
    private const int Tipped = 100;

    /// <inheritdoc/>
    public string Name => "eigenvalues";

    /// <inheritdoc/>
    public string Title => "Eigenvalues";

    /// <inheritdoc/>
    public string? Obstacle(ReportSubject subject) => subject.WaveObstacle;

    /// <inheritdoc/>
    public IEnumerable<ReportBlock> Blocks(ReportSubject subject)
    {
        yield return new TextBlock("A mode is multiplied by its eigenvalue at every step. The angle is its frequency: near 1 it turns slowly, at −1 it changes its sign every step. The distance from 0 is what is left of its amplitude after a step: near the unit circle it lives long.");
        foreach (int layer in subject.WaveLayers)
        {
            ModeBank bank = subject.Operator!.Layers[layer].Bank!;
            string blocks = bank.Blocks.Count == 0 ? "" : " Some modes form blocks whose states mix; of these the eigenvalues of the block are shown.";
            yield return new FigureBlock(
                "eigenvalues-" + NumberText.Format((long)layer),
                $"Eigenvalues of {subject.LayerName(layer)} in the complex plane",
                $"{CountText.Of(bank.ModeCount, "mode")}. The dashed line is the unit circle. The area of a dot is the mode's weight: all that is between the layer's input and its readouts, in sum of sizes.{(HasConjugates(bank) ? "" : " A complex eigenvalue stands for its conjugate too.")}{blocks}",
                new ChartPicture(Plane(bank)) { PlotWidth = Side, PlotHeight = Side });
        }
    }

    /// <summary>Whether conjugates are modes of their own.</summary>
    private static bool HasConjugates(ModeBank bank)
    {
        HashSet<(double Re, double Im)> all = [.. Enumerable.Range(0, bank.ModeCount).Select(m => (bank.Eigenvalue(m).Re, bank.Eigenvalue(m).Im))];
        return all.Any(of => of.Im != 0 && all.Contains((of.Re, -of.Im)));
    }

    private static Chart Plane(ModeBank bank)
    {
        ComplexNumber[] values = [.. Enumerable.Range(0, bank.ModeCount).Select(bank.Eigenvalue)];
        double[] weights = new double[values.Length];
        for (int h = 0; h < bank.Readouts; h++)
        {
            for (int n = 0; n < bank.WavesPerReadout; n++)
            {
                int mode = bank.ModeOf(h, n);
                weights[mode] += bank[h, n].Weight.Magnitude * bank.DriveMagnitude(mode);
            }
        }

        // Heavy dots first, so that light ones are on top of them.
        int[] order = [.. Enumerable.Range(0, values.Length).OrderByDescending(mode => weights[mode])];
        double end = Math.Max(1.05, 1.05 * values.Max(value => value.Magnitude));
        var chart = new Chart(new ChartAxis("real part", -end, end), new ChartAxis("imaginary part", -end, end));
        chart.Add(new ChartSeries("", [.. Enumerable.Range(0, 121).Select(i => (Math.Cos(Math.PI * i / 60), Math.Sin(Math.PI * i / 60)))]) { Colour = SvgColours.Ink, Dash = "4 4" });
        chart.Add(new ChartSeries("", [.. order.Select(mode => (values[mode].Re, values[mode].Im))])
        {
            Colour = SvgColours.Lines[0],
            Line = false,
            Marks = true,
            Sizes = [.. order.Select(mode => weights[mode])],
            Tips = [.. order.Select((mode, i) => i < Tipped ? Tip(bank, mode) : "")],
        });
        return chart;
    }

    private static string Tip(ModeBank bank, int mode)
    {
        var wave = new Wave(bank.Eigenvalue(mode), ComplexNumber.One);
        string name = bank.IsShared ? $"mode {mode}" : $"mode {mode % bank.WavesPerReadout} of channel {bank.GroupOf(mode)}";
        return $"{name}: period {ReportNumber.Text(wave.Period)}, lifetime {ReportNumber.Text(wave.Lifetime)} steps";
    }
}
