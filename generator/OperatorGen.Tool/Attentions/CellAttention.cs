using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Attentions;

/// <summary>The attention of a cell for one sequence.</summary>
/// <param name="Path">The recurrence with the numbers of the sequence.</param>
/// <param name="Head">The cell, from 0.</param>
/// <param name="Value">The number of its value, from 0.</param>
internal sealed record CellAttention(SelectivePath Path, int Head, int Value)
{
    /// <summary>M, [time, time], row by row.</summary>
    public double[] Matrix { get; } = Path.Attention(Head, Value);

    /// <summary>The number of time steps.</summary>
    public int Steps => Path.Steps;

    /// <summary>The sum of |M|.</summary>
    public double Mass => field > 0 ? field : field = Matrix.Sum(Math.Abs);

    /// <summary>The largest |readout| of the recurrence, and the largest |M v - readout|.</summary>
    public (double Size, double Error) Check()
    {
        double[] readouts = Path.Readouts();
        int width = Path.Recurrence.Readouts, at = (Head * Path.Recurrence.Values) + Value;
        (double size, double error) = (0, 0);
        for (int t = 0; t < Steps; t++)
        {
            double sum = 0;
            for (int tau = 0; tau <= t; tau++)
            {
                sum += Matrix[(t * Steps) + tau] * Path.Values[(tau * width) + at];
            }

            double readout = readouts[(t * width) + at];
            (size, error) = (Math.Max(size, Math.Abs(readout)), Math.Max(error, Math.Abs(sum - readout)));
        }

        return (size, error);
    }

    /// <summary>Ranges of lags t - tau with what they have of <see cref="Mass"/>: 0, 1, 2 to 3, 4 to 7 and so on.</summary>
    public IReadOnlyList<(int First, int Last, double Mass)> Lags()
    {
        var ranges = new List<(int First, int Last, double Mass)>();
        for (int first = 0; first < Steps; first = Math.Max(1, 2 * first))
        {
            int last = Math.Min(Steps, Math.Max(1, 2 * first)) - 1;
            double mass = 0;
            for (int lag = first; lag <= last; lag++)
            {
                for (int t = lag; t < Steps; t++)
                {
                    mass += Math.Abs(Matrix[(t * Steps) + t - lag]);
                }
            }

            ranges.Add((first, last, mass));
        }

        return ranges;
    }
}
