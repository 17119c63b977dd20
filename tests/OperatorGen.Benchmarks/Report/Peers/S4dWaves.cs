using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report.Peers;

/// <summary>
/// S4D by zero-order hold in double precision, for the graphs and loops of peers:
/// <code>
/// lambda = e^(Delta A)     w = gamma C B (lambda - 1) / A     s_t = lambda s_(t-1) + u_t     y_t = Re sum w s_t + D u_t
/// </code>
/// </summary>
internal sealed class S4dWaves
{
    /// <summary>Takes the numbers of a cell.</summary>
    /// <param name="cell">Modes per channel by zero-order hold, with one readout and a skip.</param>
    public S4dWaves(ChannelModes cell)
    {
        (Channels, Modes) = (cell.Channels, cell.Modes);
        Lambda = [.. Enumerable.Range(0, Channels * Modes).Select(i => Complex.Exp(cell.Delta.Values[i / Modes] * At(cell.A, i)))];
        Weight = [.. Enumerable.Range(0, Channels * Modes).Select(i => cell.Gamma * At(cell.C, i) * At(cell.B, i) * (Lambda[i] - 1) / At(cell.A, i))];
        Skip = cell.Skip!.Values.ToArray();
    }

    /// <summary>H.</summary>
    public int Channels { get; }

    /// <summary>N, the stored modes of a channel.</summary>
    public int Modes { get; }

    /// <summary>The eigenvalues, [H, N].</summary>
    public Complex[] Lambda { get; }

    /// <summary>The weights, [H, N].</summary>
    public Complex[] Weight { get; }

    /// <summary>D, [H].</summary>
    public double[] Skip { get; }

    /// <summary>The impulse response of a channel, the skip in its first tap.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="steps">How many taps.</param>
    public double[] Kernel(int channel, int steps)
    {
        var kernel = new double[steps];
        for (int n = channel * Modes; n < (channel + 1) * Modes; n++)
        {
            Complex term = Weight[n];
            for (int t = 0; t < steps; t++)
            {
                kernel[t] += term.Real;
                term *= Lambda[n];
            }
        }

        kernel[0] += Skip[channel];
        return kernel;
    }

    /// <summary>The impulse responses of all channels.</summary>
    public IReadOnlyList<double[]> Kernels(int steps) => [.. Enumerable.Range(0, Channels).Select(channel => Kernel(channel, steps))];

    private static Complex At(Tensor tensor, int index) => new(tensor.Values[2 * index], tensor.Values[(2 * index) + 1]);
}
