using System;
using System.Linq;
using System.Numerics;

namespace OperatorGen.TestKit;

/// <summary>
/// Modes, of one channel each or shared by all, in the form of generated code (<see cref="ModeConstants"/>):
/// <c>x_t = sum_i b_i v_i</c> over the I inputs of the mode, <c>s_t = a s_(t-1) + x_t</c>, <c>o_t = Re sum_n c_n s_n + D v</c> over the N modes of the readout.
/// <para>
/// Drive: real and imaginary part of x are sums of I products each, off by at most <c>gamma_I sum_i |Re b_i| |v_i|</c> and the same with Im; the length of the
/// two together is at most <c>gamma_I sum_i |b_i| |v_i|</c>, since the length of a sum is at most the sum of the lengths. Where b = 1, x is the input: I = 0.
/// </para>
/// <para>
/// Scan: a computed step is <c>a s + x + delta</c> with <c>|delta|</c> at most <c>kappa u (|a s| + |x|)</c>: kappa = 2 for a real product and sum; for a complex
/// one each part is a sum of three, 3 u (|a_re s_re| + |a_im s_im| + |x_re|), and both parts together stay below 3 sqrt 2 u (|a s| + |x|), so kappa = 5. |x| is
/// at most <c>sum_i |b_i| |v_i|</c>. Where constants may differ by e_a and e_b, e_a |s| and sum_i e_b |v_i| are added. The deviation follows the same recurrence:
/// <code>
/// E_t = |a| E_(t-1) + kappa u (|a s_(t-1)| + sum_i |b_i| |v_i|) + e_a |s_(t-1)| + gamma_I sum_i |b_i| |v_i| + sum_i e_b |v_i|
/// </code>
/// </para>
/// <para>
/// Read: a readout is the sum of 2N + 1 products at most (real and imaginary part of each mode, and D v):
/// <code>
/// e_t = sum_n (|c_n| E_t + e_c |s_t|) + gamma_(2N+2) (sum_n |c_n| |s_t| + |D v_t|) + sum_i sum_j |K_i(j)| e_v,i(t-j)
/// </code>
/// K_i is the kernel from input i, with D at lag 0: an error of the input is an input itself, and passes through the linear recurrence as such.
/// </para>
/// <para>Modes that are evaluated two steps at a time have their own scan and count of roundings: <see cref="LookAheadRounding"/>.</para>
/// </summary>
internal static class ModeRounding
{
    /// <summary>How far the readouts can be from those of the reference, [time][readout].</summary>
    public static double[][] Errors(ModeConstants modes, Approximate[] v, Arithmetic arithmetic)
    {
        ScannedMode[] scans = [.. Enumerable.Range(0, modes.Count).Select(m => ScannedMode.Of(modes, m, v, arithmetic))];
        double[][] errors = [.. v.Select((step, t) => Reads(modes, scans, step, t, arithmetic))];
        for (int i = 0; i < modes.Inputs; i++)
        {
            if (v.Any(step => step.Error[i] > 0))
            {
                AddInput(modes, errors, i, v);
            }
        }

        return errors;
    }

    /// <summary>What the readouts of a step take from the deviations of the states and round themselves.</summary>
    public static double[] Reads(ModeConstants modes, ScannedMode[] scans, Approximate v, int t, Arithmetic arithmetic)
    {
        double sum = arithmetic.Gamma(modes.LooksAhead ? LookAheadRounding.ReadRoundings(modes.ModesPerReadout) : (2 * modes.ModesPerReadout) + 2);
        var errors = new double[modes.Readouts];
        for (int h = 0; h < errors.Length; h++)
        {
            double magnitude = Math.Abs(modes.Skip(h)) * v.Magnitude(h % modes.Inputs);
            for (int n = 0; n < modes.ModesPerReadout; n++)
            {
                ScannedMode scan = scans[modes.ModeOf(h, n)];
                StoredNumber c = modes.C(h, n);
                double size = scan.Read[t] + scan.Deviation[t];
                errors[h] += (c.Size * scan.Deviation[t]) + (c.Error * size);
                magnitude += c.Size * size;
            }

            errors[h] += sum * magnitude;
        }

        return errors;
    }

    /// <summary>Adds sum_j |K(j)| e_v(t-j) of one input.</summary>
    private static void AddInput(ModeConstants modes, double[][] errors, int input, Approximate[] v)
    {
        foreach (int h in modes.ReadoutsFrom(input))
        {
            double[] kernel = modes.Kernel(h, input, v.Length);
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
