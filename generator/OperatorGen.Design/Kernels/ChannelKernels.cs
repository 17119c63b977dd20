using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The impulse responses of a layer's readouts to a signal x that enters its cells as v = drive x,
/// <c>K_h(tau) = Re sum_n c_hn (sum_i b_ni drive_i) lambda_n^tau + D_h drive [tau = 0]</c>: of one input of the cells, or through a column of the encoder.
/// </summary>
public static class ChannelKernels
{
    /// <summary>K_h(0) to K_h(length - 1).</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="readout">h.</param>
    /// <param name="drive">[input].</param>
    /// <param name="length">How many lags.</param>
    /// <exception cref="InvalidOperationException">A mode runs backward in time, so that there are responses before the impulse.</exception>
    public static double[] Of(ModeBank bank, int readout, IReadOnlyList<double> drive, int length)
    {
        if (!bank.IsCausal)
        {
            throw new InvalidOperationException("A mode runs backward in time: its readout answers to samples that come later, so that the kernel has negative lags too. TwoSided has both.");
        }

        var impulse = new double[length];
        impulse.AsSpan(0, Math.Min(length, 1)).Fill(1);
        return ModeSeries.Readouts(bank.Along(readout, drive), impulse, length);
    }

    /// <summary>K_h(-(length - 1)) to K_h(length - 1): a negative lag is a sample that comes later, which only modes that run backward answer to.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="readout">h.</param>
    /// <param name="drive">[input].</param>
    /// <param name="length">How many lags on each side, that of 0 counted on both; at least 1.</param>
    /// <returns>[lag + length - 1].</returns>
    public static double[] TwoSided(ModeBank bank, int readout, IReadOnlyList<double> drive, int length)
    {
        var impulse = new double[(2 * length) - 1];
        impulse[length - 1] = 1;
        return ModeSeries.Readouts(bank.Along(readout, drive), impulse, impulse.Length);
    }

    /// <summary>The drive that is one input of the cells alone.</summary>
    /// <param name="bank">The modes.</param>
    /// <param name="input">i.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public static double[] Input(ModeBank bank, int input)
    {
        if ((uint)input >= (uint)bank.Inputs)
        {
            throw new ArgumentOutOfRangeException(nameof(input), $"The cells have {bank.Inputs} inputs.");
        }

        var drive = new double[bank.Inputs];
        drive[input] = 1;
        return drive;
    }

    /// <summary>
    /// The drive that is one input of the model: what encoder and an affine norm before the first layer make of it. A LayerNorm and an input stage are no
    /// linear maps; they are passed over.
    /// </summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The input channel.</param>
    /// <returns>[input of the first layer's cells].</returns>
    public static double[] Encoded(OperatorDescription operators, int input)
    {
        LayerDescription first = operators.Layers[0];
        var drive = new double[first.Recurrence.Inputs];
        for (int i = 0; i < drive.Length; i++)
        {
            double encoded = operators.Encoder?.Weight(i, input) ?? (i == input ? 1 : 0);
            drive[i] = first.PreNorm is { IsAffine: true } norm ? encoded * norm.Weight(i) : encoded;
        }

        return drive;
    }

    /// <summary>
    /// The response to an input that has always been v and, where modes run backward, always will be: <c>Re sum_n c_hn (sum_i b_ni v_i) / (1 - lambda_n) + D_h v</c>; of
    /// a block <c>c (1 - T)^-1 b v</c>.
    /// </summary>
    /// <param name="bank">The modes.</param>
    /// <param name="readout">h.</param>
    /// <param name="v">[input].</param>
    /// <exception cref="InvalidOperationException">A wave does not decay.</exception>
    public static double SteadyResponse(ModeBank bank, int readout, IReadOnlyList<double> v)
    {
        ModeBank along = bank.Along(readout, v);
        double sum = along.Skip(0);
        foreach (ModeBlock block in along.Blocks)
        {
            sum += Steady(along, block) ?? throw new InvalidOperationException($"The block of modes {NumberText.Format(block.First)} to {NumberText.Format(block.First + block.Size - 1)} of readout {NumberText.Format(readout)} is not proven to decay, so there is no steady state.");
        }

        for (int n = 0; n < along.WavesPerReadout; n++)
        {
            Wave wave = along[0, n];
            if (along.BlockOf(n) is not null)
            {
                continue;
            }

            if (!(wave.Magnitude < 1))
            {
                throw new InvalidOperationException($"Wave {NumberText.Format(n)} of readout {NumberText.Format(readout)} does not decay (|lambda| = {NumberText.Format(wave.Magnitude)}), so there is no steady state.");
            }

            sum += (wave.Weight / (ComplexNumber.One - wave.Eigenvalue)).Re;
        }

        return sum;
    }

    // Re(c x), (1 - T) x = b, by Gauss elimination with pivots; null where the block does not decay.
    private static double? Steady(ModeBank along, ModeBlock block)
    {
        if (!BlockPowers.Of(block, null).Decays)
        {
            return null;
        }

        int size = block.Size;
        var a = new double[size][]; // [1 - T, Re b, Im b]
        for (int i = 0; i < size; i++)
        {
            a[i] = new double[size + 2];
            for (int j = 0; j < size; j++)
            {
                a[i][j] = (i == j ? 1 : 0) - block[i, j];
            }

            ComplexNumber b = along.Drive(block.First + i, 0);
            (a[i][size], a[i][size + 1]) = (b.Re, b.Im);
        }

        for (int k = 0; k < size; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < size; i++)
            {
                pivot = Math.Abs(a[i][k]) > Math.Abs(a[pivot][k]) ? i : pivot;
            }

            (a[k], a[pivot]) = (a[pivot], a[k]);
            for (int i = 0; i < size; i++)
            {
                double factor = i == k ? 0 : a[i][k] / a[k][k];
                for (int j = k; j < size + 2 && factor != 0; j++)
                {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }

        double sum = 0;
        for (int i = 0; i < size; i++)
        {
            ComplexNumber read = along[0, block.First + i].Weight;
            sum += ((read.Re * a[i][size]) - (read.Im * a[i][size + 1])) / a[i][i];
        }

        return sum;
    }
}
