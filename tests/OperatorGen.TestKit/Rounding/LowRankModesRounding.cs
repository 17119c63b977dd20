using System;
using System.Linq;
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
/// <para>As a low-rank step: <see cref="LowRankStepRounding"/>.</para>
/// </summary>
internal sealed class LowRankModesRounding
{
    private const double DoubleUnit = 1.0 / (1L << 53);
    private const double BackwardError = 64;

    private readonly LowRankModes _cell;
    private readonly LowRankModesLowering _lowering;
    private readonly Arithmetic _arithmetic;
    private readonly bool _diagonal;

    public LowRankModesRounding(LowRankModes cell, Arithmetic arithmetic)
    {
        _cell = cell;
        _arithmetic = arithmetic;
        _lowering = new LowRankModesLowering(cell);
        _diagonal = _lowering.IsDiagonal(arithmetic.Single ? ElementType.Single : ElementType.Double);
    }

    /// <summary>The readouts of all steps.</summary>
    public Approximate[] Of(Approximate[] v, LayerProbe[] traces)
    {
        if (!_diagonal)
        {
            return new LowRankStepRounding(_cell, _arithmetic).Of(v, traces);
        }

        Approximate[] modes = ModeRounding.Of(ModeConstants.OfUnrounded(_lowering.Eigenbasis!.Cell, _arithmetic), v, traces, _arithmetic);
        double[][] basis = Basis(v);
        return [.. modes.Select((step, t) => step with { Error = [.. step.Error.Select((error, h) => error + basis[t][h])] })];
    }

    /// <summary>Backwards, as <see cref="CellSensitivity"/> says.</summary>
    public double[][] Backwards(LayerProbe[] traces, double[][] readout, Sensitivity sensitivity)
    {
        if (!_diagonal)
        {
            return new LowRankStepRounding(_cell, _arithmetic).Backwards(traces, readout, sensitivity);
        }

        double[][] basis = Basis([.. traces.Select(trace => Approximate.Exact(trace.CellInput))]);
        for (int t = 0; t < traces.Length; t++)
        {
            sensitivity.Add(readout[t], basis[t]);
        }

        return sensitivity.Cache.Of(_cell, traces[0], () => new ModeSensitivity(ModeConstants.OfUnrounded(_lowering.Eigenbasis!.Cell, _arithmetic), traces, _arithmetic)).Of(readout, sensitivity);
    }

    /// <summary>What the readouts are off by because the eigenvectors are, [time][readout].</summary>
    private double[][] Basis(Approximate[] v)
    {
        int size = 2 * _cell.Modes;
        return [.. v.Select((_, t) => Enumerable.Range(0, _cell.OutputWidth).Select(h =>
        {
            int channel = h % _cell.Channels, row = _cell.RowOf(channel);
            RealMatrix a = LowRankModesBasis.Transition(_cell, row);
            double relative = BackwardError * size * _lowering.Eigenbasis!.Bases[row].Condition * DoubleUnit * (1 + (_cell.Delta.Values[channel] * a.Frobenius()));
            double c = Length(LowRankModesBasis.OutputCoordinates(_cell.C, h, _cell.Modes));
            double b = Length(LowRankModesBasis.DiscreteInput(a, _cell.Delta.Values[channel], LowRankModesBasis.Coordinates(_cell.B, row, _cell.Modes)));
            return Enumerable.Range(0, t + 1).Sum(j => (j + 2) * v[t - j].Magnitude(channel)) * relative * c * b;
        }).ToArray())];
    }

    private static double Length(double[] x) => Math.Sqrt(x.Sum(value => value * value));
}
