using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.MeanGates;

/// <summary>What a study of a model expanded about its mean gates has found.</summary>
/// <param name="Model">The model file's name.</param>
/// <param name="Data">The data file's name.</param>
/// <param name="Hash">SHA-256 of the data file.</param>
/// <param name="Sequences">How many sequences of x_test were fed.</param>
/// <param name="Centre">What the gates are expanded about.</param>
/// <param name="ExactAccuracy">The share that the model itself classifies rightly; null: there are no classes or labels.</param>
/// <param name="LargestScore">The greatest |score| of the model itself.</param>
/// <param name="Outside">How many of the sequences have gates outside of the calibrated ranges, which the bound for every input is not about.</param>
/// <param name="Sample">Which states and sequences the errors of states are from.</param>
/// <param name="Rows">The scores by order, ascending.</param>
/// <param name="Layers">The recurrences.</param>
internal sealed record MeanGateResult(
    string Model,
    string Data,
    string Hash,
    int Sequences,
    GateCentre Centre,
    double? ExactAccuracy,
    double LargestScore,
    int Outside,
    StateSample Sample,
    IReadOnlyList<StudiedOrder> Rows,
    IReadOnlyList<MeanGateLayer> Layers)
{
    /// <summary>In what the expansion fails; empty: in nothing that was looked at.</summary>
    public IReadOnlyList<string> Failures => [.. MeanGateFailures.Of(this)];

    /// <summary>Where it need not converge for inputs of any length; empty: nowhere.</summary>
    public IReadOnlyList<string> Unbounded => [.. MeanGateFailures.Unbounded(this)];

    /// <summary>The greatest error of a state over the layers.</summary>
    /// <param name="row">The order's place.</param>
    public double StateError(int row) => Layers.Max(layer => layer.Errors[row]);

    /// <summary>The greatest bound for the given sequences over the layers.</summary>
    /// <param name="row">The order's place.</param>
    public double SequenceBound(int row) => Layers.Max(layer => layer.SequenceBounds[row]);

    /// <summary>The greatest bound for every input in the range over the layers; null where sequences leave the ranges.</summary>
    /// <param name="row">The order's place.</param>
    public double? RangeBound(int row) => Outside > 0 ? null : Layers.Max(layer => layer.RangeBounds![row]);

    /// <summary>Why there is no bound for every input in the range, without a full stop; null: there is one.</summary>
    public string? RangeBoundReason => Outside == 0 ? null
        : $"{NumberText.Format((long)Outside)} of {CountText.Of(Sequences, "sequence")} {(Outside == 1 ? "leaves" : "leave")} the calibrated ranges";
}

/// <summary>What gates are expanded about.</summary>
internal enum GateCentre
{
    /// <summary>The mean on the calibration set.</summary>
    Mean,

    /// <summary>The middle of the range there.</summary>
    Midrange,
}

/// <summary>Which states the errors are from; all times of the sequences, and all orders.</summary>
/// <param name="States">How many states of a layer, evenly spread.</param>
/// <param name="Sequences">How many sequences, evenly spread over those that are fed.</param>
internal sealed record StateSample(int States, int Sequences);

/// <summary>The recurrence of one layer.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="States">The number of its states.</param>
/// <param name="Rho">The least, the median and the greatest rho of its gates.</param>
/// <param name="Ratio">The greatest deviation from the centre as a part of the decay: below 1 the expansion converges at any length.</param>
/// <param name="MidrangeRatio">The same about the midrange.</param>
/// <param name="Gates">The number of its gates.</param>
/// <param name="Closing">How many of them close completely at some time of the calibration, but not always.</param>
/// <param name="Lasting">How many of the others vary, but do not decay about their centre.</param>
/// <param name="LargestInput">The greatest |X_t| of all fed sequences.</param>
/// <param name="LargestState">The greatest |s_t| of the sampled states.</param>
/// <param name="Errors">By order, the greatest error of the sampled states; 0 where it is rounding.</param>
/// <param name="SequenceBounds">By order, the greatest bound of the sampled states for their sequences.</param>
/// <param name="RangeBounds">By order, the greatest bound of all states for every input in the calibrated range; null where sequences leave it.</param>
internal sealed record MeanGateLayer(
    string Name,
    int States,
    (double Least, double Median, double Greatest) Rho,
    double Ratio,
    double MidrangeRatio,
    int Gates,
    int Closing,
    int Lasting,
    double LargestInput,
    double LargestState,
    IReadOnlyList<double> Errors,
    IReadOnlyList<double> SequenceBounds,
    IReadOnlyList<double>? RangeBounds);
