using System;
using System.Globalization;
using System.Linq;

namespace OperatorGen.Benchmarks.Report;

/// <summary>Compares values with the double reference.</summary>
internal static class Agreement
{
    /// <summary>
    /// What single precision may do to any contender. The least exact is upstream's own form of S4D, which takes e^(dtA t) of a product in single precision: after t steps the phase of a mode is
    /// off by 2^-24 * 2 pi n dt t, while the mode has decayed to e^(-dt t / 2). For n = 31 that is largest at dt t = 2, where it is 9e-6 of the mode; summed over the 2,000 steps that a
    /// slow channel (dt = 0.001) remembers, with 32 modes of weight 1e-4, it is at most 6e-5, where outputs reach 0.1. A wrong formula is off by the size of the outputs.
    /// </summary>
    public const double Tolerance = 1e-3;

    /// <summary>The largest difference, relative to the largest number of the reference.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Error(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected)
    {
        if (actual.Length != expected.Length)
        {
            throw new ArgumentException($"{actual.Length} numbers were given, but the reference has {expected.Length}.", nameof(actual));
        }

        double difference = 0, largest = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            // Math.Max keeps not-a-number.
            difference = Math.Max(difference, Math.Abs(actual[i] - expected[i]));
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return difference / largest;
    }

    /// <summary>Refuses a contender that computes something else.</summary>
    /// <param name="name">The contender.</param>
    /// <param name="error">Its error.</param>
    /// <exception cref="InvalidOperationException">The error is above <see cref="Tolerance"/>, or no number.</exception>
    public static double Demand(string name, double error) => error <= Tolerance
        ? error
        : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{name} is off the reference by {error:E1} of its largest number, more than {Tolerance:E1}: its time says nothing."));

    /// <summary>Numbers in double precision.</summary>
    public static double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(value => (double)value)];
}
