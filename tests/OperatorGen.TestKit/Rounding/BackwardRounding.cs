using System;
using System.Linq;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Readouts of both directions. The backward modes are modes of the reversed sequence: with r = T - 1 - t their readout at t is what
/// <see cref="ModeRounding"/> derives for step r, or for step r - 1 where the current sample is left out (at the end of the sequence the state is 0 without an error). The sum of
/// both directions rounds once:
/// <code>
/// e_t = e_forward,t + e_backward,t + u (|o_forward,t| + |o_backward,t| + e_forward,t + e_backward,t)
/// </code>
/// </summary>
internal static class BackwardRounding
{
    /// <summary>The errors of the sums, [time][readout].</summary>
    /// <param name="forward">The errors of the forward direction, [time][readout].</param>
    /// <param name="reversed">Those of the backward direction in the order of the reversed sequence.</param>
    /// <param name="delay">How many steps the backward read leaves out.</param>
    /// <param name="traces">What the reference computed.</param>
    /// <param name="arithmetic">The arithmetic of the code under test.</param>
    public static double[][] Added(double[][] forward, double[][] reversed, int delay, LayerProbe[] traces, Arithmetic arithmetic)
    {
        double[][] backward = InTime(reversed, delay);
        return [.. forward.Select((errors, t) => errors.Select((e, h) =>
        {
            double both = e + backward[t][h];
            return both + (arithmetic.Unit * (Magnitude(traces[t], h) + both));
        }).ToArray())];
    }

    /// <summary>|o_forward| + |o_backward| of a readout.</summary>
    public static double Magnitude(LayerProbe trace, int readout) =>
        Math.Abs(trace.Readout[readout] - trace.BackwardReadout[readout]) + Math.Abs(trace.BackwardReadout[readout]);

    /// <summary>From what is read at each step of the reversed sequence to what is read at each time step.</summary>
    private static double[][] InTime(double[][] reversed, int delay) =>
        [.. Enumerable.Range(0, reversed.Length).Select(t => reversed.Length - 1 - t - delay).Select(r => r < 0 ? new double[reversed[0].Length] : reversed[r])];

    /// <summary>From the sensitivities to what is read at each time step to those of the steps of the reversed sequence: the other way round.</summary>
    public static double[][] Reversed(double[][] readout, int delay) =>
        [.. Enumerable.Range(0, readout.Length).Select(r => readout.Length - 1 - r - delay).Select(t => t < 0 ? new double[readout[0].Length] : readout[t])];
}
