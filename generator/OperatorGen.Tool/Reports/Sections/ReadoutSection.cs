using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Reports;

/// <summary>How the strongest readouts are distributed, and what the polynomials make of the decoder function there.</summary>
internal sealed class ReadoutSection : IReportSection
{
    private const int Shown = 2;
    private const int MostSequences = 200;
    private const int Bins = 60;
    private const int Points = 161;

    /// <inheritdoc/>
    public string Name => "readouts";

    /// <inheritdoc/>
    public string Title => "Readouts and their polynomials";

    /// <inheritdoc/>
    public string? Obstacle(ReportSubject subject) => subject.WaveObstacle
        ?? (subject.WaveLayers.Count() < subject.Model.Layers.Count ? "a layer is selective, and what it passes on to the others is not computed here"
        : subject.Data is null && subject.Model.Calibration is null ? "neither data (--data) nor a calibration tell how the readouts are distributed"
        : null);

    /// <inheritdoc/>
    public IEnumerable<ReportBlock> Blocks(ReportSubject subject)
    {
        yield return new TextBlock("Above, how often a readout o has which value, on a logarithmic scale. Below, the decoder function g there and the polynomials that replace it. A polynomial serves where the readouts are: a Taylor polynomial knows one point only and leaves g beyond it.");
        IReadOnlyList<double[]>[] readouts = Readouts(subject);
        for (int layer = 0; layer < readouts.Length; layer++)
        {
            if (subject.Operator!.Layers[layer].Decoder.Equals(DecoderFunctions.Identity))
            {
                yield return new TextBlock($"The decoder function of {subject.LayerName(layer)} is the identity; nothing replaces it.", IsNote: true);
                continue;
            }

            foreach (RankedChannel strong in subject.Ranked(layer).Take(Shown))
            {
                yield return Figure(subject, layer, strong.Channel, Weighted(subject, layer, strong.Channel, readouts[layer]));
            }
        }
    }

    /// <summary>The readouts of some sequences, layer by layer; no sequences where there are no data.</summary>
    private static IReadOnlyList<double[]>[] Readouts(ReportSubject subject)
    {
        OperatorDescription operators = subject.Operator!;
        double[][][] traces = subject.Data is not { } data ? [] : [.. StudiedModel.Spread(data.Count, MostSequences)
            .Select(i => OperatorTrace.Arguments(operators, data.Sample(i), VectorEvaluation.Instance).Select(layer => layer.Readouts).ToArray())];
        return [.. Enumerable.Range(0, operators.Layers.Count).Select(layer => traces.Select(trace => trace[layer]).ToArray())];
    }

    /// <summary>Values of one readout with their shares, from the data, else from the calibration.</summary>
    private static (double Value, double Share)[] Weighted(ReportSubject subject, int layer, int readout, IReadOnlyList<double[]> traces)
    {
        if (traces.Count == 0)
        {
            ReducedMeasure measure = subject.Model.Calibration!.Layers[layer].Readouts[readout].Measure;
            return [.. measure.Nodes.Zip(measure.Weights)];
        }

        int channels = subject.Operator!.Layers[layer].Channels;
        double[] values = [.. traces.SelectMany(rows => Enumerable.Range(0, rows.Length / channels).Select(t => rows[(t * channels) + readout])).Where(double.IsFinite)];
        return [.. values.Select(value => (value, 1.0 / values.Length))];
    }

    private static FigureBlock Figure(ReportSubject subject, int layer, int readout, (double Value, double Share)[] values)
    {
        (double low, double high) = values.Length == 0 ? (-1, 1) : (values.Min(value => value.Value), values.Max(value => value.Value));
        (low, high) = high > low ? (low, high) : (low - 1, high + 1);
        string source = subject.Data is { } data
            ? $"{CountText.Of(Math.Min(MostSequences, data.Count), "sequence")} of x_{data.Split}"
            : $"the nodes of the calibration on {subject.Model.Calibration!.Name}";
        var axis = new ChartAxis("readout o", low, high);
        DecoderFunction function = subject.Operator!.Layers[layer].Decoder;
        DecoderPolynomial? polynomial = subject.Expansion?.Layers[layer].Readouts[readout];
        string proven = polynomial is null ? "" : $" Over the shown range the polynomial of the expansion {OptionNames.Expansions.Of(polynomial.Kind)}, order {NumberText.Format((long)polynomial.Order)}, is proven to be within {ReportNumber.Text(ApproximationError.Bound(polynomial, new Interval(low, high)))} of g; "
            + $"on average over the readouts it differs by {ReportNumber.Text(values.Sum(value => value.Share * Math.Abs(function.Value(value.Value) - polynomial.Value(value.Value))))}.";
        return new FigureBlock(
            $"readout-{NumberText.Format((long)layer)}-{NumberText.Format((long)readout)}",
            $"Readout {NumberText.Format((long)readout)} of {subject.LayerName(layer)}",
            $"From {source}. The band is what the polynomial leaves out: the distance from it to g.{proven}",
            new ChartPicture(Distribution(values, axis), Functions(axis, function, polynomial)) { PlotHeight = 170 });
    }

    private static Chart Distribution((double Value, double Share)[] values, ChartAxis axis)
    {
        double width = (axis.High - axis.Low) / Bins;
        var shares = new double[Bins];
        foreach ((double value, double share) in values)
        {
            shares[Math.Clamp((int)((value - axis.Low) / width), 0, Bins - 1)] += share;
        }

        var chart = new Chart(axis with { Label = "" }, ChartAxis.Over("share", shares, scale: ChartScale.Logarithmic)) { Title = "distribution" };
        (double X, double Y)[] bars = [.. shares.Select((share, i) => (axis.Low + ((i + 0.5) * width), share)).Where(bar => bar.share > 0)];
        chart.Add(new ChartSeries("", bars) { BarWidth = width, Colour = SvgColours.Lines[4] });
        return chart;
    }

    private static Chart Functions(ChartAxis axis, DecoderFunction function, DecoderPolynomial? polynomial)
    {
        double[] x = [.. Enumerable.Range(0, Points).Select(i => axis.Low + ((axis.High - axis.Low) * i / (Points - 1)))];
        double[] g = [.. x.Select(function.Value)];
        double room = 0.4 * Math.Max(g.Max() - g.Min(), 1e-3);
        var chart = new Chart(axis, new ChartAxis("g(o)", g.Min() - room, g.Max() + room)) { Title = "decoder function" };
        if (polynomial is not null)
        {
            double[] p = [.. x.Select(polynomial.Value)];
            string name = $"{OptionNames.Expansions.Of(polynomial.Kind)}, order {NumberText.Format((long)polynomial.Order)}";
            chart.Add(new ChartSeries("error of " + name, [.. x.Zip(p)]) { Lows = g, Colour = SvgColours.Lines[1] });
            chart.Add(name, x.Zip(p), SvgColours.Lines[1]);
            if (function.HasTaylorSeries && polynomial.Kind != ExpansionKind.Taylor)
            {
                var taylor = DecoderPolynomial.Taylor(function, polynomial.Order);
                chart.Add($"taylor, order {NumberText.Format((long)taylor.Order)}", x.Select(each => (each, taylor.Value(each))), SvgColours.Lines[2], dash: "6 4");
            }
        }

        chart.Add("g, " + function.Name, x.Zip(g), SvgColours.Lines[0]);
        return chart;
    }
}
