using System;
using System.Linq;

namespace OperatorGen.TestKit;

/// <summary>What the reference gave and how far other code can be from it.</summary>
/// <param name="Reference">The reference's output, shape [time, output] or, pooled, [output].</param>
/// <param name="Bound">The bound on the distance of each output, in the same shape.</param>
public sealed record RoundingResult(double[] Reference, double[] Bound)
{
    /// <summary>The largest bound of any output.</summary>
    public double Largest => Bound.DefaultIfEmpty().Max();

    /// <summary>The largest bound relative to the largest output: above 1e-2 the bound says little.</summary>
    public double Relative => Largest / Math.Max(Reference.Select(Math.Abs).DefaultIfEmpty().Max(), double.Epsilon);

    /// <summary>The largest |actual - reference| / bound; at most 1 where the code keeps the bound. Not a number counts as infinity, unless both are.</summary>
    /// <param name="actual">What the code gave, in the same shape.</param>
    public double Ratio(ReadOnlySpan<double> actual)
    {
        if (actual.Length != Bound.Length)
        {
            throw new ArgumentException($"{actual.Length} outputs were given, but the reference has {Bound.Length}.", nameof(actual));
        }

        double largest = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double distance = Math.Abs(actual[i] - Reference[i]);
            if (actual[i].Equals(Reference[i]))
            {
                continue;
            }

            double ratio = distance / Bound[i];
            largest = double.IsNaN(ratio) ? double.PositiveInfinity : Math.Max(largest, ratio);
        }

        return largest;
    }
}
