using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Reports;

/// <summary>
/// How much of what a layer passes on comes from one readout: its size, which is the variance on the calibration set or else the greatest |o| per unit of input,
/// times the Euclidean norm of the weights that it is passed on with.
/// </summary>
/// <param name="Readout">The readout.</param>
/// <param name="Size">Its size.</param>
/// <param name="Weight">The norm of its weights.</param>
internal sealed record ReadoutStrength(int Readout, double Size, double Weight)
{
    /// <summary>Size times weight.</summary>
    public double Strength => Size * Weight;

    /// <summary>The readouts of a layer with waves, strongest first; of equals the first.</summary>
    public static IReadOnlyList<ReadoutStrength> Of(ReportSubject subject, int layer)
    {
        OperatorDescription operators = subject.Operator!;
        LayerDescription description = operators.Layers[layer];
        LinearDescription? map = description.Mixing ?? (layer == operators.Layers.Count - 1 ? operators.Head : null);
        ArgumentMeasures? measures = subject.Model.Calibration?.Layers[layer];
        return
        [
            .. Enumerable.Range(0, description.Channels)
                .Select(h => new ReadoutStrength(h, measures is null ? Reach(description.Bank!, h) : Variance(measures.Readouts[h].Measure), map is null ? 1 : Column(map, h)))
                .OrderByDescending(readout => readout.Strength),
        ];
    }

    private static double Reach(ModeBank bank, int readout) => bank.Reach(readout) is var reach && double.IsFinite(reach)
        ? reach
        : Math.Abs(bank.Skip(readout)) + bank.Waves(readout).Sum(wave => wave.Weight.Magnitude);

    private static double Variance(ReducedMeasure measure)
    {
        double mean = measure.Nodes.Zip(measure.Weights, (node, weight) => node * weight).Sum();
        return measure.Nodes.Zip(measure.Weights, (node, weight) => weight * (node - mean) * (node - mean)).Sum();
    }

    private static double Column(LinearDescription map, int column) =>
        Math.Sqrt(Enumerable.Range(0, map.Outputs).Sum(row => map.Weight(row, column) * map.Weight(row, column)));
}
