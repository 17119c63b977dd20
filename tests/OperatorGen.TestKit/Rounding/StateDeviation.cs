using System;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>How far the state of selective cells can be from the reference's.</summary>
internal abstract class StateDeviation
{
    public static StateDeviation Of(SelectiveCell cell, Arithmetic arithmetic) =>
        cell.Transition is DeltaTransition ? new DeltaDeviation(cell, arithmetic) : new GatedDeviation(cell, arithmetic);

    /// <summary>One time step.</summary>
    public abstract void Step(LayerProbe trace, StepErrors errors);

    /// <summary>What a deviation of the state changes a readout by at most.</summary>
    /// <param name="i">The readout, of [G, V].</param>
    /// <param name="weights">The largest magnitudes of the weights, [K].</param>
    public abstract double Read(int i, double[] weights);
}

/// <summary>
/// Gates: with w = step times value, f v,
/// <code>
/// s_t = a s_(t-1) + k w         e_w = |f| e_v + (|v| + e_v) e_f
/// E_t = (|a| + e_a) E_(t-1) + e_a |s_(t-1)| + e_k |w| + (|k| + e_k) e_w + kappa u ((|a| + e_a) (|s_(t-1)| + E_(t-1)) + (|k| + e_k) (|w| + e_w))
/// </code>
/// kappa is as for constant modes, and one more for the product f v: 3, or 6 where numbers are complex.
/// </summary>
internal sealed class GatedDeviation(SelectiveCell cell, Arithmetic arithmetic) : StateDeviation
{
    private readonly double[] _deviation = new double[cell.Count * cell.KeyWidth * cell.ValueWidth]; // [G, K, V]

    public override void Step(LayerProbe trace, StepErrors errors)
    {
        double rounding = (cell.Field == Field.Complex ? 6 : 3) * arithmetic.Unit;
        for (int at = 0; at < _deviation.Length; at++)
        {
            int mode = at / cell.ValueWidth, g = mode / cell.KeyWidth, i = (g * cell.ValueWidth) + (at % cell.ValueWidth);
            double step = Math.Abs(trace.Step[g]), value = Math.Abs(trace.Value[i]);
            double added = step * value, addedError = (step * errors.Value[i]) + ((value + errors.Value[i]) * errors.Step[g]);
            double gate = Complex.Abs(trace.Transition[mode]) + errors.Gate[mode], key = Complex.Abs(trace.Key[mode]) + errors.Key[mode];
            double old = Complex.Abs(trace.StateBefore[at]), before = _deviation[at];
            _deviation[at] = (gate * before) + (errors.Gate[mode] * old) + (errors.Key[mode] * added) + (key * addedError)
                + (rounding * ((gate * (old + before)) + (key * (added + addedError))));
        }
    }

    public override double Read(int i, double[] weights)
    {
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            sum += weights[k] * _deviation[(((i / cell.ValueWidth * weights.Length) + k) * cell.ValueWidth) + (i % cell.ValueWidth)];
        }

        return sum;
    }
}
