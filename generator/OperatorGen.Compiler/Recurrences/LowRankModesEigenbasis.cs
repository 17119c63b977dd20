using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>
/// Low-rank modes in the eigenvectors of A, which are those of A-bar: <c>x = sum_m Re(2 v_m z_m)</c>, one m of each conjugate pair and without the 2 for a real
/// eigenvalue. Each channel then has modes that know nothing of each other,
/// <code>
/// z_t[m] = lambda-bar_m z_{t-1}[m] + (w_m' b)-bar v_t     o_t = Re(sum_m c_m z_t[m]),  c_m = 2 c . v_m, or c . v_m
/// </code>
/// Channels whose eigenvalues are more often real have more modes; those of the others are filled up with modes that nothing drives or reads.
/// </summary>
/// <param name="source">The recurrence.</param>
/// <param name="cell">The same recurrence in eigenvectors.</param>
/// <param name="bases">The eigenvectors, [row].</param>
public sealed class LowRankModesEigenbasis(LowRankModes source, ChannelModes cell, IReadOnlyList<Eigenbasis> bases) : StateBasis
{
    /// <summary>The name of a state in eigenvectors, where the state has one.</summary>
    public const string StateName = "modes";

    private static readonly double s_half = Math.Sqrt(0.5);

    /// <summary>The same recurrence in eigenvectors.</summary>
    public ChannelModes Cell => cell;

    /// <summary>The eigenvectors, [row].</summary>
    public IReadOnlyList<Eigenbasis> Bases => bases;

    /// <summary>At least the greatest condition number of their matrices.</summary>
    public double Condition => bases.Max(basis => basis.Condition);

    /// <summary>The basis; null where a row has none.</summary>
    public static LowRankModesEigenbasis? Of(LowRankModes cell)
    {
        Eigenbasis?[] bases = [.. Enumerable.Range(0, cell.Rows).Select(row => Eigenbasis.Of(LowRankModesBasis.Transition(cell, row)))];
        if (bases.Any(basis => basis is null))
        {
            return null;
        }

        int modes = bases.Max(basis => basis!.Eigenvalues.Count);
        var a = new double[cell.Channels * modes * 2];
        var b = new double[a.Length];
        for (int channel = 0; channel < cell.Channels; channel++)
        {
            int row = cell.RowOf(channel);
            Eigenbasis basis = bases[row]!;
            double[] input = LowRankModesBasis.Coordinates(cell.B, row, cell.Modes);
            for (int m = 0; m < modes; m++)
            {
                int at = 2 * ((channel * modes) + m);
                bool used = m < basis.Eigenvalues.Count;
                Write(a, at, used ? basis.Eigenvalues[m] : -1);
                Write(b, at, used ? basis.Coordinate(m, input) : 0);
            }
        }

        EquatableArray<int> shape = EquatableArray.Of(cell.Channels, modes, 2);
        var diagonal = new ChannelModes(
            cell.Channels,
            modes,
            cell.Reads,
            Field.Complex,
            DiscretizationRule.Bilinear,
            new Tensor(shape, a).From(cell.A, cell.P),
            cell.Delta,
            new Tensor(shape, b).From(cell.B, cell.A, cell.P),
            Reads(cell.C),
            1)
        {
            Backward = cell.Backward is { } backward ? new BackwardRead(Reads(backward.C), backward.Delay) : null,
            Skip = cell.Skip,
            StateName = cell.StateName is null ? null : LowRankModesEigenbasis.StateName,
        };
        return new LowRankModesEigenbasis(cell, diagonal, [.. bases.Select(basis => basis!)]);

        Tensor Reads(Tensor c)
        {
            var reads = new double[cell.Reads * cell.Channels * modes * 2];
            for (int h = 0; h < cell.OutputWidth; h++)
            {
                Eigenbasis basis = bases[cell.RowOf(h % cell.Channels)]!;
                double[] output = LowRankModesBasis.OutputCoordinates(c, h, cell.Modes);
                for (int m = 0; m < basis.Eigenvalues.Count; m++)
                {
                    Write(reads, 2 * ((h * modes) + m), (basis.IsPair(m) ? 2 : 1) * basis.Product(output, m));
                }
            }

            return new Tensor(EquatableArray.Of(cell.Reads, cell.Channels, modes, 2), reads).From(c, cell.A, cell.P);
        }
    }

