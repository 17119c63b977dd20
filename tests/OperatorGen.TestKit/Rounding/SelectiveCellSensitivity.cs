using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Selective cells of the Mamba kind (real, A constant, a = e^(Delta A), b = Delta B) read backwards. With the sensitivity p_t to the readout:
/// <code>
/// q_t = gamma c_t p_t + a_(t+1) q_(t+1)                    to the state (read before the update: gamma c_(t+1) p_(t+1))
/// to a_t: q_t s_(t-1)      to b_t: q_t v_t      to c_t: gamma p_t s_t
/// to Delta: sum_k (to a) A a + (to b) B                    to B: sum_g (to b) Delta
/// </code>
/// and from Delta, B and C back through their signals to v. The roundings are those of <see cref="SelectiveCellRounding"/>.
/// </summary>
internal static class SelectiveCellSensitivity
{
    /// <summary>True for the cells that this class knows.</summary>
    public static bool Knows(SelectiveCell cell) => cell is
    {
        Field: Field.Real,
        Rule: DiscretizationRule.ExponentialEuler,
        Transition: DiagonalTransition { A: ConstantParameter },
        Delta: SelectiveParameter,
        B: SelectiveParameter,
        C: SelectiveParameter,
    };

    public static double[][] Of(SelectiveCell cell, LayerProbe[] traces, double[][] readout, Sensitivity sensitivity, Arithmetic arithmetic)
    {
        int modes = cell.KeyWidth, values = cell.ValueWidth;
        double[][] input = [.. traces.Select(_ => new double[cell.OutputWidth])];
        var state = new double[cell.Count * modes * values];
        for (int t = traces.Length - 1; t >= 0; t--)
        {
            LayerProbe trace = traces[t];
            Approximate v = sensitivity.Cache.Of(cell, trace.CellInput, () => Approximate.Exact(trace.CellInput));
            StepErrors errors = sensitivity.Cache.Of(cell, trace, () => StepErrors.Of(cell, v, arithmetic));
            var toA = new double[cell.Count * modes];
            var toB = new double[cell.Count * modes];
            var toC = new double[cell.Count * modes];
            for (int at = 0; at < state.Length; at++)
            {
                int mode = at / values, i = (mode / modes * values) + (at % values);
                double p = readout[t][i], a = trace.Transition[mode].Real, b = trace.InputWeight[mode].Real, c = trace.OutputWeight[mode].Real;
                double before = trace.StateBefore[at].Real;
                bool post = cell.Order == ReadOrder.PostUpdate;
                double read = post ? trace.State[at].Real : before;
                double q = state[at] + (post ? c * p : 0);
                sensitivity.Add(q, 3 * arithmetic.Unit * (Math.Abs(a * before) + Math.Abs(b * v.Value[i])));
                sensitivity.Add(p, arithmetic.Gamma((2 * modes) + 3) * Math.Abs(c * read));
                toA[mode] += q * before;
                toB[mode] += q * v.Value[i];
                toC[mode] += cell.Gamma * p * read;
                input[t][i] += q * b;
                state[at] = (a * q) + (post ? 0 : c * p);
            }

            sensitivity.Add(toA, errors.A);
            sensitivity.Add(toB, errors.B);
            sensitivity.Add(toC, errors.C);
            AddSkip(cell, v, readout[t], input[t], sensitivity, arithmetic);
            AddSignals(cell, trace, v, (toA, toB, toC), input[t], sensitivity.Cache, arithmetic);
        }

        return input;
    }

    private static void AddSkip(SelectiveCell cell, Approximate v, double[] readout, double[] input, Sensitivity sensitivity, Arithmetic arithmetic)
    {
        for (int i = 0; cell.Skip is not null && i < input.Length; i++)
        {
            double skip = cell.Skip.Values[i / cell.ValueWidth];
            sensitivity.Add(readout[i], arithmetic.Gamma((2 * cell.KeyWidth) + 3) * Math.Abs(skip * v.Value[i]));
            input[i] += skip * readout[i];
        }
    }

    private static void AddSignals(SelectiveCell cell, LayerProbe trace, Approximate v, (double[] A, double[] B, double[] C) to, double[] input, StageCache cache, Arithmetic arithmetic)
    {
        Signal deltaSignal = ((SelectiveParameter)cell.Delta).Signal, bSignal = ((SelectiveParameter)cell.B).Signal;
        double[] delta = ValueOf(deltaSignal, v, cache, arithmetic), b = ValueOf(bSignal, v, cache, arithmetic);
        ReadOnlySpan<double> eigenvalues = ((ConstantParameter)((DiagonalTransition)cell.Transition).A).Value.Values;
        var toDelta = new double[cell.Count];
        var toB = new double[cell.KeyWidth];
        var toC = new double[cell.KeyWidth];
        for (int mode = 0; mode < to.A.Length; mode++)
        {
            int g = mode / cell.KeyWidth, k = mode % cell.KeyWidth;
            toDelta[g] += (to.A[mode] * eigenvalues[mode] * trace.Transition[mode].Real) + (to.B[mode] * b[k]);
            toB[k] += to.B[mode] * delta[g];
            toC[k] += to.C[mode];
        }

        Through(deltaSignal, v, toDelta, input, cache, arithmetic);
        Through(bSignal, v, toB, input, cache, arithmetic);
        Through(((SelectiveParameter)cell.C).Signal, v, toC, input, cache, arithmetic);
    }

    /// <summary>Adds the sensitivity to v by way of a signal; the signal's own roundings are in the errors of a, b and c.</summary>
    private static void Through(Signal signal, Approximate v, double[] sensitivity, double[] input, StageCache cache, Arithmetic arithmetic)
    {
        var without = new Sensitivity(arithmetic, cache);
        switch (signal)
        {
            case ProjectedSignal projected:
                double[] source = ValueOf(projected.Source, v, cache, arithmetic);
                Through(projected.Source, v, without.Through(projected.Projection, source, new double[projected.Width], sensitivity), input, cache, arithmetic);
                break;
            case SlicedSignal sliced:
                var whole = new double[sliced.Source.Width];
                sensitivity.CopyTo(whole, sliced.Start);
                Through(sliced.Source, v, whole, input, cache, arithmetic);
                break;
            case MappedSignal mapped:
                double[] argument = ValueOf(mapped.Source, v, cache, arithmetic);
                Through(mapped.Source, v, without.Through(mapped.Function, argument, sensitivity), input, cache, arithmetic);
                break;
            default:
                for (int i = 0; i < input.Length; i++)
                {
                    input[i] += sensitivity[i];
                }

                break;
        }
    }

    private static double[] ValueOf(Signal signal, Approximate v, StageCache cache, Arithmetic arithmetic) =>
        cache.Of(signal, v, () => SignalRounding.Of(signal, v, arithmetic)).Value;
}
