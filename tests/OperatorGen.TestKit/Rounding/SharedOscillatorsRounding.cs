using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Oscillators in the form of generated code: <c>u_t = sum_i b_i v_i</c> over I inputs, <c>(z, x)_t = M (z, x)_(t-1) + f u_t</c>, <c>o_t = Re sum_p c_p x_p + D v</c>.
/// <para>
/// Drive: off by at most <c>gamma_I sum_i |b_i| |v_i|</c>, as <see cref="ModeRounding"/> says.
/// </para>
/// <para>
/// Scan: real and imaginary part of z and of x are sums of three products each, in which no product passes more than four roundings: off by at most
/// <c>gamma_4 (|M_1| |z| + |M_2| |x| + |f| |u|)</c>, the two parts together, since the length of a sum is at most the sum of the lengths. Where constants may differ
/// by e, the same with e in the place of gamma_4 M is added. With delta_k = (delta_z, delta_x) all of that at step k, |.| taken element by element,
/// <code>
/// E_t = sum_(k &lt;= t) |M^(t-k)| delta_k
/// </code>
/// The powers of M themselves and not those of |M|, which grow where M does not.
/// </para>
/// <para>
/// Read: <c>e_t = sum_p |c_p| E_t + gamma_(2P+2) (sum_p |c_p| |x_t| + |D v_t|) + sum_i sum_j |K_i(j)| e_v,i(t-j)</c>.
/// </para>
/// </summary>
internal static class SharedOscillatorsRounding
{
    public static Approximate[] Of(SharedOscillators cell, Approximate[] v, LayerProbe[] traces, Arithmetic arithmetic)
    {
        var constants = new OscillatorConstants(cell, arithmetic);
        ScannedOscillator[] scans = [.. Enumerable.Range(0, constants.Count).Select(p => ScannedOscillator.Of(constants, p, v, arithmetic))];
        double[][] errors = [.. v.Select((step, t) => Reads(constants, scans, step, t, arithmetic))];
        for (int i = 0; i < constants.Inputs; i++)
        {
            if (v.Any(step => step.Error[i] > 0))
            {
                AddInput(constants, errors, i, v);
            }
        }

        return [.. errors.Select((error, t) => new Approximate(traces[t].Readout, error))];
    }

    /// <summary>What the readouts of a step take from the deviations of the states and round themselves.</summary>
    public static double[] Reads(OscillatorConstants constants, ScannedOscillator[] scans, Approximate v, int t, Arithmetic arithmetic)
    {
        double sum = arithmetic.Gamma((2 * constants.Count) + 2);
        var errors = new double[constants.Readouts];
        for (int h = 0; h < errors.Length; h++)
        {
            double magnitude = Math.Abs(constants.Skip(h)) * v.Magnitude(h % constants.Inputs);
            for (int p = 0; p < scans.Length; p++)
            {
                double c = Complex.Abs(constants.C(h, p));
                errors[h] += c * scans[p].Deviation[t];
                magnitude += c * (Complex.Abs(scans[p].Position[t]) + scans[p].Deviation[t]);
            }

            errors[h] += sum * magnitude;
        }

        return errors;
    }

    /// <summary>Adds sum_j |K(j)| e_v(t-j) of one input.</summary>
    private static void AddInput(OscillatorConstants constants, double[][] errors, int input, Approximate[] v)
    {
        for (int h = 0; h < constants.Readouts; h++)
        {
            double[] kernel = constants.Kernel(h, input, v.Length);
            for (int from = 0; from < v.Length; from++)
            {
                for (int t = from; t < v.Length; t++)
                {
                    errors[t][h] += Math.Abs(kernel[t - from]) * v[from].Error[input];
                }
            }
        }
    }
}
