using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference.Tests;

/// <summary>
/// A recurrence in the arithmetic of T, as generated code evaluates it, from the cells' input [time][input] to the readouts [time][readout]. Modes of one channel each have unit input weight and
/// folded output weight, unless the state has a name by which it is read.
/// </summary>
/// <param name="sequence">The cells' input.</param>
internal sealed class PlainCells<T>(T[][] sequence) : ICellVisitor<T[][]>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    public T[][] Visit(ChannelModes cell)
    {
        bool folded = cell.StateName is null;
        Complex[] weights = InputWeights(cell);
        (T Re, T Im)[] b = Numbers([.. weights.Select(weight => folded ? 1 : weight)]);
        return Modes(cell, (m, v) => (b[m].Re * v[m / cell.Modes], b[m].Im * v[m / cell.Modes]), (h, n) => (h % cell.Channels * cell.Modes) + n, Reads);

        (T Re, T Im)[] Reads(Tensor c) => Numbers([.. Numbers(c, cell.Field).Select((read, i) => cell.Gamma * read * (folded ? weights[i % weights.Length] : 1))]);
    }

    public T[][] Visit(LowRankModes cell) => new PlainLowRank<T>(cell, sequence).Readouts();

    public T[][] Visit(SharedModes cell)
    {
        (T Re, T Im)[] b = Numbers(InputWeights(cell));
        return Modes(cell, Drive, (_, n) => n, c => Numbers([.. Numbers(c, cell.Field).Select(read => cell.Gamma * read)]));

        (T Re, T Im) Drive(int m, T[] v)
        {
            (T re, T im) = (T.Zero, T.Zero);
            for (int i = 0; i < v.Length; i++)
            {
                (re, im) = (re + (b[(m * v.Length) + i].Re * v[i]), im + (b[(m * v.Length) + i].Im * v[i]));
            }

            return (re, im);
        }
    }

    public T[][] Visit(SharedOscillators cell)
    {
        int count = cell.Oscillators;
        T[][] steps = [.. Enumerable.Range(0, count).Select(p => Cast(Oscillator(cell.Scheme, cell.A.Values[p], cell.Delta.Values[p])))];
        (T Re, T Im)[] b = Numbers(Numbers(cell.B, Field.Complex)), c = Numbers(Numbers(cell.C, Field.Complex));
        var state = new (T Z, T X)[2, count]; // [re or im, oscillator]
        return [.. sequence.Select(v =>
        {
            for (int p = 0; p < count; p++)
            {
                (T re, T im) = (T.Zero, T.Zero);
                for (int i = 0; i < v.Length; i++)
                {
                    (re, im) = (re + (b[(p * v.Length) + i].Re * v[i]), im + (b[(p * v.Length) + i].Im * v[i]));
                }

                for (int part = 0; part < 2; part++)
                {
                    ((T z, T x), T u, T[] m) = (state[part, p], part == 0 ? re : im, steps[p]);
                    state[part, p] = ((m[0] * z) + (m[1] * x) + (m[4] * u), (m[2] * z) + (m[3] * x) + (m[5] * u));
                }
            }

            var o = new T[cell.Outputs];
            for (int i = 0; i < c.Length; i++)
            {
                o[i / count] += (c[i].Re * state[0, i % count].X) - (c[i].Im * state[1, i % count].X);
            }

            return Skipped(cell, o, v);
        })];
    }

    public T[][] Visit(SelectiveCell cell)
    {
        var plain = new PlainSelective<T>(cell);
        return [.. sequence.Select(plain.Step)];
    }

    public T[][] Visit(LinearCde cell)
    {
        var plain = new PlainCde<T>(cell);
        return [.. sequence.Select(plain.Step)];
    }

    private T[][] Modes(ModeCell cell, Func<int, T[], (T Re, T Im)> drive, Func<int, int, int> modeOf, Func<Tensor, (T Re, T Im)[]> reads)
    {
        T[][] forward = [.. Scan(cell, drive, modeOf, reads(cell.C), sequence, 0).Select((o, t) => Skipped(cell, o, sequence[t]))];
        if (cell.Backward is not { } backward)
        {
            return forward;
        }

        T[][] reversed = [.. Scan(cell, drive, modeOf, reads(backward.C), [.. sequence.Reverse()], backward.Delay).Reverse()];
        return [.. forward.Select((o, t) => o.Select((value, h) => value + reversed[t][h]).ToArray())];
    }

    /// <summary>The readouts without the skip; of the state before the step's own sample where there is a delay.</summary>
    private static T[][] Scan(ModeCell cell, Func<int, T[], (T Re, T Im)> drive, Func<int, int, int> modeOf, (T Re, T Im)[] c, T[][] sequence, int delay)
    {
        (T Re, T Im)[] a = Numbers([.. Enumerable.Range(0, cell.ModeCount).Select(m => Discrete(cell, m).Transition)]);
        var state = new (T Re, T Im)[a.Length];
        int modes = c.Length / cell.OutputWidth;
        return [.. sequence.Select(v =>
        {
            var before = ((T Re, T Im)[])state.Clone();
            for (int m = 0; m < a.Length; m++)
            {
                ((T re, T im), (T xr, T xi)) = (state[m], drive(m, v));
                state[m] = ((a[m].Re * re) - (a[m].Im * im) + xr, (a[m].Re * im) + (a[m].Im * re) + xi);
            }

            var o = new T[cell.OutputWidth];
            for (int i = 0; i < c.Length; i++)
            {
                (T re, T im) = (delay == 0 ? state : before)[modeOf(i / modes, i % modes)];
                o[i / modes] += (c[i].Re * re) - (c[i].Im * im);
            }

            return o;
        })];
    }

    private static T[] Skipped(Cell cell, T[] o, T[] v) =>
        cell.Skip is null ? o : [.. o.Select((value, h) => value + (T.CreateChecked(cell.Skip.Values[h]) * v[h % v.Length]))];

    private static Complex[] InputWeights(ModeCell cell)
    {
        Complex[] b = Numbers(cell.B, cell.Field);
        return [.. b.Select((weight, i) => Discrete(cell, i / (b.Length / cell.ModeCount)).InputFactor * weight)];
    }

    private static (Complex Transition, Complex InputFactor) Discrete(ModeCell cell, int mode) =>
        Discretization.Of(cell.Rule, cell.Rule == DiscretizationRule.None ? 0 : cell.Delta.Values[cell.StepIndex(mode)], Numbers(cell.A, cell.Field)[mode], cell.Length);

    private static double[] Oscillator(OscillatorScheme scheme, double a, double delta)
    {
        double s = scheme == OscillatorScheme.Implicit ? 1 / (1 + (delta * delta * a)) : 1;
        return [s, -delta * a * s, delta * s, scheme == OscillatorScheme.Implicit ? s : 1 - (delta * delta * a), delta * s, delta * delta * s];
    }

    private static T[] Cast(double[] values) => Array.ConvertAll(values, T.CreateChecked);

    private static (T Re, T Im)[] Numbers(Complex[] values) => Array.ConvertAll(values, value => (T.CreateChecked(value.Real), T.CreateChecked(value.Imaginary)));

    private static Complex[] Numbers(Tensor tensor, Field field)
    {
        double[] values = tensor.Values.ToArray();
        return field == Field.Real ? [.. values.Select(value => new Complex(value, 0))] : [.. values.Chunk(2).Select(parts => new Complex(parts[0], parts[1]))];
    }
}
