using System;

namespace OperatorGen.Tool.Conformance;

/// <summary>How far computed numbers are from expected ones.</summary>
/// <param name="MaxAbs">max|a - b|; infinite where one side alone is not finite, or they are infinities of different sign.</param>
/// <param name="MaxRel">max|a - b| / max|expected| over the finite expected numbers; 0 where nothing deviates.</param>
public sealed record Deviation(double MaxAbs, double MaxRel)
{
    /// <summary>What was not compared.</summary>
    public static Deviation None { get; } = new(double.NaN, double.NaN);

    private static readonly Deviation s_infinite = new(double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Compares. Not-a-number agrees with not-a-number, an infinity with itself.</summary>
    /// <param name="expected">The expected numbers.</param>
    /// <param name="computed">As many computed numbers.</param>
    /// <exception cref="ArgumentException">The lengths differ, or nothing is compared.</exception>
    public static Deviation Between(ReadOnlySpan<double> expected, ReadOnlySpan<double> computed)
    {
        if (expected.Length != computed.Length || expected.IsEmpty)
        {
            throw new ArgumentException($"{expected.Length} expected and {computed.Length} computed numbers cannot be compared.", nameof(computed));
        }

        double largest = 0, distance = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double e = expected[i], c = computed[i];
            if (!double.IsFinite(e) || !double.IsFinite(c))
            {
                if (!e.Equals(c))
                {
                    return s_infinite;
                }

                continue;
            }

            largest = Math.Max(largest, Math.Abs(e));
            distance = Math.Max(distance, Math.Abs(e - c));
        }

        return new Deviation(distance, distance == 0 ? 0 : distance / largest);
    }
}
