using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// A linear controlled differential equation read backwards. With the sensitivities p_h,t to the readouts, that to Z_t is <c>q_t = sum_h c_h p_h,t + T_(t+1)' q_(t+1)</c>; that to
/// h_i is <c>q_t (dT_t / dh_i) x</c>. For T = e^M that is the first half of <c>e^K (0, x)</c> with <c>K = [M, A_i; 0, M]</c>.
/// <see cref="LinearCdeRounding"/> derives the roundings, here without the deviations that they start from.
/// </summary>
internal sealed class LinearCdeSensitivity(LinearCde cell, Arithmetic arithmetic)
{
    private readonly LinearCdeRounding _rounding = new(cell, arithmetic);

    public double[][] Of(LayerProbe[] traces, double[][] readout, Sensitivity sensitivity)
    {
        int n = cell.States;
        double[][] input = [.. readout.Select(_ => new double[cell.Inputs])];
        var q = new double[n];
        for (int t = readout.Length - 1; t >= 0; t--)
        {
            LayerProbe trace = traces[t];
            (double[] rounded, double[][] slopes) = sensitivity.Cache.Of(cell, trace, () => Tuple.Create(
                new[] { _rounding.Local(Approximate.Exact(trace.CellInput), trace, 0) }, Slopes(trace)));
            for (int h = 0; h < cell.Outputs; h++)
            {
                sensitivity.Add(readout[t][h], _rounding.Read(h, trace));
                for (int k = 0; k < n; k++)
                {
                    q[k] += readout[t][h] * _rounding.Weight(h, k);
                }
            }

            sensitivity.Add(Math.Sqrt(q.Sum(value => value * value)), rounded[0]);
            for (int i = 0; i < cell.Inputs; i++)
            {
                input[t][i] = q.Select((value, k) => value * slopes[i][k]).Sum();
            }

            q = [.. Enumerable.Range(0, n).Select(column => Enumerable.Range(0, n).Sum(row => trace.Transition[(row * (n + 1)) + column].Real * q[row]))];
        }

        return input;
    }

    /// <summary>How Z moves with each input, [input][state].</summary>
    private double[][] Slopes(LayerProbe trace)
    {
        double[] x = [.. trace.StateBefore.Select(value => value.Real)];
        return [.. Enumerable.Range(0, cell.Inputs).Select(i => cell.Step == LinearCdeStep.Exponential ? Slope(trace.CellInput, i, x) : Times(i, x))];
    }

    private double[] Slope(double[] h, int input, double[] x)
    {
        double size = 1 + Enumerable.Range(0, cell.Inputs).Sum(i => Math.Abs(h[i]) * Enumerable.Range(0, cell.States).Max(row => Enumerable.Range(0, cell.States + 1).Sum(column => Math.Abs(_rounding.Constant(i, row, column)))));
        int substeps = (int)Math.Ceiling(size);
        double[] slope = new double[cell.States + 1];
        for (int s = 0; s < substeps; s++)
        {
            (double[] a, double[] b) = (slope, x);
            (slope, x) = ((double[])slope.Clone(), (double[])x.Clone());
            for (int k = 1; k <= 24; k++)
            {
                double scale = 1.0 / (k * substeps);
                double[] moved = Times(h, a), turned = Times(input, b), next = Times(h, b);
                a = [.. moved.Select((value, row) => scale * (value + turned[row]))];
                b = [.. next.Select(value => scale * value)];
                for (int row = 0; row < a.Length; row++)
                {
                    slope[row] += a[row];
                    x[row] += b[row];
                }
            }
        }

        return slope;
    }

    private double[] Times(double[] h, double[] x)
    {
        var sum = new double[x.Length];
        for (int i = 0; i < h.Length; i++)
        {
            double[] part = Times(i, x);
            for (int row = 0; row < sum.Length; row++)
            {
                sum[row] += h[i] * part[row];
            }
        }

        return sum;
    }

    /// <summary>[A_i, B_i; 0, 0] x.</summary>
    private double[] Times(int input, double[] x) =>
        [.. Enumerable.Range(0, cell.States).Select(row => x.Select((value, column) => _rounding.Constant(input, row, column) * value).Sum()), 0];
}
