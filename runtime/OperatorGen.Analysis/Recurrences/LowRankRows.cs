using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Makes a bank of modes out of the tables of a low-rank step. The state of a channel is a block of 2 N real components, the real and imaginary parts of its N
/// stored modes, <c>Re s_0, Im s_0, Re s_1, ...</c>:
/// <code>
/// s_t[n] = lambda_n s_{t-1}[n] - sum_r p_rn f_r + b_n v_t     f_r = Re(sum_k h_rk s_{t-1}[k])     o_t = Re(sum_n w_n s_t[n]) + D v_t
/// </code>
/// A component's eigenvalue is lambda_n or its conjugate, of the diagonal part alone.
/// </summary>
public static class LowRankRows
{
    /// <summary>The bank.</summary>
    /// <param name="channels">The number of channels.</param>
    /// <param name="modes">N, the stored modes of a channel.</param>
    /// <param name="rank">The number of r.</param>
    /// <param name="eigenvalues">lambda, [mode, part, channel].</param>
    /// <param name="feedback">p, [mode, rank, part, channel].</param>
    /// <param name="heard">h, [mode, rank, part, channel].</param>
    /// <param name="drive">b, [mode, part, channel].</param>
    /// <param name="weights">w, [mode, part, readout]; readout r of channel c is number r channels + c.</param>
    /// <param name="skip">D, [readout]; null: none.</param>
    /// <exception cref="System.ArgumentException">The lengths do not fit.</exception>
    public static ModeBank Bank(int channels, int modes, int rank, double[] eigenvalues, double[] feedback, double[] heard, double[] drive, double[] weights, double[]? skip)
    {
        int size = 2 * modes;
        int readouts = weights.Length / size;
        var lambda = new ComplexNumber[channels * size];
        var inputs = new ComplexNumber[channels * size];
        var reads = new ComplexNumber[readouts * size];
        var blocks = new List<ModeBlock>();
        for (int c = 0; c < channels; c++)
        {
            var transition = new double[size * size];
            for (int n = 0; n < modes; n++)
            {
                (double re, double im) = (eigenvalues[(2 * n * channels) + c], eigenvalues[(((2 * n) + 1) * channels) + c]);
                int first = (c * size) + (2 * n);
                (lambda[first], lambda[first + 1]) = (new(re, im), new(re, -im));
                (inputs[first], inputs[first + 1]) = (drive[(2 * n * channels) + c], drive[(((2 * n) + 1) * channels) + c]);
                int diagonal = (2 * n * size) + (2 * n);
                (transition[diagonal], transition[diagonal + 1]) = (re, -im);
                (transition[diagonal + size], transition[diagonal + size + 1]) = (im, re);
            }

            for (int row = 0; row < size; row++)
            {
                for (int column = 0; column < size; column++)
                {
                    for (int r = 0; r < rank; r++)
                    {
                        double h = heard[Coupled(column, r)];
                        transition[(row * size) + column] -= feedback[Coupled(row, r)] * (column % 2 == 0 ? h : -h);
                    }
                }
            }

            blocks.Add(new ModeBlock(c * size, size, new EquatableArray<double>(transition)));

            int Coupled(int component, int r) => (((((component / 2 * rank) + r) * 2) + (component % 2)) * channels) + c;
        }

        for (int h = 0; h < readouts; h++)
        {
            for (int component = 0; component < size; component++)
            {
                double w = weights[(component * readouts) + h];
                reads[(h * size) + component] = component % 2 == 0 ? w : -w;
            }
        }

        return ModeBank.PerChannel(channels, lambda, reads, skip, null, blocks, inputs);
    }
}
