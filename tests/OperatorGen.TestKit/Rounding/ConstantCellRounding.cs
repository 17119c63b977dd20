using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Constant cells in the form of generated code: <c>s_t = a s_(t-1) + v_t</c>, <c>o_t = Re sum_k w_k s_t + D v_t</c>, w = gamma c b-bar.
/// <para>
/// A computed step is <c>a s + v + delta</c> with <c>|delta|</c> at most <c>kappa u (|a s| + |v|)</c>: kappa = 2 for a real product and sum; for a complex one
/// each part is a sum of three products, 3 u (|a_re s_re| + |a_im s_im| + |v|), and both parts together stay below 3 sqrt 2 u (|a s| + |v|), so kappa = 5.
/// Where constants may differ by e_a, e_a |s| is added. The deviation from the reference follows the same recurrence:
/// <code>
/// E_t = |a| E_(t-1) + kappa u (|a s_(t-1)| + |v_t|) + e_a |s_(t-1)|
/// e_t = sum_k (|w_k| E_t + e_w |s_t|) + gamma_(2K+2) (sum_k |w_k| |s_t| + |D v_t|) + sum_j |K_j| e_v(t-j)
/// </code>
/// K is the kernel, with D at lag 0: an error of the input is an input itself, and passes through the linear recurrence as such.
/// </para>
/// </summary>
internal static class ConstantCellRounding
{
    // exp, sin, cos, division and products of a discretisation in double: some ulp, and |Delta A| ulp from rounding the exponent; twice, for two computations.
    private const double DoubleUlp = 1.0 / (1L << 52);

    public static Approximate[] Of(Cell cell, Approximate[] v, LayerProbe[] traces, Arithmetic arithmetic)
    {
        int time = v.Length, width = cell.OutputWidth, lag = cell.Order == ReadOrder.PreUpdate ? 1 : 0;
        double kappa = cell.Field == Field.Complex ? 5 : 2;
        double[][] errors = [.. v.Select(_ => new double[width])];
        for (int i = 0; i < width && time > 0; i++)
        {
            int g = i / cell.ValueWidth;
            double skip = cell.Skip is null ? 0 : Math.Abs(arithmetic.Stored(cell.Skip.Values[g]));
            var kernel = new double[time];
            kernel[0] = cell.Skip is null ? 0 : arithmetic.Stored(cell.Skip.Values[g]);
            var magnitudes = new double[time];
            for (int k = 0; k < cell.KeyWidth; k++)
            {
                (Complex a, double aError, Complex w, double wError) = Mode(cell, g, k, arithmetic);
                double deviation = 0;
                Complex state = Complex.Zero;
                Complex power = w;
                for (int t = 0; t < time; t++)
                {
                    Complex next = (a * state) + v[t].Value[i];
                    double rounding = kappa * arithmetic.Unit * ((Complex.Abs(a) * (Complex.Abs(state) + deviation)) + v[t].Magnitude(i));
                    double nextDeviation = ((Complex.Abs(a) + aError) * deviation) + rounding + (aError * Complex.Abs(state));
                    (Complex read, double readDeviation) = lag == 0 ? (next, nextDeviation) : (state, deviation);
                    errors[t][i] += (Complex.Abs(w) * readDeviation) + (wError * (Complex.Abs(read) + readDeviation));
                    magnitudes[t] += Complex.Abs(w) * (Complex.Abs(read) + readDeviation);
                    if (t + lag < time)
                    {
                        kernel[t + lag] += power.Real;
                    }

                    power *= a;
                    state = next;
                    deviation = nextDeviation;
                }
            }

            AddInput(errors, i, kernel, v);
            for (int t = 0; t < time; t++)
            {
                errors[t][i] += arithmetic.Gamma((2 * cell.KeyWidth) + 2) * (magnitudes[t] + (skip * v[t].Magnitude(i)));
            }
        }

        return [.. errors.Select((error, t) => new Approximate(traces[t].Readout, error))];
    }

    /// <summary>Adds sum_j |K_j| e_v(t-j).</summary>
    private static void AddInput(double[][] errors, int i, double[] kernel, Approximate[] v)
    {
        for (int from = 0; from < v.Length; from++)
        {
            double e = v[from].Error[i];
            for (int t = from; e > 0 && t < v.Length; t++)
            {
                errors[t][i] += Math.Abs(kernel[t - from]) * e;
            }
        }
    }

    /// <summary>a and w = gamma c b-bar as stored, and how far the stored values of another double computation can lie away.</summary>
    public static (Complex A, double AError, Complex W, double WError) Mode(Cell cell, int g, int k, Arithmetic arithmetic)
    {
        int mode = (g * cell.KeyWidth) + k;
        Complex eigenvalue = cell.Transition is ScalarTransition scalar ? Number(cell, scalar.A, g) : Number(cell, ((DiagonalTransition)cell.Transition).A, mode);
        Tensor delta = ((ConstantParameter)cell.Delta).Value;
        double step = cell.Rule == DiscretizationRule.None ? 0 : delta.Values[delta.Count == 1 ? 0 : g];
        (Complex a, Complex factor) = Discretization.Of(cell.Rule, step, eigenvalue);
        Complex w = cell.Gamma * Number(cell, cell.C, mode) * factor * Number(cell, cell.B, mode);
        double relative = (16 + (2 * step * Complex.Abs(eigenvalue))) * DoubleUlp;
        return (
            arithmetic.Stored(a),
            cell.Rule == DiscretizationRule.None ? 0 : arithmetic.ConstantError(a, relative * Complex.Abs(a)),
            arithmetic.Stored(w),
            arithmetic.ConstantError(w, 2 * relative * Complex.Abs(w)));
    }

    private static Complex Number(Cell cell, Parameter parameter, int index)
    {
        ReadOnlySpan<double> values = ((ConstantParameter)parameter).Value.Values;
        return cell.Field == Field.Complex ? new Complex(values[2 * index], values[(2 * index) + 1]) : values[index];
    }
}
