using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// Low-rank modes in the form that the compiler chose. The reference stores no constant but D in single precision, so every stored constant is off by a unit roundoff.
/// <para>In eigenvectors: the roundings of modes of one channel each (<see cref="ModeRounding"/>), and what the eigenvectors themselves are off by: they are those of a
/// matrix that differs from A by at most <c>c N kappa u |A|</c> (the QR algorithm and an inverse are backward stable, c some dozens), read and driven with vectors
/// that are off by as much relatively. In the orthonormal basis |A-bar| is at most 1, so that the kernel at lag j is off by at most (j + 2) times that times |c| |b-bar|.</para>
/// <para>As a low-rank step: <see cref="LowRankStepRounding"/>. Both directions: <see cref="BackwardRounding"/>.</para>
/// </summary>
internal sealed class LowRankModesRounding(LowRankModes cell, LayerProbe[] traces, Arithmetic arithmetic)
{
    private const double DoubleUnit = 1.0 / (1L << 53);
    private const double BackwardError = 64;

    // The backward direction as modes that run forward and have no skip.
    private readonly LowRankModes? _backward = cell.Backward is { } read ? cell with { C = read.C, Skip = null, Backward = null } : null;
    private readonly LowRankModes _forward = cell with { Backward = null };
    private readonly LayerProbe[] _reversed = [.. traces.Reverse()];

    /// <summary>The readouts of all steps.</summary>
    public Approximate[] Of(Approximate[] v)
    {
        double[][] errors = Errors(_forward, v, [.. traces.Select(trace => trace.StateBefore)], [.. traces.Select(trace => trace.State)]);
        if (_backward is not null)
        {
            double[][] reversed = Errors(_backward, [.. v.Reverse()], [.. _reversed.Select(trace => trace.BackwardBefore)], [.. _reversed.Select(trace => trace.BackwardState)]);
            errors = BackwardRounding.Added(errors, reversed, cell.Backward!.Delay, traces, arithmetic);
        }

        return [.. errors.Select((error, t) => new Approximate(traces[t].Readout, error))];
    }

    /// <summary>Backwards, as <see cref="CellSensitivity"/> says.</summary>
    public double[][] Backwards(double[][] readout, Sensitivity sensitivity)
    {
        double[][] input = Backwards(_forward, traces, [.. traces.Select(trace => trace.StateBefore)], [.. traces.Select(trace => trace.State)], readout, sensitivity);
        if (_backward is null)
        {
            return input;
        }

        for (int t = 0; t < traces.Length; t++)
        {
            sensitivity.Add(readout[t], [.. readout[t].Select((_, h) => arithmetic.Unit * BackwardRounding.Magnitude(traces[t], h))]);
        }

        double[][] back = Backwards(
            _backward,
            _reversed,
            [.. _reversed.Select(trace => trace.BackwardBefore)],
            [.. _reversed.Select(trace => trace.BackwardState)],
            BackwardRounding.Reversed(readout, cell.Backward!.Delay),
            sensitivity);
        return [.. input.Select((row, t) => row.Select((value, i) => value + back[traces.Length - 1 - t][i]).ToArray())];
    }

    private double[][] Errors(LowRankModes modes, Approximate[] v, Complex[][] before, Complex[][] after)
    {
        var lowering = new LowRankModesLowering(modes);
        if (!IsDiagonal(lowering))
        {
            return new LowRankStepRounding(modes, before, after, arithmetic).Errors(v);
        }

        double[][] errors = ModeRounding.Errors(Modes(lowering), v, arithmetic);
        double[][] basis = Basis(modes, lowering.Eigenbasis!, v);
        return [.. errors.Select((step, t) => step.Select((error, h) => error + basis[t][h]).ToArray())];
    }

    private double[][] Backwards(LowRankModes modes, LayerProbe[] steps, Complex[][] before, Complex[][] after, double[][] readout, Sensitivity sensitivity)
    {
        var lowering = new LowRankModesLowering(modes);
        if (!IsDiagonal(lowering))
        {
            return new LowRankStepRounding(modes, before, after, arithmetic).Backwards([.. steps.Select(step => step.CellInput)], readout, sensitivity);
        }

        double[][] basis = Basis(modes, lowering.Eigenbasis!, [.. steps.Select(step => Approximate.Exact(step.CellInput))]);
        for (int t = 0; t < steps.Length; t++)
        {
            sensitivity.Add(readout[t], basis[t]);
        }

        return new ModeSensitivity(Modes(lowering), steps, arithmetic).Of(readout, sensitivity);
    }

    private ModeConstants Modes(LowRankModesLowering lowering) =>
        ModeConstants.OfUnrounded(lowering.Eigenbasis!.Cell with { Form = cell.Backward is null ? ScanForm.Counted : ScanForm.StepByStep }, arithmetic);

    private bool IsDiagonal(LowRankModesLowering lowering) => lowering.IsDiagonal(arithmetic.Single ? ElementType.Single : ElementType.Double);

    /// <summary>What the readouts are off by because the eigenvectors are, [time][readout].</summary>
    private static double[][] Basis(LowRankModes modes, LowRankModesEigenbasis eigenbasis, Approximate[] v)
    {
        double[] factors = [.. Enumerable.Range(0, modes.OutputWidth).Select(h =>
        {
            int channel = h % modes.Channels, row = modes.RowOf(channel);
            RealMatrix a = LowRankModesBasis.Transition(modes, row);
            double relative = BackwardError * a.Size * eigenbasis.Bases[row].Condition * DoubleUnit * (1 + (modes.Delta.Values[channel] * a.Frobenius()));
            double c = Length(LowRankModesBasis.OutputCoordinates(modes.C, h, modes.Modes));
            double delta = modes.Delta.Values[channel]; // b-bar = (1 - Delta/2 A)^-1 Delta b
            double[] input = [.. LowRankModesBasis.Coordinates(modes.B, row, modes.Modes).Select(value => delta * value)];
            double b = Length(LinearSolver.Of(RealMatrix.Identity(a.Size).Combined(1, a, -delta / 2))!.Solve(input));
            return relative * c * b;
        })];
        return [.. v.Select((_, t) => factors.Select((factor, h) => factor * Enumerable.Range(0, t + 1).Sum(j => (j + 2) * v[t - j].Magnitude(h % modes.Channels))).ToArray())];
    }

    private static double Length(double[] x) => Math.Sqrt(x.Sum(value => value * value));
}