    /// <inheritdoc/>
    public override string Name => StateName;

    /// <inheritdoc/>
    public override double[] ToModel(ReadOnlySpan<double> state)
    {
        var model = new double[source.Channels * source.Modes * 2];
        for (int channel = 0; channel < source.Channels; channel++)
        {
            Eigenbasis basis = bases[source.RowOf(channel)];
            for (int n = 0; n < source.Modes; n++)
            {
                for (int part = 0; part < 2; part++)
                {
                    double sum = 0;
                    for (int m = 0; m < basis.Eigenvalues.Count; m++)
                    {
                        int at = 2 * ((channel * cell.Modes) + m);
                        sum += (basis.IsPair(m) ? 2 : 1) * (basis.Vector(m, n + (part * source.Modes)) * new ComplexNumber(state[at], state[at + 1])).Re;
                    }

                    model[(2 * ((channel * source.Modes) + n)) + part] = sum * s_half;
                }
            }
        }

        return model;
    }

    /// <inheritdoc/>
    public override double[] FromModel(ReadOnlySpan<double> state)
    {
        var modes = new double[source.Channels * cell.Modes * 2];
        for (int channel = 0; channel < source.Channels; channel++)
        {
            Eigenbasis basis = bases[source.RowOf(channel)];
            double[] x = Coordinates(state, channel);
            for (int m = 0; m < basis.Eigenvalues.Count; m++)
            {
                Write(modes, 2 * ((channel * cell.Modes) + m), basis.Coordinate(m, x));
            }
        }

        return modes;
    }

    /// <summary>z_i = (w_i' x) / (w_i' b-bar) times the chosen b-bar: eigenvectors are alike up to a factor, which the input weights tell.</summary>
    public ComplexNumber[] StateIn(ReadOnlySpan<double> state, ChosenEigenvectors chosen)
    {
        var modes = new ComplexNumber[chosen.Eigenvalues.Length];
        int size = modes.Length / source.Channels;
        for (int i = 0; i < modes.Length; i++)
        {
            int channel = i / size;
            Eigenbasis basis = bases[source.RowOf(channel)];
            double delta = source.Delta.Values[channel];
            double[] b = LowRankModesBasis.Coordinates(source.B, source.RowOf(channel), source.Modes);
            ComplexNumber wanted = chosen.Eigenvalues[i];
            (int nearest, bool conjugate) = Enumerable.Range(0, basis.Eigenvalues.Count).SelectMany(m => new[] { (m, false), (m, true) })
                .OrderBy(pair => (Conjugated(Discretization.Eigenvalue(DiscretizationRule.Bilinear, basis.Eigenvalues[pair.m], delta), pair.Item2) - wanted).Magnitude).First();
            ComplexNumber bBar = Discretization.InputWeight(DiscretizationRule.Bilinear, basis.Eigenvalues[nearest], delta, basis.Coordinate(nearest, b));
            modes[i] = chosen.Inputs[i] * Conjugated(basis.Coordinate(nearest, Coordinates(state, channel)) / bBar, conjugate);
        }

        return modes;
    }

    private static ComplexNumber Conjugated(ComplexNumber z, bool conjugate) => conjugate ? z.Conjugate() : z;

    private double[] Coordinates(ReadOnlySpan<double> state, int channel)
    {
        var x = new double[2 * source.Modes];
        for (int n = 0; n < source.Modes; n++)
        {
            x[n] = state[2 * ((channel * source.Modes) + n)] / s_half;
            x[source.Modes + n] = state[(2 * ((channel * source.Modes) + n)) + 1] / s_half;
        }

        return x;
    }

    private static void Write(double[] table, int at, ComplexNumber z) => (table[at], table[at + 1]) = (z.Re, z.Im);
}
