using System;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>omega_t, the weight of every time step in a score.</summary>
internal sealed class TimeWeights
{
    private TimeWeights(double[] values, (int Steps, bool Mean)? steady)
    {
        Values = values;
        Steady = steady;
    }

    /// <summary>[time], none negative.</summary>
    public double[] Values { get; }

    /// <summary>
    /// Where omega is the same at all steps, or 1 at one step and 0 elsewhere: the number of steps up to the last that counts, and whether all of them do;
    /// null: neither.
    /// </summary>
    public (int Steps, bool Mean)? Steady { get; }

    /// <summary>The time step whose outputs are taken apart; null: the mean over all.</summary>
    /// <param name="pooling">The model's pooling.</param>
    /// <param name="step">The time step that is asked for, of a model without pooling; null: the last.</param>
    /// <param name="steps">The number of time steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such time step.</exception>
    public static int? StepOf(Pooling pooling, int? step, int steps)
    {
        int? chosen = pooling switch
        {
            Pooling.None => step ?? steps - 1,
            Pooling.Last => steps - 1,
            Pooling.Mean => null,
            _ => throw new ArgumentException($"The pooling {pooling} is not known.", nameof(pooling)),
        };
        return chosen is not { } at || (uint)at < (uint)steps
            ? chosen
            : throw new ArgumentOutOfRangeException(nameof(step), step, $"A time step of this input is 0 to {steps - 1}.");
    }

    /// <summary>The weights.</summary>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="step">The one that counts; null: the mean over all.</param>
    /// <param name="scales">The scale of the norm after the layer, [time]; null: none.</param>
    public static TimeWeights Of(int steps, int? step, double[]? scales)
    {
        var values = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            values[t] = (step is null ? 1.0 / steps : t == step ? 1 : 0) * (scales?[t] ?? 1);
        }

        return new TimeWeights(values, scales is not null ? null : step is { } single ? (single + 1, false) : (steps, true));
    }
}
