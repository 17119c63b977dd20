using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// The errors of the gates a of selective cells at one time step, [G, K].
/// <code>
/// a = e^z           e_a = |a| e^(e_z) (e_z + 8 u)                     since e^x - 1 is at most x e^x; the exponential is within 2 ulp on both sides
/// z = Delta A       e_z = |A| (e_Delta + 2 u |Delta|)
/// complex A: the size |a| = e^(Re z) as above with Re A, and the angle is off by d = |Im A| (e_Delta + 2 u |Delta|) + 8 u, with sine and cosine within 2 ulp:
///                   e_a = e_size + (|a| + e_size) d
/// </code>
/// Where z cannot be positive, by what makes the gate, both gates lie between 0 and 1, and e_a is at most 1 (complex: 2). Gates that are signals have the signal's
/// errors; constant factors are stored in the same way on both sides.
/// </summary>
internal sealed class GateErrors(SelectiveCell cell, LayerProbe trace, Arithmetic arithmetic)
{
    public double[] Of(BlockErrors blocks, double[] step)
    {
        int keys = cell.KeyWidth;
        switch (cell.Transition)
        {
            case StepTransition transition:
                bool positive = SignalRange.Of(transition.Delta).Low >= 0;
                return Each(mode => Step(transition.A, mode, step[mode / keys], positive));
            case LogGateTransition { PerKey: true } transition:
                return Logs(transition.LogGate, blocks.Of(transition.LogGate, keys), mode => mode);
            case LogGateTransition transition:
                return Logs(transition.LogGate, blocks.Of(transition.LogGate, 1), mode => mode / keys);
            case DeltaTransition { LogGate: Signal logGate }:
                return Logs(logGate, blocks.Of(logGate, 1), mode => mode / keys);
            case GateTransition transition:
                double[] gate = blocks.Of(transition.Gate, 1, cell.Field);
                return Each(mode => gate[mode / keys]);
            default:
                return Each(_ => 0);
        }
    }

    /// <summary>A of a gate of [G, K], of one eigenvalue per cell or per key.</summary>
    public static Complex Eigenvalue(SelectiveCell cell, Tensor eigenvalues, int mode)
    {
        int parts = cell.Field == Field.Complex ? 2 : 1, at = (eigenvalues.Count == cell.Count * parts ? mode / cell.KeyWidth : mode) * parts;
        return new Complex(eigenvalues.Values[at], parts == 2 ? eigenvalues.Values[at + 1] : 0);
    }

    private double[] Logs(Signal logGate, double[] errors, Func<int, int> place)
    {
        bool decays = SignalRange.Of(logGate).High <= 0;
        return Each(mode => Exponential(trace.Transition[mode].Real, errors[place(mode)], decays));
    }

    private double Step(Tensor eigenvalues, int mode, double stepError, bool positive)
    {
        Complex eigenvalue = arithmetic.Stored(Eigenvalue(cell, eigenvalues, mode));
        double reach = stepError + (2 * arithmetic.Unit * (Math.Abs(trace.Step[mode / cell.KeyWidth]) + stepError)), size = Complex.Abs(trace.Transition[mode]);
        bool decays = positive && eigenvalue.Real <= 0;
        double error = Exponential(size, Math.Abs(eigenvalue.Real) * reach, decays);
        if (cell.Field == Field.Real)
        {
            return error;
        }

        double turned = (Math.Abs(eigenvalue.Imaginary) * reach) + (8 * arithmetic.Unit);
        return Math.Min(error + ((size + error) * turned), decays ? 2 : double.PositiveInfinity);
    }

    private double Exponential(double size, double error, bool decays)
    {
        double bound = (size * Math.Exp(error) * (error + (8 * arithmetic.Unit))) + arithmetic.Underflow;
        return decays ? Math.Min(bound, 1) : bound;
    }

    private double[] Each(Func<int, double> error) => [.. Enumerable.Range(0, cell.Count * cell.KeyWidth).Select(error)];
}
