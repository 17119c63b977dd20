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
    public static double[][] Of(Cell cell, LayerTrace[] traces, double[][] readout, Sensitivity sensitivity, Arithmetic arithmetic)
    {
        int time = traces.Length, width = cell.OutputWidth, lag = cell.Order == ReadOrder.PreUpdate ? 1 : 0;
        double kappa = cell.Field == Field.Complex ? 5 : 2;
        double[][] input = [.. traces.Select(_ => new double[width])];
        for (int i = 0; i < width; i++)
        {
            int g = i / cell.ValueWidth;
            double skip = cell.Skip?.Values[g] ?? 0;
            var magnitudes = new double[time];
            for (int k = 0; k < cell.KeyWidth; k++)
            {
                (Complex a, double aError, Complex w, double wError) = ConstantCellRounding.Mode(cell, g, k, arithmetic);
                var states = new Complex[time + 1];
                for (int t = 0; t < time; t++)
                {
                    states[t + 1] = (a * states[t]) + traces[t].CellInput[i];
                    double read = Complex.Abs(states[t + 1 - lag]);
                    magnitudes[t] += Complex.Abs(w) * read;
                    sensitivity.Add(readout[t][i], wError * read);
                }

                Complex q = Complex.Zero;
                for (int t = time - 1; t >= 0; t--)
                {
                    q = (a * q) + (t + lag < time ? w * readout[t + lag][i] : Complex.Zero);
                    double before = Complex.Abs(states[t]), v = System.Math.Abs(traces[t].CellInput[i]);
                    sensitivity.Add(Complex.Abs(q), (kappa * arithmetic.Unit * ((Complex.Abs(a) * before) + v)) + (aError * before));
                    input[t][i] += q.Real;
                }
            }

            for (int t = 0; t < time; t++)
            {
                double v = System.Math.Abs(skip * traces[t].CellInput[i]);
                sensitivity.Add(readout[t][i], arithmetic.Gamma((2 * cell.KeyWidth) + 2) * (magnitudes[t] + v));
                input[t][i] += skip * readout[t][i];
            }
        }

        return input;
    }
}
