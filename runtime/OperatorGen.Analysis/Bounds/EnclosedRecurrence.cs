using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The readouts of a sequence with proven errors. The state of a wave is a complex double and a radius E, so that rotations do not widen it:
/// <code>
/// E_t = |lambda| E_(t-1) + e_v + 6 u (|lambda| |s_(t-1)| + |v|)
/// </code>
/// (a complex product is wrong by less than 4 u of its magnitude, the sum by u of its own; e_v is the half width of v). The readout adds |weight| E of every wave,
/// |D| e_v, and (2 n + 6) u of the sum of magnitudes. The radii are computed in double themselves: a factor 1 + 2^-20 covers their own rounding in up to 2^30 steps.
/// </summary>
internal static class EnclosedRecurrence
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const double OwnRounding = 1 + (1.0 / (1 << 20));
    private const double Underflow = 1e-300;

    /// <summary>Contains o, [time, channel].</summary>
    /// <param name="waves">The waves.</param>
    /// <param name="v">The cells' input, [time][channel].</param>
    public static Interval[] Readouts(WaveTable waves, Interval[][] v)
    {
        var o = new Interval[v.Length * waves.Channels];
        for (int c = 0; c < waves.Channels; c++)
        {
            Channel(waves, c, v, o);
        }

        return o;
    }

    private static void Channel(WaveTable waves, int channel, Interval[][] v, Interval[] o)
    {
        int modes = waves.Modes;
        var state = new ComplexNumber[modes];
        var radius = new double[modes];
        var magnitude = new double[modes];
        var weight = new double[modes];
        for (int n = 0; n < modes; n++)
        {
            magnitude[n] = KernelRun.MagnitudeOf(waves[channel, n].Eigenvalue).High;
            weight[n] = Size(waves[channel, n].Weight);
        }

        double skip = waves.Skip(channel);
        for (int t = 0; t < v.Length; t++)
        {
            double middle = v[t][channel].Midpoint;
            double half = Math.Max(v[t][channel].High - middle, middle - v[t][channel].Low) * OwnRounding;
            double sum = skip * middle;
            double error = Math.Abs(skip) * half;
            double size = Math.Abs(sum);
            for (int n = 0; n < modes; n++)
            {
                radius[n] = (magnitude[n] * radius[n]) + half + (6 * UnitRoundoff * ((magnitude[n] * Size(state[n])) + Math.Abs(middle))) + Underflow;
                state[n] = (waves[channel, n].Eigenvalue * state[n]) + middle;
                sum += (waves[channel, n].Weight * state[n]).Re;
                error += weight[n] * radius[n];
                size += weight[n] * Size(state[n]);
            }

            double slack = (error + (((2 * modes) + 6) * UnitRoundoff * size) + Underflow) * OwnRounding;
            o[(t * waves.Channels) + channel] = slack <= double.MaxValue && Math.Abs(sum) <= double.MaxValue ? (Interval)sum + new Interval(-slack, slack) : Interval.Entire;
        }
    }

    // At least |z|.
    private static double Size(ComplexNumber z) => Math.Abs(z.Re) + Math.Abs(z.Im);
}
