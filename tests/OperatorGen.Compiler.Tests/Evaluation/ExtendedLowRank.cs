using System.Linq;
using OperatorGen.Models;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>
/// Low-rank modes with 320 binary digits: A-bar and B-bar by elimination over all N modes, the stored ones and their conjugates, and the plain recurrence.
/// </summary>
internal static class ExtendedLowRank
{
    /// <summary>The readouts, [time][readout], one readout per channel.</summary>
    public static double[][] Readouts(LowRankModes cell, double[] v)
    {
        int steps = v.Length / cell.Channels;
        var readouts = new double[steps][];
        for (int t = 0; t < steps; t++)
        {
            readouts[t] = new double[cell.Channels];
        }

        for (int c = 0; c < cell.Channels; c++)
        {
            (FixedComplex[,] transition, FixedComplex[] input) = Discrete(cell, c);
            FixedComplex[] output = Full(cell.C, c, cell.Modes);
            var state = new FixedComplex[input.Length];
            FixedComplex skip = FixedComplex.Of(cell.Skip!.Values[c], 0);
            for (int t = 0; t < steps; t++)
            {
                FixedComplex u = FixedComplex.Of(v[(t * cell.Channels) + c], 0);
                state = [.. Enumerable.Range(0, state.Length).Select(n => Enumerable.Range(0, state.Length).Aggregate(input[n] * u, (sum, k) => sum + (transition[n, k] * state[k])))];
                readouts[t][c] = Enumerable.Range(0, state.Length).Aggregate(skip * u, (sum, n) => sum + (output[n] * state[n])).ToDouble();
            }
        }

        return readouts;
    }

    private static (FixedComplex[,] Transition, FixedComplex[] Input) Discrete(LowRankModes cell, int channel)
    {
        int row = cell.RowOf(channel), size = 2 * cell.Modes;
        FixedComplex[] lambda = Full(cell.A, row, cell.Modes), p = Full(cell.P, row, cell.Modes), b = Full(cell.B, row, cell.Modes);
        FixedComplex half = FixedComplex.Of(cell.Delta.Values[channel] / 2, 0);
        var system = new FixedComplex[size, (2 * size) + 1]; // 1 - Delta/2 A | 1 + Delta/2 A | Delta B
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                FixedComplex a = half * ((i == j ? lambda[i] : default) - (p[i] * p[j].Conjugate));
                FixedComplex one = i == j ? FixedComplex.One : default;
                (system[i, j], system[i, size + j]) = (one - a, one + a);
            }

            system[i, 2 * size] = half * (b[i] + b[i]);
        }

        for (int k = 0; k < size; k++)
        {
            FixedComplex pivot = system[k, k];
            for (int j = k; j <= 2 * size; j++)
            {
                system[k, j] /= pivot;
            }

            for (int i = 0; i < size; i++)
            {
                FixedComplex factor = system[i, k];
                for (int j = k; i != k && j <= 2 * size; j++)
                {
                    system[i, j] -= factor * system[k, j];
                }
            }
        }

        var transition = new FixedComplex[size, size];
        for (int i = 0; i < size * size; i++)
        {
            transition[i / size, i % size] = system[i / size, size + (i % size)];
        }

        return (transition, [.. Enumerable.Range(0, size).Select(i => system[i, 2 * size])]);
    }

    private static FixedComplex[] Full(Tensor tensor, int row, int modes)
    {
        FixedComplex[] stored = [.. Enumerable.Range(row * modes, modes).Select(i => FixedComplex.Of(tensor.Values[2 * i], tensor.Values[(2 * i) + 1]))];
        return [.. stored, .. stored.Select(z => z.Conjugate)];
    }
}
