using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Constant cells read backwards. With the sensitivity p_t to the readout, that to the state of a mode is
/// <c>q_t = w p_t + a q_(t+1)</c> (read before the update: <c>q_t = w p_(t+1) + a q_(t+1)</c>), in the sense that a change d of the state moves the output by
/// Re(q d); that to v_t is <c>sum_k Re q_t + D p_t</c>. The roundings are those of <see cref="ConstantCellRounding"/>.
/// </summary>
internal static class ConstantCellSensitivity
{
    public static double[][] Of(Cell cell, LayerProbe[] traces, double[][] readout, Sensitivity sensitivity, Arithmetic arithmetic)
    {
        int time = traces.Length, width = cell.OutputWidth, lag = cell.Order == ReadOrder.PreUpdate ? 1 : 0;
        double[][] input = [.. traces.Select(_ => new double[width])];
        ModeRoundings[] all = time == 0 ? [] : sensitivity.Cache.Of(cell, traces[0], () => Roundings(cell, traces, arithmetic));
        foreach (ModeRoundings mode in all)
        {
            Complex q = Complex.Zero;
            for (int t = time - 1; t >= 0; t--)
            {
                double p = t + lag < time ? readout[t + lag][mode.Channel] : 0;
                q = (mode.A * q) + (mode.W * p);
                sensitivity.Add(Complex.Abs(q), mode.State[t]);
                sensitivity.Add(readout[t][mode.Channel], mode.Readout[t]);
                input[t][mode.Channel] += q.Real;
            }
        }

        for (int t = 0; t < time && cell.Skip is not null; t++)
        {
            for (int i = 0; i < width; i++)
            {
                double skip = cell.Skip.Values[i / cell.ValueWidth];
                sensitivity.Add(readout[t][i], arithmetic.Gamma((2 * cell.KeyWidth) + 2) * Math.Abs(skip * traces[t].CellInput[i]));
                input[t][i] += skip * readout[t][i];
            }
        }

        return input;
    }

    private static ModeRoundings[] Roundings(Cell cell, LayerProbe[] traces, Arithmetic arithmetic)
    {
        int lag = cell.Order == ReadOrder.PreUpdate ? 1 : 0;
        double step = (cell.Field == Field.Complex ? 5 : 2) * arithmetic.Unit, sum = arithmetic.Gamma((2 * cell.KeyWidth) + 2);
        var all = new ModeRoundings[cell.OutputWidth * cell.KeyWidth];
        for (int m = 0; m < all.Length; m++)
        {
            int i = m / cell.KeyWidth;
            (Complex a, double aError, Complex w, double wError) = ConstantCellRounding.Mode(cell, i / cell.ValueWidth, m % cell.KeyWidth, arithmetic);
            all[m] = new ModeRoundings(i, a, w, new double[traces.Length], new double[traces.Length]);
            Complex before = Complex.Zero;
            for (int t = 0; t < traces.Length; t++)
            {
                double v = traces[t].CellInput[i], size = Complex.Abs(before);
                Complex state = (a * before) + v;
                all[m].State[t] = (step * ((Complex.Abs(a) * size) + Math.Abs(v))) + (aError * size);
                all[m].Readout[t] = ((sum * Complex.Abs(w)) + wError) * (lag == 0 ? Complex.Abs(state) : size);
                before = state;
            }
        }

        return all;
    }

    /// <summary>One mode of one channel, its stored constants and its roundings at every time step.</summary>
    private sealed record ModeRoundings(int Channel, Complex A, Complex W, double[] State, double[] Readout);
}
