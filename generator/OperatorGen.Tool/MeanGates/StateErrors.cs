using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.MeanGates;

/// <summary>The greatest errors of states that are expanded about centres, and their bounds for the sequence; may be added from many threads.</summary>
/// <param name="order">The highest order.</param>
internal sealed class StateErrors(int order)
{
    /// <summary>
    /// Errors up to this part of the greatest state are rounding, and count as 0. State and expansion are computed by different roundings of the same numbers: some ten of 2^-53 a step
    /// (log-gate, exponential, products, sums), and of the roundings of earlier steps the sum over a lifetime is left. 1e-13 is 900 roundings, those of about 90 steps at once; of slower
    /// states roundings of both signs cancel.
    /// </summary>
    public const double Rounding = 1e-13;

    private readonly object _lock = new();
    private readonly double[] _errors = new double[order + 1];
    private readonly double[] _bounds = new double[order + 1];
    private double _largest;

    /// <summary>The greatest error by order.</summary>
    public IReadOnlyList<double> Errors => _errors;

    /// <summary>The greatest bound by order.</summary>
    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>The greatest |s|.</summary>
    public double Largest => _largest;

    /// <summary>Adds one state over one sequence, all orders and times.</summary>
    /// <param name="gate">The state's gate about its centre.</param>
    /// <param name="drive">The state.</param>
    public void Add(MeanGate gate, StateDrive drive)
    {
        var errors = new double[_errors.Length];
        var bounds = new double[_errors.Length];
        var expansion = new MeanGateExpansion([gate], 1, order);
        double largest = 0;
        for (int t = 0; t < drive.Gates.Length; t++)
        {
            expansion.Step(drive.Gates.AsSpan(t, 1), At(drive.Phases, t), drive.Re.AsSpan(t, 1), At(drive.Im, t));
            ComplexNumber error = new(drive.StateRe[t], drive.StateIm.Length == 0 ? 0 : drive.StateIm[t]);
            largest = Math.Max(largest, error.Magnitude);
            for (int k = 0; k <= order; k++)
            {
                error -= new ComplexNumber(expansion.Re(k)[0], expansion.Im(k)[0]);
                errors[k] = Math.Max(errors[k], Finite(error.Magnitude));
            }
        }

        new SequenceBound(gate, drive.Gates, drive.Magnitudes(), 0).Largest(bounds);
        lock (_lock)
        {
            _largest = Math.Max(_largest, largest);
            for (int k = 0; k <= order; k++)
            {
                (_errors[k], _bounds[k]) = (Math.Max(_errors[k], errors[k]), Math.Max(_bounds[k], Finite(bounds[k])));
            }
        }
    }

    private static ReadOnlySpan<double> At(double[] values, int t) => values.Length == 0 ? [] : values.AsSpan(t, 1);

    // Where a gate closes completely, an expansion about any centre has no numbers.
    private static double Finite(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;
}
