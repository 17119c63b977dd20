using System;

namespace OperatorGen.TestKit;

/// <summary>A vector of the reference and, per component, a bound on how far the code under test can be from it.</summary>
/// <param name="Value">The reference's numbers.</param>
/// <param name="Error">The bounds.</param>
internal sealed record Approximate(double[] Value, double[] Error)
{
    /// <summary>Numbers that both know exactly.</summary>
    public static Approximate Exact(double[] value) => new(value, new double[value.Length]);

    /// <summary>The largest magnitude that the code under test can have at a component.</summary>
    public double Magnitude(int i) => Math.Abs(Value[i]) + Error[i];

    /// <summary>Consecutive components.</summary>
    public Approximate Slice(int start, int length) => new(Value[start..(start + length)], Error[start..(start + length)]);

    /// <summary>One vector behind another.</summary>
    public static Approximate Join(Approximate first, Approximate second) =>
        second.Value.Length == 0 ? first : new([.. first.Value, .. second.Value], [.. first.Error, .. second.Error]);
}
