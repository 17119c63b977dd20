using System;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Selective cells: <see cref="StepErrors"/> bounds what is computed from the input, <see cref="StateDeviation"/> the state, by E. With q that holds gamma and the state
/// that is read, s,
/// <code>
/// o = D v + sum_k q (s + u k v)                          the bonus u of a read before the update, else 0
/// e = sum_k ((|q| + e_q) E + e_q |s|) + |D| e_v + sum_k |u| (e_q |k v| + (|q| + e_q) (e_k |v| + (|k| + e_k) e_v))
///   + gamma_(2K+6) (sum_k (|q| + e_q) (|s| + E + |u| (|k| + e_k) (|v| + e_v)) + |D| (|v| + e_v))
/// </code>
/// </summary>
internal static class SelectiveCellRounding
{
    public static Approximate[] Of(SelectiveCell cell, Approximate[] v, LayerProbe[] traces, Arithmetic arithmetic)
    {
        var state = StateDeviation.Of(cell, arithmetic);
        var outputs = new Approximate[v.Length];
        for (int t = 0; t < v.Length; t++)
        {
            StepErrors errors = StepErrors.Of(cell, v[t], traces[t], arithmetic);
            if (cell.Order == ReadOrder.PostUpdate)
            {
                state.Step(traces[t], errors);
            }

            outputs[t] = new Approximate(traces[t].Readout, Readouts(cell, traces[t], errors, state, arithmetic));
            if (cell.Order == ReadOrder.PreUpdate)
            {
                state.Step(traces[t], errors);
            }
        }

        return outputs;
    }

    private static double[] Readouts(SelectiveCell cell, LayerProbe trace, StepErrors errors, StateDeviation state, Arithmetic arithmetic)
    {
        int keys = cell.KeyWidth, values = cell.ValueWidth;
        Complex[] read = cell.Order == ReadOrder.PostUpdate ? trace.State : trace.StateBefore;
        var error = new double[cell.OutputWidth];
        var weights = new double[keys];
        for (int i = 0; i < error.Length; i++)
        {
            int g = i / values;
            double value = Math.Abs(trace.Value[i]), valueError = errors.Value[i];
            double skip = cell.Skip is null ? 0 : Math.Abs(arithmetic.Stored(cell.Skip.Values[cell.Skip.Count == cell.Count ? g : i]));
            double magnitude = skip * (value + valueError);
            error[i] = skip * valueError;
            for (int k = 0; k < keys; k++)
            {
                int mode = (g * keys) + k;
                double queryError = errors.Query[mode], key = Complex.Abs(trace.Key[mode]), keyError = errors.Key[mode], seen = Complex.Abs(read[(mode * values) + (i % values)]);
                double bonus = cell.Bonus is null ? 0 : Math.Abs(arithmetic.Stored(cell.Bonus.Values[mode]));
                weights[k] = Complex.Abs(trace.OutputWeight[mode]) + queryError;
                error[i] += (queryError * seen) + (bonus * ((queryError * key * value) + (weights[k] * ((keyError * value) + ((key + keyError) * valueError)))));
                magnitude += weights[k] * (seen + (bonus * (key + keyError) * (value + valueError)));
            }

            double carried = state.Read(i, weights);
            error[i] += carried + (arithmetic.Gamma((2 * keys) + 6) * (magnitude + carried));
        }

        return error;
    }
}
