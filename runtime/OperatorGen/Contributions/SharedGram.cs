using System;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Sums over time of states, skips and gate arguments, in the columns of a <see cref="SharedLayout"/>.</summary>
/// <param name="columns">The number of columns.</param>
internal sealed class SharedGram(int columns)
{
    /// <summary>sum_t omega_t x_a(t) x_b(t), [a, b]; the upper part.</summary>
    public double[] Products { get; } = new double[columns * columns];

    /// <summary>sum_t omega_t x_a(t).</summary>
    public double[] Singles { get; } = new double[columns];

    /// <summary>sum_t omega_t x_a(t) x_b(t).</summary>
    public double this[int a, int b] => Products[(Math.Min(a, b) * columns) + Math.Max(a, b)];
}
