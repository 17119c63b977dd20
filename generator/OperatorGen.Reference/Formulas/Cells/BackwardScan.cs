using System;
using System.Numerics;

namespace OperatorGen.Reference;

/// <summary>
/// Modes from the last time step to the first:
/// <code>
/// z_t = update(z_{t+1}, v_t)          o_t = read(z_t), or read(z_{t+1}) where a step is left out
/// </code>
/// </summary>
internal static class BackwardScan
{
    /// <summary>Runs over a whole sequence.</summary>
    /// <param name="v">The cells' input, [time][input].</param>
    /// <param name="stateSize">How many numbers the state has.</param>
    /// <param name="delay">How many steps the read leaves out, 0 or 1.</param>
    /// <param name="update">Moves the state one step on.</param>
    /// <param name="read">The readouts of a state.</param>
    /// <param name="traces">Where the states go, [time].</param>
    /// <returns>[time][readout].</returns>
    public static double[][] Run(double[][] v, int stateSize, int delay, Action<Complex[], double[]> update, Func<Complex[], double[]> read, LayerProbe[] traces)
    {
        var o = new double[v.Length][];
        var z = new Complex[stateSize];
        for (int t = v.Length - 1; t >= 0; t--)
        {
            traces[t].BackwardBefore = (Complex[])z.Clone();
            update(z, v[t]);
            traces[t].BackwardState = (Complex[])z.Clone();
            o[t] = read(delay == 0 ? z : traces[t].BackwardBefore);
        }

        return o;
    }
}
