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
