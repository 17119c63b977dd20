using System;

namespace OperatorGen;

/// <summary>
/// A layer with gates, followed on the straight path from silence to the arguments of one time step. The arguments are the readouts, and after them those of the
/// gate stream where there is one. At a position a of the path, between 0 and 1, all arguments are multiplied by a.
/// </summary>
/// <param name="arguments">How many arguments a time step has.</param>
internal abstract class GatedPath(int arguments)
{
    /// <summary>How many arguments a time step has.</summary>
    public int Arguments => arguments;

    /// <summary>The layer's part of a score, its slopes and its size at some positions.</summary>
    /// <param name="x">The arguments at position 1, [argument].</param>
    /// <param name="positions">The positions.</param>
    /// <param name="values">Takes sum_i eta_i r_i at every position.</param>
    /// <param name="sizes">Takes the sum of the magnitudes of its products, which its rounding is measured by.</param>
    /// <param name="slopes">Takes the derivatives by the arguments, [position, argument].</param>
    public abstract void At(ReadOnlySpan<double> x, ReadOnlySpan<double> positions, Span<double> values, Span<double> sizes, Span<double> slopes);

    /// <summary>The arguments at some positions, [position, argument].</summary>
    protected static double[] Scaled(ReadOnlySpan<double> x, ReadOnlySpan<double> positions)
    {
        var scaled = new double[positions.Length * x.Length];
        for (int k = 0; k < positions.Length; k++)
        {
            for (int c = 0; c < x.Length; c++)
            {
                scaled[(k * x.Length) + c] = positions[k] * x[c];
            }
        }

        return scaled;
    }
}
