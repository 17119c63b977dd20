using System;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>How many numbers the tensors of one key may have together.</summary>
/// <param name="BytesPerNumber">What one number counts.</param>
/// <param name="Bytes">The greatest sum.</param>
/// <param name="Fault">The fault of what is above: the sum up to there, and the place.</param>
internal sealed record TensorLimit(int BytesPerNumber, int Bytes, Func<long, TextPlace, Fault> Fault)
{
    /// <summary>The limit of a calibration.</summary>
    public static TensorLimit Calibration { get; } = new(
        1,
        ModelFileFormat.MaxCalibrationNumbers,
        (found, place) => FileFaults.TooLarge("The calibration", Invariant($"{found} numbers"), Invariant($"{ModelFileFormat.MaxCalibrationNumbers} numbers"), place));

    /// <summary>The limit of weights, which are baked into the assembly.</summary>
    public static TensorLimit Weights(Precision? precision) => new(
        ModelFileFormat.BytesPerWeight(precision),
        ModelFileFormat.MaxBakedBytes,
        (found, place) => PlanFaults.WeightsTooLarge(found, ModelFileFormat.MaxBakedBytes, place, precision ?? Precision.Single));
}
