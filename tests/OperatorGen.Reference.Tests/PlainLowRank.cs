using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference.Tests;

/// <summary>Low-rank modes in the arithmetic of T, in the form that generated code of that precision has.</summary>
internal sealed class PlainLowRank<T>(LowRankModes cell, T[][] sequence)
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly LowRankModesStep[] _steps = [.. Enumerable.Range(0, cell.Channels).Select(c => LowRankModesStep.Of(cell, c))];

    /// <summary>[time][readout].</summary>
    public T[][] Readouts()
    {
        var lowering = new LowRankModesLowering(cell);
        if (lowering.IsDiagonal(typeof(T) == typeof(float) ? ElementType.Single : ElementType.Double))
        {
            return lowering.Eigenbasis!.Cell.Accept(new PlainCells<T>(sequence));
        }

        T[][] forward = [.. Scan(cell.C, sequence, 0).Select((o, t) => o.Select((value, h) => cell.Skip is null ? value : value + (T.CreateChecked(cell.Skip.Values[h]) * sequence[t][h % cell.Channels])).ToArray())];
        if (cell.Backward is not { } backward)
        {
            return forward;
        }

        T[][] reversed = [.. Scan(backward.C, [.. sequence.Reverse()], backward.Delay).Reverse()];
        return [.. forward.Select((o, t) => o.Select((value, h) => value + reversed[t][h]).ToArray())];
    }

    private T[][] Scan(Tensor reads, T[][] inputs, int delay)
    {
        var state = new (T Re, T Im)[cell.Channels * cell.Modes];
        return [.. inputs.Select(v =>
        {
            var before = ((T Re, T Im)[])state.Clone();
            Move(state, v);
            return Read(reads, delay == 0 ? state : before);
        })];
    }

    private void Move((T Re, T Im)[] states, T[] v)
    {
        int modes = cell.Modes;
        for (int c = 0; c < cell.Channels; c++)
        {
            Span<(T Re, T Im)> state = states.AsSpan(c * modes, modes);
            var heard = new T[cell.Rank];
            for (int k = 0; k < heard.Length * modes; k++)
            {
                heard[k / modes] += Product(_steps[c].Heard[k], state[k % modes]).Re;
            }

            for (int n = 0; n < modes; n++)
            {
                (T re, T im) = Product(_steps[c].Diagonal[n], state[n]);
                (T inRe, T inIm) = (T.CreateChecked(_steps[c].Input[n].Re) * v[c], T.CreateChecked(_steps[c].Input[n].Im) * v[c]);
                for (int r = 0; r < heard.Length; r++)
                {
                    ComplexNumber p = _steps[c].Feedback[(r * modes) + n];
                    (inRe, inIm) = (inRe - (T.CreateChecked(p.Re) * heard[r]), inIm - (T.CreateChecked(p.Im) * heard[r]));
                }

                state[n] = (re + inRe, im + inIm);
            }
        }
    }

    private T[] Read(Tensor reads, (T Re, T Im)[] state)
    {
        var o = new T[cell.OutputWidth];
        for (int k = 0; k < o.Length * cell.Modes; k++)
        {
            int h = k / cell.Modes;
            o[h] += Product(new ComplexNumber(2 * reads.Values[2 * k], 2 * reads.Values[(2 * k) + 1]), state[(h % cell.Channels * cell.Modes) + (k % cell.Modes)]).Re;
        }

        return o;
    }

    private static (T Re, T Im) Product(ComplexNumber constant, (T Re, T Im) state)
    {
        (T re, T im) = (T.CreateChecked(constant.Re), T.CreateChecked(constant.Im));
        return ((re * state.Re) - (im * state.Im), (re * state.Im) + (im * state.Re));
    }
}
