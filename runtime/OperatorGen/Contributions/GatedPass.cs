using System;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>The Gram matrix of all waves of a layer whose channels interact.</summary>
internal static class GatedPass<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    private const int Run = 64;

    /// <summary>Computes it: columns are [summand, stride], then the gate stream's arguments [stride], then the constant.</summary>
    /// <param name="tables">The waves.</param>
    /// <param name="v">The cells' input, [time, stride].</param>
    /// <param name="noncausal">The waves that are not causal, [time, wave, stride].</param>
    /// <param name="gates">The gate stream's arguments, [time, channels]; empty without.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="omega">The weights of the time steps, none negative.</param>
    /// <param name="totals">Takes the readouts.</param>
    /// <returns>The matrix, and the number of its columns.</returns>
    public static (double[] Gram, int Width) Gram(WaveTables tables, ReadOnlySpan<double> v, ReadOnlySpan<double> noncausal, ReadOnlySpan<double> gates, int channels, ReadOnlySpan<double> omega, ReadoutTotals totals)
    {
        int constant = (tables.Summands + (gates.IsEmpty ? 0 : 1)) * tables.Stride;
        int width = (constant + GramMatrix<TSimd, TVector>.Block) / GramMatrix<TSimd, TVector>.Block * GramMatrix<TSimd, TVector>.Block;
        var gram = new double[width * width];
        var rows = new double[Run * width];
        var readouts = new double[Run * tables.Stride];
        var states = new double[tables.States];
        int others = (tables.Modes - tables.CausalModes) * tables.Stride;
        Span<double> roots = stackalloc double[Run];
        for (int start = 0; start < omega.Length; start += Run)
        {
            int count = Math.Min(Run, omega.Length - start);
            for (int t = 0; t < count; t++)
            {
                roots[t] = Math.Sqrt(omega[start + t]);
                rows[(t * width) + constant] = roots[t];
                for (int c = 0; !gates.IsEmpty && c < channels; c++)
                {
                    rows[(t * width) + (tables.Summands * tables.Stride) + c] = roots[t] * gates[((start + t) * channels) + c];
                }
            }

            for (int channel = 0; channel < tables.Stride; channel += TSimd.Count)
            {
                WavePass<TSimd, TVector>.Run(
                    tables, channel, v.Slice(start * tables.Stride, count * tables.Stride), roots[..count], noncausal.Slice(start * others, count * others), states, rows.AsSpan(channel), width, tables.Stride, readouts.AsSpan(channel), tables.Stride);
            }

            GramMatrix<TSimd, TVector>.Add(rows, count, width, gram);
            totals.Add<TSimd, TVector>(readouts.AsSpan(0, count * tables.Stride), start, omega.Slice(start, count));
        }

        return (gram, width);
    }
}
