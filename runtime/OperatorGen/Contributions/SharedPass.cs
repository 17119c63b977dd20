using System;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OperatorGen.Analysis;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>
/// All sums over time of a layer with shared modes, a run of time steps after another: the drive is a small matrix product, the recurrence has modes as lanes,
/// the readouts are a matrix product again,
/// <code>
/// x = v B',   s_n(t) = lambda_n s_n(t-1) + x_n(t),   o = Re(s C') + D v
/// </code>
/// States, skips and gate arguments are then multiplied by sqrt(omega_t), so that their Gram matrix is symmetric.
/// </summary>
internal static class SharedPass<TSimd, TVector>
    where TSimd : ISimd<TVector, double>
    where TVector : struct
{
    private const int Run = 64;

    /// <summary>Computes the sums.</summary>
    /// <param name="tables">The modes.</param>
    /// <param name="layout">The columns.</param>
    /// <param name="v">The cells' input, [time, input].</param>
    /// <param name="noncausal">The states of modes that are not causal, [time, (part, mode)]; empty where there are none.</param>
    /// <param name="gates">The gate stream's arguments, [time, readout]; empty without.</param>
    /// <param name="omega">The weights of the time steps, none negative.</param>
    /// <param name="totals">Takes the readouts.</param>
    public static SharedGram Sums(SharedTables tables, SharedLayout layout, ReadOnlySpan<double> v, ReadOnlySpan<double> noncausal, ReadOnlySpan<double> gates, ReadOnlySpan<double> omega, ReadoutTotals totals)
    {
        int columns = layout.Columns;
        var sums = new SharedGram(columns);
        var states = new double[tables.States];
        var scratch = AlignedScratch.Rent();
        Span<double> rows = scratch.Take(Run * columns);
        Span<double> driven = scratch.Take(Run * tables.Width);
        Span<double> readouts = scratch.Take(Run * tables.ReadoutStride);
        rows.Clear();
        for (int start = 0; start < omega.Length; start += Run)
        {
            int count = Math.Min(Run, omega.Length - start);
            ReadOnlySpan<double> weights = omega.Slice(start, count);
            ReadOnlySpan<double> inputs = v.Slice(start * tables.Inputs, count * tables.Inputs);
            Drive(tables, inputs, driven);
            Scan(tables, driven, count, states);
            Replace(tables, driven, noncausal, start, count);
            readouts.Clear();
            int kept = 0;
            for (int t = 0; t < count; t++)
            {
                Span<double> d = readouts.Slice(t * tables.ReadoutStride, tables.Readouts);
                Skips(tables, inputs.Slice(t * tables.Inputs, tables.Inputs), d);
                if (weights[t] == 0)
                {
                    continue;
                }

                double root = Math.Sqrt(weights[t]);
                Span<double> row = rows.Slice(kept++ * columns, columns);
                TensorPrimitives.Multiply(driven.Slice(t * tables.Width, tables.Width), root, row);
                if (tables.Skip.Length > 0)
                {
                    TensorPrimitives.Multiply(d, root, row[layout.SkipColumn..]);
                }

                if (!gates.IsEmpty)
                {
                    TensorPrimitives.Multiply(gates.Slice((start + t) * tables.Readouts, tables.Readouts), root, row[layout.GateColumn..]);
                }

                TensorPrimitives.MultiplyAdd(row, root, sums.Singles, sums.Singles);
            }

            GramMatrix<TSimd, TVector>.Add(rows, kept, columns, sums.Products);

            // On top of the skips.
            MatrixProduct<TSimd, TVector>.Add(driven, tables.Width, count, tables.Width, tables.Reads, readouts, tables.ReadoutStride);
            totals.Add<TSimd, TVector>(readouts[..(count * tables.ReadoutStride)], start, weights);
        }

        scratch.Return();
        return sums;
    }

    /// <summary>What states and skips are when the model's input is silent, summed over time; in the columns of the layout, gate arguments 0.</summary>
    /// <param name="tables">The modes.</param>
    /// <param name="layout">The columns.</param>
    /// <param name="v">The cells' input for a silent input, [time, input], or one row that holds at all times.</param>
    /// <param name="noncausal">The states of modes that are not causal, [time, (part, mode)]; empty where there are none.</param>
    /// <param name="omega">The weights of the time steps.</param>
    public static double[] Bias(SharedTables tables, SharedLayout layout, ReadOnlySpan<double> v, ReadOnlySpan<double> noncausal, ReadOnlySpan<double> omega)
    {
        var sums = new double[layout.Columns];
        var states = new double[tables.States];
        var driven = new double[Run * tables.Width];
        var d = new double[tables.Readouts];
        bool constant = v.Length == tables.Inputs;
        for (int start = 0; start < omega.Length; start += Run)
        {
            int count = Math.Min(Run, omega.Length - start);
            if (constant)
            {
                Drive(tables, v, driven);
                for (int t = 1; t < count; t++)
                {
                    Array.Copy(driven, 0, driven, t * tables.Width, tables.Width);
                }
            }
            else
            {
                Drive(tables, v.Slice(start * tables.Inputs, count * tables.Inputs), driven);
            }

            Scan(tables, driven, count, states);
            Replace(tables, driven, noncausal, start, count);
            for (int t = 0; t < count; t++)
            {
                double weight = omega[start + t];
                TensorPrimitives.MultiplyAdd(driven.AsSpan(t * tables.Width, tables.Width), weight, sums.AsSpan(0, tables.Width), sums.AsSpan(0, tables.Width));
                if (tables.Skip.Length > 0)
                {
                    Skips(tables, v.Slice(constant ? 0 : (start + t) * tables.Inputs, tables.Inputs), d);
                    Span<double> target = sums.AsSpan(layout.SkipColumn, d.Length);
                    TensorPrimitives.MultiplyAdd(d, weight, target, target);
                }
            }
        }

        return sums;
    }

    /// <summary>The states of modes that are not causal, which the scan has no right ones of.</summary>
    private static void Replace(SharedTables tables, Span<double> states, ReadOnlySpan<double> noncausal, int start, int count)
    {
        foreach (int m in tables.Noncausal)
        {
            for (int column = m; column < tables.Width; column += tables.PartWidth)
            {
                for (int t = 0; t < count; t++)
                {
                    states[(t * tables.Width) + column] = noncausal[((start + t) * tables.Width) + column];
                }
            }
        }
    }

    /// <summary>x = v B' of some steps.</summary>
    private static void Drive(SharedTables tables, ReadOnlySpan<double> v, Span<double> driven)
    {
        int count = v.Length / tables.Inputs;
        driven[..(count * tables.Width)].Clear();
        MatrixProduct<TSimd, TVector>.Add(v, tables.Inputs, count, tables.Inputs, tables.Drive, driven, tables.Width);
    }

    /// <summary>d_h = D_h v_(h mod inputs) of one step.</summary>
    private static void Skips(SharedTables tables, ReadOnlySpan<double> v, Span<double> d)
    {
        for (int start = 0; start < tables.Skip.Length; start += v.Length)
        {
            TensorPrimitives.Multiply(v, tables.Skip.AsSpan(start, v.Length), d[start..]);
        }
    }

    /// <summary>States in the place of their drives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scan(SharedTables tables, Span<double> driven, int steps, double[] states)
    {
        ref double x = ref MemoryMarshal.GetReference(driven);
        var width = (nuint)tables.Width;
        for (int n = 0; n < tables.PartWidth; n += TSimd.Count)
        {
            TVector lr = TSimd.Load(ref tables.EigenvaluesRe[n], 0), li = TSimd.Load(ref tables.EigenvaluesIm[n], 0);
            TVector re = TSimd.Load(ref states[n], 0);
            var at = (nuint)n;
            if (tables.Parts == 1)
            {
                for (int t = 0; t < steps; t++)
                {
                    re = TSimd.MultiplyAdd(lr, re, TSimd.Load(ref x, at));
                    TSimd.Store(re, ref x, at);
                    at += width;
                }
            }
            else
            {
                var part = (nuint)tables.PartWidth;
                TVector im = TSimd.Load(ref states[n], part);
                for (int t = 0; t < steps; t++)
                {
                    TVector real = TSimd.NegateMultiplyAdd(li, im, TSimd.MultiplyAdd(lr, re, TSimd.Load(ref x, at)));
                    im = TSimd.MultiplyAdd(li, re, TSimd.MultiplyAdd(lr, im, TSimd.Load(ref x, at + part)));
                    re = real;
                    TSimd.Store(re, ref x, at);
                    TSimd.Store(im, ref x, at + part);
                    at += width;
                }

                TSimd.Store(im, ref states[n], part);
            }

            TSimd.Store(re, ref states[n], 0);
        }

        // What blocks that are not causal leave here is replaced.
        foreach (ModeBlock block in tables.Blocks)
        {
            for (int part = 0; part < tables.Parts; part++)
            {
                int first = (part * tables.PartWidth) + block.First;
                Span<double> state = states.AsSpan(tables.Width + first, block.Size);
                for (int t = 0; t < steps; t++)
                {
                    Span<double> next = driven.Slice((t * tables.Width) + first, block.Size);
                    block.AddProduct(state, next);
                    next.CopyTo(state);
                }
            }
        }
    }
}
