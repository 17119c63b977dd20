using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The recurrence <c>s_n(t) = lambda_n s_n(t-1) + v(t)</c> and what is read from it.</summary>
public static class Recurrence
{
    /// <summary>o(t) = sum_n Re(weight_n s_n(t)) + D v(t) of every channel.</summary>
    /// <param name="waves">The waves.</param>
    /// <param name="v">The cells' input, [time, channel].</param>
    /// <param name="steps">The number of time steps.</param>
    /// <returns>[time, channel].</returns>
    public static double[] Readouts(WaveTable waves, double[] v, int steps)
    {
        int channels = waves.Channels;
        var o = new double[steps * channels];
        var re = new double[waves.Modes];
        var im = new double[waves.Modes];
        for (int c = 0; c < channels; c++)
        {
            System.Array.Clear(re, 0, re.Length);
            System.Array.Clear(im, 0, im.Length);
            double skip = waves.Skip(c);
            for (int t = 0; t < steps; t++)
            {
                double input = v[(t * channels) + c];
                double sum = skip * input;
                for (int n = 0; n < re.Length; n++)
                {
                    Wave wave = waves[c, n];
                    double real = (wave.Eigenvalue.Re * re[n]) - (wave.Eigenvalue.Im * im[n]) + input;
                    im[n] = (wave.Eigenvalue.Re * im[n]) + (wave.Eigenvalue.Im * re[n]);
                    re[n] = real;
                    sum += (wave.Weight.Re * real) - (wave.Weight.Im * im[n]);
                }

                o[(t * channels) + c] = sum;
            }
        }

        return o;
    }

    /// <summary>w_n(t) = Re(weight_n s_n(t)) of one wave.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="v">The input, [time, stride]; the wave sees the given column.</param>
    /// <param name="column">The column.</param>
    /// <param name="stride">Elements of a row.</param>
    /// <param name="steps">The number of time steps.</param>
    /// <returns>[time].</returns>
    public static double[] Of(Wave wave, double[] v, int column, int stride, int steps)
    {
        var w = new double[steps];
        ComplexNumber state = ComplexNumber.Zero;
        for (int t = 0; t < steps; t++)
        {
            state = (wave.Eigenvalue * state) + v[(t * stride) + column];
            w[t] = (wave.Weight * state).Re;
        }

        return w;
    }
}
