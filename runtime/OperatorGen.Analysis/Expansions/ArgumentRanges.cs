using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>In which interval each argument of a layer's decoder functions lies.</summary>
/// <param name="Readouts">Of every readout, [channel].</param>
/// <param name="Gates">Of every gate argument; empty without gate.</param>
public sealed record ArgumentRanges(IReadOnlyList<(double Low, double High)> Readouts, IReadOnlyList<(double Low, double High)> Gates)
{
    /// <summary>The ranges that a calibration set has shown.</summary>
    /// <param name="calibration">The calibration.</param>
    public static IReadOnlyList<ArgumentRanges> Of(Calibration calibration) =>
        [.. calibration.Layers.Select(layer => new ArgumentRanges([.. layer.Readouts.Select(Range)], [.. layer.Gates.Select(Range)]))];

    private static (double Low, double High) Range(ArgumentMeasure argument) => (argument.Low, argument.High);
}
