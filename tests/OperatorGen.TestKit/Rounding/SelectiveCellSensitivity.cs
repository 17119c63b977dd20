using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// Selective cells read backwards. With the sensitivities p_t to the readouts, that to the state that leaves a step is
/// <code>
/// r_t = q_t p_t + T_(t+1)^T r_(t+1)                   read before the update: r_t = T_(t+1)^T r_(t+1) + q_(t+1) p_(t+1)
/// gates, w = f v:      to a: r s_(t-1)     to k: r w     to w: Re(sum_k r k)     to q: p s     T^T r = a r
/// delta rule, h = r k: to alpha: r s - h beta (k s)     to k: r d - h beta alpha s     to beta: h (v - alpha k s)     to v: h beta     T^T r = alpha (r - h beta k)
/// </code>
/// and from these back through their signals to the cells' input. The roundings are those of <see cref="SelectiveCellRounding"/> to first order, and for the
/// delta rule key by key where that goes by norms.
/// </summary>
internal sealed class SelectiveCellSensitivity(SelectiveCell cell, Sensitivity sensitivity, Arithmetic arithmetic)
{
    private readonly Complex[] _state = new Complex[cell.Count * cell.KeyWidth * cell.ValueWidth];

    public double[][] Of(LayerProbe[] traces, double[][] readout)
    {
        double[][] input = [.. traces.Select(_ => new double[cell.InputWidth])];
        for (int t = traces.Length - 1; t >= 0; t--)
        {
            LayerProbe trace = traces[t];
            Approximate v = sensitivity.Cache.Of(cell, trace.CellInput, () => Approximate.Exact(trace.CellInput));
            var to = new StepSensitivity(cell);
            if (cell.Order == ReadOrder.PostUpdate)
            {
                Read(trace, trace.State, readout[t], to);
            }

            for (int i = 0; i < cell.OutputWidth; i++)
            {
                if (cell.Transition is DeltaTransition)
                {
                    Erase(trace, i, to);
                }
                else
                {
                    Update(trace, i, to);
                }
            }

            if (cell.Order == ReadOrder.PreUpdate)
            {
                Read(trace, trace.StateBefore, readout[t], to);
            }

            to.AddTo(sensitivity, sensitivity.Cache.Of(cell, trace, () => StepErrors.Of(cell, v, trace, arithmetic)));
            to.Through(trace, new SignalSensitivity(v, input[t], sensitivity.Cache, arithmetic));
        }

        return input;
    }

    private void Read(LayerProbe trace, Complex[] read, double[] readout, StepSensitivity to)
    {
        double rounding = arithmetic.Gamma((2 * cell.KeyWidth) + 6);
        for (int i = 0; i < readout.Length; i++)
        {
            int g = i / cell.ValueWidth;
            double p = readout[i], value = trace.Value[i], skip = cell.Skip is null ? 0 : cell.Skip.Values[cell.Skip.Count == cell.Count ? g : i];
            double magnitude = Math.Abs(skip * value);
            to.Value[i] += p * skip;
            for (int mode = g * cell.KeyWidth; mode < (g + 1) * cell.KeyWidth; mode++)
            {
                int at = At(mode, i);
                Complex query = trace.OutputWeight[mode], key = trace.Key[mode];
                double bonus = cell.Bonus is null ? 0 : cell.Bonus.Values[mode];
                _state[at] += query * p;
                to.Query[mode] += p * (read[at] + (bonus * key * value));
                to.Key[mode] += p * bonus * value * query;
                to.Value[i] += p * bonus * (query * key).Real;
                magnitude += Complex.Abs(query) * (Complex.Abs(read[at]) + Math.Abs(bonus * value) * Complex.Abs(key));
            }

            sensitivity.Add(p, rounding * magnitude);
        }
    }

    private void Update(LayerProbe trace, int i, StepSensitivity to)
    {
        int g = i / cell.ValueWidth;
        double step = trace.Step[g], value = trace.Value[i], rounding = (cell.Field == Field.Complex ? 6 : 3) * arithmetic.Unit;
        for (int mode = g * cell.KeyWidth; mode < (g + 1) * cell.KeyWidth; mode++)
        {
            int at = At(mode, i);
            Complex r = _state[at], gate = trace.Transition[mode], key = trace.Key[mode], before = trace.StateBefore[at];
            sensitivity.Add(Complex.Abs(r), rounding * (Complex.Abs(gate * before) + Complex.Abs(key * step * value)));
            to.Gate[mode] += r * before;
            to.Key[mode] += r * step * value;
            to.Step[g] += (r * key).Real * value;
            to.Value[i] += (r * key).Real * step;
            _state[at] = gate * r;
        }
    }

    private void Erase(LayerProbe trace, int i, StepSensitivity to)
    {
        int g = i / cell.ValueWidth, first = g * cell.KeyWidth;
        int[] modes = [.. Enumerable.Range(first, cell.KeyWidth)];
        double alpha = trace.Transition[first].Real, beta = trace.Step[g], value = trace.Value[i];
        double read = modes.Sum(mode => Key(mode) * Before(mode)), h = modes.Sum(mode => _state[At(mode, i)].Real * Key(mode));
        double added = beta * (value - (alpha * read));
        sensitivity.Add(h * beta, arithmetic.Gamma(cell.KeyWidth + 4) * (Math.Abs(value) + (Math.Abs(alpha) * modes.Sum(mode => Math.Abs(Key(mode) * Before(mode))))));
        to.Gate[first] -= h * beta * read;
        to.Step[g] += h * (value - (alpha * read));
        to.Value[i] += h * beta;
        foreach (int mode in modes)
        {
            double r = _state[At(mode, i)].Real;
            sensitivity.Add(r, 3 * arithmetic.Unit * (Math.Abs(alpha * Before(mode)) + Math.Abs(Key(mode) * added)));
            to.Gate[first] += r * Before(mode);
            to.Key[mode] += (r * added) - (h * beta * alpha * Before(mode));
            _state[At(mode, i)] = alpha * (r - (h * beta * Key(mode)));
        }

        double Key(int mode) => trace.Key[mode].Real;
        double Before(int mode) => trace.StateBefore[At(mode, i)].Real;
    }

    private int At(int mode, int i) => (mode * cell.ValueWidth) + (i % cell.ValueWidth);
}
