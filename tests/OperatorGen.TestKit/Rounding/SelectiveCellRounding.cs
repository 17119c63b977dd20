using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Cells whose Delta, A, B or C depends on the input: <c>s_t = a_t s_(t-1) + b_t v_t</c>, <c>o_t = gamma Re sum_k c_t s_t + D v_t</c>.
/// <code>
/// z = Delta A        e_z = |A| e_Delta + |Delta| e_A + e_Delta e_A + u |z|
/// a = e^z            e_a = |a| (e^(e_z) - 1) + 8 u |a|               b = phi B    e_b = |phi| e_B + |B| e_phi + e_phi e_B + 2 u |b|
/// E_t = (|a| + e_a) E_(t-1) + e_a |s_(t-1)| + e_b |v| + (|b| + e_b) e_v + kappa u ((|a| + e_a) (|s_(t-1)| + E_(t-1)) + (|b| + e_b) (|v| + e_v))
/// e_t = gamma sum_k ((|c| + e_c) E_t + e_c |s_t|) + gamma_(2K+3) (gamma sum_k (|c| + e_c) (|s_t| + E_t) + |D v|) + |D| e_v
/// </code>
/// e_a is at most 1 (complex: 2) where Delta is positive by its function and Re A negative, since both transitions lie inside the unit circle.
/// kappa as for constant cells, and one more for the product b v. phi by the rule: Delta; or (e^z - 1)/A, whose derivative by Delta is e^z, with its cancellation,
/// 8 u (|a| + 1)/|A|; the bilinear factors have the derivatives A/(1 - z/2)^2 and 1/(1 - z/2)^2.
/// </summary>
internal static class SelectiveCellRounding
{
    public static Approximate[] Of(SelectiveCell cell, Approximate[] v, LayerProbe[] traces, Arithmetic arithmetic)
    {
        int values = cell.ValueWidth, modes = cell.KeyWidth;
        double kappa = cell.Field == Field.Complex ? 6 : 3;
        var deviation = new double[cell.Count * modes * values];
        var outputs = new Approximate[v.Length];
        for (int t = 0; t < v.Length; t++)
        {
            StepErrors step = StepErrors.Of(cell, v[t], arithmetic);
            LayerProbe trace = traces[t];
            var error = new double[cell.OutputWidth];
            for (int i = 0; i < error.Length; i++)
            {
                int g = i / values;
                double skip = cell.Skip is null ? 0 : Math.Abs(arithmetic.Stored(cell.Skip.Values[g]));
                double magnitude = skip * v[t].Magnitude(i);
                error[i] = skip * v[t].Error[i];
                for (int k = 0; k < modes; k++)
                {
                    int mode = (g * modes) + k;
                    int at = (mode * values) + (i % values);
                    double before = deviation[at];
                    double a = Complex.Abs(trace.Transition[mode]) + step.A[mode];
                    double b = Complex.Abs(trace.InputWeight[mode]) + step.B[mode];
                    double c = Complex.Abs(trace.OutputWeight[mode]) + (cell.Gamma * step.C[mode]);
                    double old = Complex.Abs(trace.StateBefore[at]);
                    deviation[at] = (a * before) + (step.A[mode] * old) + (step.B[mode] * Math.Abs(v[t].Value[i])) + (b * v[t].Error[i])
                        + (kappa * arithmetic.Unit * ((a * (old + before)) + (b * v[t].Magnitude(i))));
                    (double read, double readDeviation) = cell.Order == ReadOrder.PostUpdate
                        ? (Complex.Abs(trace.State[at]), deviation[at])
                        : (old, before);
                    error[i] += (c * readDeviation) + (cell.Gamma * step.C[mode] * read);
                    magnitude += c * (read + readDeviation);
                }

                error[i] += arithmetic.Gamma((2 * modes) + 3) * magnitude;
            }

            outputs[t] = new Approximate(trace.Readout, error);
        }

        return outputs;
    }
}
