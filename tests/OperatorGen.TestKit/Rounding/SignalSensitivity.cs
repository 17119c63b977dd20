using System;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Signals read backwards: the sensitivity to the cells' input v, from that to a signal of it. A signal's own roundings are in the errors of what the cells take from it.
/// Of polar gates, with h = sigmoid(r) / r: <c>h s + h'(r) / r (x s) x</c>, since the derivative is symmetric.
/// </summary>
/// <param name="v">The cells' input.</param>
/// <param name="input">Where the sensitivities to it are summed.</param>
/// <param name="cache">What passes over other outputs left.</param>
/// <param name="arithmetic">The arithmetic of the code under test.</param>
internal sealed class SignalSensitivity(Approximate v, double[] input, StageCache cache, Arithmetic arithmetic)
{
    /// <summary>Adds the sensitivity to v by way of a signal.</summary>
    public void Through(Signal signal, double[] sensitivity)
    {
        var without = new Sensitivity(arithmetic, cache);
        switch (signal)
        {
            case ProjectedSignal projected:
                Through(projected.Source, without.Through(projected.Projection, ValueOf(projected.Source), new double[projected.Width], sensitivity));
                break;
            case SlicedSignal sliced:
                var whole = new double[sliced.Source.Width];
                sensitivity.CopyTo(whole, sliced.Start);
                Through(sliced.Source, whole);
                break;
            case MappedSignal mapped:
                Through(mapped.Source, without.Through(mapped.Function, ValueOf(mapped.Source), sensitivity));
                break;
            case AffineSignal affine:
                Through(affine.Source, Array.ConvertAll(sensitivity, s => affine.Factor * s));
                break;
            case ClampedSignal clamped:
                double[] x = ValueOf(clamped.Source);
                var inside = new double[sensitivity.Length];
                for (int i = 0; i < x.Length; i++)
                {
                    inside[i] = x[i] > clamped.Lower && x[i] < clamped.Upper ? sensitivity[i] : 0;
                }

                Through(clamped.Source, inside);
                break;
            case PolarSignal polar:
                Through(polar.Source, Polar(ValueOf(polar.Source), sensitivity));
                break;
            default:
                for (int i = 0; i < input.Length; i++)
                {
                    input[i] += sensitivity[i];
                }

                break;
        }
    }

    /// <summary>The numbers of a signal.</summary>
    public double[] ValueOf(Signal signal) => cache.Of(signal, v, () => SignalRounding.Of(signal, v, arithmetic)).Value;

    private static double[] Polar(double[] x, double[] sensitivity)
    {
        var to = new double[x.Length];
        for (int i = 0; i < x.Length; i += 2)
        {
            double r = double.Hypot(x[i], x[i + 1]), size = DecoderFormulas.Sigmoid(r);
            double h = size / r, slope = ((size * (1 - size)) - h) / r, along = ((x[i] * sensitivity[i]) + (x[i + 1] * sensitivity[i + 1])) / r;
            (to[i], to[i + 1]) = ((h * sensitivity[i]) + (slope * along * x[i]), (h * sensitivity[i + 1]) + (slope * along * x[i + 1]));
        }

        return to;
    }
}
